import type { DomainMigrations } from '../../platform/database/index.ts'

export const systemMigrations: DomainMigrations = {
  domain: 'system',
  steps: [
    `
      CREATE TABLE answers (
        -- SHA-256 of the API key and the Idempotency-Key: neither is stored.
        id TEXT PRIMARY KEY,
        -- SHA-256 of what was asked.
        fingerprint TEXT NOT NULL,
        status INTEGER NOT NULL,
        content_type TEXT NOT NULL,
        body TEXT NOT NULL,
        answered_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX answers_by_age ON answers (answered_at);
    `,
  ],
}
