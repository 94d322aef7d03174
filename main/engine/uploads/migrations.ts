import type { DomainMigrations } from '../../platform/database/index.ts'

export const uploadsMigrations: DomainMigrations = {
  domain: 'uploads',
  steps: [
    `
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
        expires_at INTEGER NOT NULL,
        batch_id TEXT,
        auto_process INTEGER NOT NULL DEFAULT 1,
        priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high'))
      ) STRICT;
      CREATE INDEX uploads_by_status ON uploads (status, updated_at);

      CREATE TABLE parts (
        media_id TEXT NOT NULL REFERENCES uploads (media_id) ON DELETE CASCADE,
        part_number INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        md5 TEXT,
        stored_at INTEGER,
        confirmed_at INTEGER,
        retry_attempt INTEGER NOT NULL DEFAULT 0,
        failed INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (media_id, part_number)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE imports (
        id TEXT PRIMARY KEY,
        path TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        modified_at INTEGER NOT NULL,
        content_type TEXT NOT NULL,
        media_id TEXT,
        status TEXT NOT NULL
          -- That one is running is known to its process only: after a crash it simply waits again.
          CHECK (status IN ('waiting', 'paused', 'completed', 'failed', 'cancelled')),
        -- Imports are taken in the order of these numbers; moving one gives it a number between two others.
        position REAL NOT NULL,
        -- Take the file though its end is missing.
        keep_truncated INTEGER NOT NULL DEFAULT 0,
        -- The watched folder it came from.
        watched_id TEXT,
        duplicate_of TEXT,
        error_code TEXT,
        error_message TEXT,
        added_at INTEGER NOT NULL,
        finished_at INTEGER
      ) STRICT;
      CREATE INDEX imports_by_position ON imports (position);

      CREATE TABLE watched_folders (
        id TEXT PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        added_at INTEGER NOT NULL
      ) STRICT;
      -- What a folder brought already, by the folder's path: it is not brought again when the video is deleted, the upload
      -- list cleared, or the folder watched anew.
      CREATE TABLE watched_files (
        folder TEXT NOT NULL,
        path TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        modified_at INTEGER NOT NULL,
        PRIMARY KEY (folder, path)
      ) STRICT, WITHOUT ROWID;
    `,
    // A part that is copied from this machine has no md5: nobody asks for its ETag.
    'ALTER TABLE parts RENAME COLUMN md5 TO checksum',
  ],
}
