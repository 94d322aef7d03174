import type { DomainMigrations } from '../../platform/database/index.ts'

export const eventsMigrations: DomainMigrations = {
  domain: 'events',
  steps: [
    `
      -- What happened and a follower has yet to handle. Ids are never used again.
      CREATE TABLE events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        details TEXT NOT NULL
      ) STRICT;

      -- The id of the last event that each follower handled.
      CREATE TABLE event_followers (
        name TEXT PRIMARY KEY,
        position INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  ],
}
