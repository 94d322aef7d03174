import type { Migration } from './migration.ts'

/** "key object: … description <=500 … metadata … is_active … usage_count". */
export const describeKeys: Migration = {
  name: 'describe keys',
  sql: `
    ALTER TABLE api_keys ADD COLUMN description TEXT;
    ALTER TABLE api_keys ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE api_keys ADD COLUMN is_active INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE api_keys ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE api_keys ADD COLUMN updated_at INTEGER;
  `,
}
