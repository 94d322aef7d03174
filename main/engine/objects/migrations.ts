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

      -- Who refers to an object. One without a row here is unused.
      CREATE TABLE object_refs (
        sha256 TEXT NOT NULL REFERENCES objects (sha256),
        owner_kind TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        -- What the object's sidecar says of the owner, as JSON; null for an owner that it does not name.
        description TEXT,
        UNIQUE (sha256, owner_kind, owner_id)
      ) STRICT;
      CREATE INDEX object_refs_by_owner ON object_refs (owner_id, owner_kind);

      -- Objects that were released, and whose file is still to be deleted. Only a row here deletes a file: a row that is
      -- missing elsewhere never does.
      CREATE TABLE released_objects (
        sha256 TEXT PRIMARY KEY,
        released_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- Each object has a sidecar that says which videos it holds. Every change gives its object a new number: the number
      -- that was read tells whether another change came since.
      CREATE TABLE stale_sidecars (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL UNIQUE
      ) STRICT;
      -- Owners that were deleted for good: what else a sidecar names and no row does is kept in it.
      CREATE TABLE forgotten_owners (
        sha256 TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        PRIMARY KEY (sha256, owner_id)
      ) STRICT, WITHOUT ROWID;

      -- What the files made from videos and tasks hold, so that a damaged one is recognised.
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
