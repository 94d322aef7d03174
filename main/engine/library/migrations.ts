import type { DomainMigrations } from '../../platform/database/index.ts'

export const libraryMigrations: DomainMigrations = {
  domain: 'library',
  steps: [
    `
      -- What the library holds, deleted items too until their time to be restored is over.
      CREATE TABLE media (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('video', 'image', 'document')),
        -- 'linked': only registered, its bytes are elsewhere.
        source TEXT NOT NULL CHECK (source IN ('uploaded', 'linked')),
        owner_id TEXT NOT NULL REFERENCES users (id),
        title TEXT NOT NULL,
        tags TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        deleted_at INTEGER,

        -- The file of an uploaded item; a linked one has none.
        filename TEXT,
        content_type TEXT,
        size_bytes INTEGER,
        sha256 TEXT REFERENCES objects (sha256),
        custom TEXT,
        metadata TEXT,
        duration_seconds REAL,
        -- Time stamp at which a player's clock reads 0.
        start_seconds REAL,
        -- Whether the window plays the file as it is; else it needs a preview copy.
        playable INTEGER NOT NULL DEFAULT 0,
        -- How often a poster was made; 0 is never. Part of its URL, so that a cache never shows an old one.
        poster INTEGER NOT NULL DEFAULT 0,
        sprite TEXT,
        -- Content type of the preview copy once there is one.
        preview TEXT,

        -- What it is published with.
        description TEXT,
        video_type TEXT NOT NULL DEFAULT 'other' CHECK (video_type IN ('tutorial', 'webinar', 'demo', 'other')),
        video_url TEXT,
        -- Shown where the file does not say how long it is.
        published_seconds REAL,
        thumbnail_url TEXT,
        tech_stack TEXT NOT NULL DEFAULT '[]',
        project_url TEXT,
        -- When that was changed last.
        updated_at INTEGER NOT NULL,

        -- Written by engagement.
        views INTEGER NOT NULL DEFAULT 0,
        likes INTEGER NOT NULL DEFAULT 0,
        shares INTEGER NOT NULL DEFAULT 0,

        CHECK (source = 'linked' OR (filename IS NOT NULL AND content_type IS NOT NULL AND size_bytes IS NOT NULL AND
               sha256 IS NOT NULL AND custom IS NOT NULL AND metadata IS NOT NULL AND start_seconds IS NOT NULL))
      ) STRICT;
      CREATE INDEX media_by_age ON media (kind, created_at DESC, id) WHERE deleted_at IS NULL;
      CREATE INDEX media_by_owner ON media (owner_id, kind, created_at DESC, id) WHERE deleted_at IS NULL;
      CREATE INDEX media_by_object ON media (sha256) WHERE sha256 IS NOT NULL;
      CREATE INDEX media_deleted ON media (deleted_at) WHERE deleted_at IS NOT NULL;
    `,
  ],
}
