import type { DomainMigrations } from '../../platform/database/index.ts'

export const jobsMigrations: DomainMigrations = {
  domain: 'jobs',
  steps: [
    `
      CREATE TABLE jobs (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        request TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'cancelled')),
        priority INTEGER NOT NULL DEFAULT 0,
        progress REAL NOT NULL DEFAULT 0,
        step TEXT,
        error_code TEXT,
        error_message TEXT,
        retry_count INTEGER NOT NULL DEFAULT 0,
        max_retries INTEGER NOT NULL DEFAULT 3,
        -- How often a crash took it down while it ran: a job that keeps killing the process has to end.
        crashes INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        started_at INTEGER,
        completed_at INTEGER
      ) STRICT;
      CREATE INDEX jobs_waiting ON jobs (priority DESC, created_at) WHERE status = 'pending';
      CREATE INDEX jobs_by_subject ON jobs (subject_id, kind, created_at DESC);
    `,
    `
      -- What is shown as working or failed, whatever number of jobs is done.
      CREATE INDEX jobs_shown ON jobs (status, kind, subject_id) WHERE status <> 'completed' AND status <> 'cancelled';
    `,
  ],
}
