import type { DomainMigrations } from '../../platform/database/index.ts'

export const identityMigrations: DomainMigrations = {
  domain: 'identity',
  steps: [
    `
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
        last_used_at INTEGER,
        description TEXT,
        metadata TEXT NOT NULL DEFAULT '{}',
        is_active INTEGER NOT NULL DEFAULT 1,
        usage_count INTEGER NOT NULL DEFAULT 0,
        updated_at INTEGER
      ) STRICT;
    `,
  ],
}
