import type { Migration } from './migration.ts'

/**
 * Videos as they are published, and what people do with them. A published video is an uploaded one (`videos`) or one
 * that is only registered (`linked_videos`); `catalogue` shows both alike, deleted ones too.
 */
export const catalogue: Migration = {
  name: 'catalogue',
  sql: `
    CREATE TABLE linked_videos (
      id TEXT PRIMARY KEY,
      owner_id TEXT NOT NULL REFERENCES users (id),
      title TEXT NOT NULL,
      tags TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX linked_videos_by_age ON linked_videos (created_at) WHERE deleted_at IS NULL;
    CREATE INDEX linked_videos_deleted ON linked_videos (deleted_at) WHERE deleted_at IS NOT NULL;

    -- What a video is published with, beside title and tags; an uploaded one has a row once somebody gave it some.
    CREATE TABLE publications (
      video_id TEXT PRIMARY KEY,
      description TEXT,
      video_type TEXT NOT NULL DEFAULT 'other' CHECK (video_type IN ('tutorial', 'webinar', 'demo', 'other')),
      video_url TEXT,
      thumbnail_url TEXT,
      duration_seconds REAL,
      tech_stack TEXT NOT NULL DEFAULT '[]',
      project_url TEXT,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW catalogue AS
      SELECT videos.id, owner_id, title, tags, created_at, deleted_at, 1 AS has_file, poster,
             description, coalesce(video_type, 'other') AS video_type, video_url, thumbnail_url,
             coalesce(videos.duration_seconds, publications.duration_seconds) AS duration_seconds,
             coalesce(tech_stack, '[]') AS tech_stack, project_url, coalesce(updated_at, created_at) AS updated_at
        FROM videos LEFT JOIN publications ON publications.video_id = videos.id
      UNION ALL
      SELECT linked_videos.id, owner_id, title, tags, created_at, deleted_at, 0 AS has_file, 0 AS poster,
             description, coalesce(video_type, 'other'), video_url, thumbnail_url,
             duration_seconds,
             coalesce(tech_stack, '[]'), project_url, coalesce(updated_at, created_at)
        FROM linked_videos LEFT JOIN publications ON publications.video_id = linked_videos.id;

    CREATE TRIGGER publications_of_files AFTER DELETE ON videos BEGIN
      DELETE FROM publications WHERE video_id = OLD.id;
    END;
    CREATE TRIGGER publications_of_links AFTER DELETE ON linked_videos BEGIN
      DELETE FROM publications WHERE video_id = OLD.id;
    END;
  `,
}
