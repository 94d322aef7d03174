import type { Migration } from './migration.ts'

/** "auto_process bool default true; processing_priority low|normal|high default normal", of the batch an upload is in. */
export const batchWishes: Migration = {
  name: 'batch wishes',
  sql: `
    ALTER TABLE uploads ADD COLUMN batch_id TEXT;
    ALTER TABLE uploads ADD COLUMN auto_process INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE uploads ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high'));
  `,
}
