import type { Migration } from './migration.ts'

/** Who did what that somebody may have to answer for. Ids are never used again: a gap shows what was cut off. */
export const auditLog: Migration = {
  name: 'audit-log',
  sql: `
    CREATE TABLE audit_events (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      user_id TEXT,
      -- As it was then: a user may be called otherwise later.
      user_name TEXT,
      door TEXT NOT NULL,
      action TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed')),
      target TEXT,
      details TEXT NOT NULL
    ) STRICT;
    CREATE INDEX audit_events_by_outcome ON audit_events (outcome, id);
  `,
}
