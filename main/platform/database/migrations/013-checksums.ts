import type { Migration } from './migration.ts'

/** What the files made from videos and tasks hold, so that a damaged one is told from a good one. */
export const checksums: Migration = {
  name: 'checksums',
  sql: `
    CREATE TABLE checksums (
      -- The video or task that the file was made from.
      owner_id TEXT NOT NULL,
      -- Below derived/<owner_id>, or 'stream' for streams/<owner_id>.sse.
      name TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      sha256 BLOB NOT NULL,
      PRIMARY KEY (owner_id, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER checksums_of_videos AFTER DELETE ON videos BEGIN
      DELETE FROM checksums WHERE owner_id = OLD.id;
    END;
    CREATE TRIGGER checksums_of_tasks AFTER DELETE ON tasks BEGIN
      DELETE FROM checksums WHERE owner_id = OLD.id;
    END;
  `,
}
