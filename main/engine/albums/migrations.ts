import type { DomainMigrations } from '../../platform/database/index.ts'

export const albumsMigrations: DomainMigrations = {
  domain: 'albums',
  steps: [
    `
      CREATE TABLE albums (
        id TEXT PRIMARY KEY,
        owner_id TEXT NOT NULL REFERENCES users (id),
        title TEXT NOT NULL,
        description TEXT,
        visibility TEXT NOT NULL CHECK (visibility IN ('private', 'unlisted', 'public')),
        cover_url TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        deleted_at INTEGER
      ) STRICT;
      CREATE INDEX albums_by_owner ON albums (owner_id, created_at) WHERE deleted_at IS NULL;
      CREATE INDEX albums_deleted ON albums (deleted_at) WHERE deleted_at IS NOT NULL;

      CREATE TABLE album_items (
        id TEXT PRIMARY KEY,
        album_id TEXT NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
        media_type TEXT NOT NULL CHECK (media_type IN ('photo', 'video')),
        -- A video, or the scene whose picture a photo is.
        media_id TEXT NOT NULL,
        -- The video that it is or comes from.
        video_id TEXT NOT NULL,
        -- Seconds into it; what a photo is found by again when its video is cut into other scenes.
        at_seconds REAL NOT NULL,
        caption TEXT,
        -- Gives the order only: the first, the second and so on are counted when they are read.
        position REAL NOT NULL,
        -- 0 while its video is deleted and may still be restored, and while its scene is not there. See item-presence.ts.
        is_there INTEGER NOT NULL DEFAULT 1,
        added_at INTEGER NOT NULL,
        UNIQUE (album_id, media_type, media_id)
      ) STRICT;
      CREATE INDEX album_items_in_order ON album_items (album_id, position, is_there);
      CREATE INDEX album_items_by_video ON album_items (video_id);
    `,
  ],
}
