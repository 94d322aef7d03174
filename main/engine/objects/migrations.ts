import type { DomainMigrations } from '../../platform/database/index.ts'

export const objectsMigrations: DomainMigrations = {
  domain: 'objects',
  steps: [
    `
      CREATE TABLE objects (
        sha256 TEXT PRIMARY KEY,
        size_bytes INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        -- When the bytes of the object were last read whole and found right; null for never since it was stored.
        verified_at INTEGER
      ) STRICT, WITHOUT ROWID;

      -- Objects that nothing refers to any more by somebody's wish, and whose file is still to be deleted. Only a row here
      -- deletes a file: a row that is missing elsewhere never does.
      CREATE TABLE released_objects (
        sha256 TEXT PRIMARY KEY,
        released_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- Every change gives its object a new number: the number that was read tells whether another change came since.
      CREATE TABLE stale_sidecars (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL UNIQUE
      ) STRICT;
      -- Videos that were deleted for good: what else a sidecar names and no row does is kept in it.
      CREATE TABLE forgotten_videos (
        sha256 TEXT NOT NULL,
        video_id TEXT NOT NULL,
        PRIMARY KEY (sha256, video_id)
      ) STRICT, WITHOUT ROWID;

      -- What the files made from videos and tasks hold, so that a damaged one is told from a good one.
      CREATE TABLE checksums (
        -- The video or task that the file was made from.
        owner_id TEXT NOT NULL,
        -- Below derived/<owner_id>, or 'stream' for streams/<owner_id>.sse.
        name TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        sha256 BLOB NOT NULL,
        PRIMARY KEY (owner_id, name)
      ) STRICT, WITHOUT ROWID;
    `,
  ],
}
