import type { DomainMigrations } from '../database/index.ts'

export const settingsMigrations: DomainMigrations = {
  domain: 'settings',
  steps: [
    `
      CREATE TABLE settings (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  ],
}
