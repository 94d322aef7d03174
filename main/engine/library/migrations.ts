import type { DomainMigrations } from '../../platform/database/index.ts'

export const libraryMigrations: DomainMigrations = {
  domain: 'library',
  steps: [
    `
      CREATE TABLE videos (
        id TEXT PRIMARY KEY,
        owner_id TEXT NOT NULL REFERENCES users (id),
        title TEXT NOT NULL,
        filename TEXT NOT NULL,
        content_type TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        sha256 TEXT NOT NULL REFERENCES objects (sha256),
        tags TEXT NOT NULL,
        custom TEXT NOT NULL,
        metadata TEXT NOT NULL,
        duration_seconds REAL,
        -- Time stamp at which a player's clock reads 0.
        start_seconds REAL NOT NULL,
        -- Whether the window plays the file as it is; else it needs a preview copy.
        playable INTEGER NOT NULL,
        -- How often a poster was made; 0 is never. Part of its URL, so that a cache never shows an old one.
        poster INTEGER NOT NULL DEFAULT 0,
        sprite TEXT,
        -- Content type of the preview copy once there is one.
        preview TEXT,
        created_at INTEGER NOT NULL,
        deleted_at INTEGER
      ) STRICT;
      CREATE INDEX videos_by_age ON videos (created_at) WHERE deleted_at IS NULL;
      CREATE INDEX videos_by_object ON videos (sha256);
      CREATE INDEX videos_deleted ON videos (deleted_at) WHERE deleted_at IS NOT NULL;
      CREATE INDEX videos_by_owner ON videos (owner_id, created_at DESC, id) WHERE deleted_at IS NULL;

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
      CREATE INDEX linked_videos_by_owner ON linked_videos (owner_id, created_at DESC, id) WHERE deleted_at IS NULL;

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

      CREATE TRIGGER sidecar_of_added AFTER INSERT ON videos BEGIN
        DELETE FROM forgotten_videos WHERE sha256 = NEW.sha256 AND video_id = NEW.id;
        DELETE FROM stale_sidecars WHERE sha256 = NEW.sha256;
        INSERT INTO stale_sidecars (sha256) VALUES (NEW.sha256);
      END;
      CREATE TRIGGER sidecar_of_changed
        AFTER UPDATE OF owner_id, title, filename, content_type, tags, custom, deleted_at ON videos BEGIN
        DELETE FROM stale_sidecars WHERE sha256 = NEW.sha256;
        INSERT INTO stale_sidecars (sha256) VALUES (NEW.sha256);
      END;
      CREATE TRIGGER sidecar_of_removed AFTER DELETE ON videos BEGIN
        INSERT OR IGNORE INTO forgotten_videos (sha256, video_id) VALUES (OLD.sha256, OLD.id);
        DELETE FROM stale_sidecars WHERE sha256 = OLD.sha256;
        INSERT INTO stale_sidecars (sha256) VALUES (OLD.sha256);
      END;

      CREATE TRIGGER checksums_of_videos AFTER DELETE ON videos BEGIN
        DELETE FROM checksums WHERE owner_id = OLD.id;
      END;
    `,
  ],
}
