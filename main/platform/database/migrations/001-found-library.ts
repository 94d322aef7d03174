import type { Migration } from './migration.ts'

/** Instants are milliseconds since 1970 UTC; JSON columns hold what the contract's schemas describe. */
export const foundLibrary: Migration = {
  name: 'found library',
  sql: `
    CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE users (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      is_owner INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE api_keys (
      id TEXT PRIMARY KEY,
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      prefix TEXT NOT NULL,
      -- SHA-256 of the key: 256 random bits need no slow hash, and look-up stays one index read.
      hash TEXT NOT NULL UNIQUE,
      -- The one key that FIELDREEL_API_KEY sets, or that the first headless start makes: setting another replaces it.
      is_owner_key INTEGER NOT NULL DEFAULT 0,
      scopes TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      last_used_at INTEGER
    ) STRICT;

    CREATE TABLE uploads (
      media_id TEXT PRIMARY KEY,
      upload_id TEXT NOT NULL UNIQUE,
      owner_id TEXT NOT NULL REFERENCES users (id),
      filename TEXT NOT NULL,
      content_type TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      part_bytes INTEGER NOT NULL,
      total_parts INTEGER NOT NULL,
      title TEXT,
      tags TEXT NOT NULL,
      custom TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('uploading', 'processing', 'completed', 'failed', 'aborted')),
      -- Set before the file moves into the object store: after a crash it says where the bytes are.
      sha256 TEXT,
      error_message TEXT,
      analysis_job_id TEXT,
      deduplicated INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX uploads_by_status ON uploads (status, updated_at);

    CREATE TABLE parts (
      media_id TEXT NOT NULL REFERENCES uploads (media_id) ON DELETE CASCADE,
      part_number INTEGER NOT NULL,
      size_bytes INTEGER NOT NULL,
      md5 TEXT,
      sha256 TEXT,
      stored_at INTEGER,
      confirmed_at INTEGER,
      retry_attempt INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (media_id, part_number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE objects (
      sha256 TEXT PRIMARY KEY,
      size_bytes INTEGER NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

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

    CREATE TABLE scenes (
      id TEXT PRIMARY KEY,
      video_id TEXT NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
      scene_index INTEGER NOT NULL,
      start_time REAL NOT NULL,
      end_time REAL NOT NULL,
      transition TEXT NOT NULL,
      confidence REAL,
      description TEXT,
      tags TEXT NOT NULL DEFAULT '[]',
      visible_text TEXT,
      created_at INTEGER NOT NULL,
      UNIQUE (video_id, scene_index)
    ) STRICT;

    CREATE TABLE jobs (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      media_id TEXT NOT NULL,
      request TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'cancelled')),
      priority INTEGER NOT NULL DEFAULT 0,
      progress REAL NOT NULL DEFAULT 0,
      step TEXT,
      error_code TEXT,
      error_message TEXT,
      retry_count INTEGER NOT NULL DEFAULT 0,
      max_retries INTEGER NOT NULL DEFAULT 3,
      -- How often a crash took it down while it ran: a job that keeps killing the process has to end.
      crashes INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      started_at INTEGER,
      completed_at INTEGER
    ) STRICT;
    CREATE INDEX jobs_waiting ON jobs (priority DESC, created_at) WHERE status = 'pending';
    CREATE INDEX jobs_by_media ON jobs (media_id, kind, created_at DESC);

    CREATE TABLE imports (
      id TEXT PRIMARY KEY,
      path TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      modified_at INTEGER NOT NULL,
      content_type TEXT NOT NULL,
      media_id TEXT,
      status TEXT NOT NULL CHECK (status IN ('waiting', 'uploading', 'checking', 'completed', 'failed', 'cancelled')),
      duplicate_of TEXT,
      error_code TEXT,
      error_message TEXT,
      added_at INTEGER NOT NULL,
      finished_at INTEGER
    ) STRICT;
  `,
}
