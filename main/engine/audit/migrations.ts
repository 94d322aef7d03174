import type { DomainMigrations } from '../../platform/database/index.ts'

/** Ids are never used again: a gap shows what was cut off. */
export const auditMigrations: DomainMigrations = {
  domain: 'audit',
  steps: [
    `
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
  ],
}
