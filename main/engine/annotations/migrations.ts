import type { DomainMigrations } from '../../platform/database/index.ts'

export const annotationsMigrations: DomainMigrations = {
  domain: 'annotations',
  steps: [
    `
      CREATE TABLE annotations (
        id TEXT PRIMARY KEY,
        video_id TEXT NOT NULL,
        author_id TEXT NOT NULL REFERENCES users (id),
        -- Seconds into the video.
        timestamp REAL NOT NULL,
        title TEXT NOT NULL,
        description TEXT,
        type TEXT NOT NULL CHECK (type IN ('info', 'feature', 'bug-fix', 'demo')),
        url TEXT,
        drawings TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        deleted_at INTEGER
      ) STRICT;
      CREATE INDEX annotations_in_time ON annotations (video_id, timestamp, created_at) WHERE deleted_at IS NULL;
      CREATE INDEX annotations_by_video ON annotations (video_id);
      CREATE INDEX annotations_deleted ON annotations (deleted_at) WHERE deleted_at IS NOT NULL;
    `,
  ],
}
