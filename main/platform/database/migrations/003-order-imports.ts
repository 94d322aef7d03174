import type { Migration } from './migration.ts'

/** Imports are held, ordered by hand, and say why they wait; folders are watched. */
export const orderImports: Migration = {
  name: 'order imports',
  sql: `
    CREATE TABLE imports_in_order (
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
    INSERT INTO imports_in_order
      (id, path, size_bytes, modified_at, content_type, media_id, status, position, duplicate_of, error_code,
       error_message, added_at, finished_at)
    SELECT id, path, size_bytes, modified_at, content_type, media_id,
           iif(status IN ('uploading', 'checking'), 'waiting', status), rowid, duplicate_of, error_code,
           error_message, added_at, finished_at
    FROM imports;
    DROP TABLE imports;
    ALTER TABLE imports_in_order RENAME TO imports;
    CREATE INDEX imports_by_position ON imports (position);

    UPDATE uploads SET status = 'uploading' WHERE status = 'processing';
    ALTER TABLE parts DROP COLUMN sha256;

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
}
