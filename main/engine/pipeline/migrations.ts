import type { DomainMigrations } from '../../platform/database/index.ts'

/** A task's results are in its stream's archive; here are its request and its state. */
export const pipelineMigrations: DomainMigrations = {
  domain: 'pipeline',
  steps: [
    `
      CREATE TABLE tasks (
        id TEXT PRIMARY KEY,
        status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled')),
        -- As it was sent; bytes in it are replaced by a reference to the object they became.
        request TEXT NOT NULL,
        title TEXT NOT NULL,
        -- The video of the library, for store:// inputs. It may go before the task does.
        media_id TEXT,
        -- The object that holds a video from elsewhere, once it is here.
        sha256 TEXT REFERENCES objects (sha256),
        -- Facts of the video, once it was opened.
        video TEXT,
        job_id TEXT NOT NULL,
        processed_frames INTEGER NOT NULL DEFAULT 0,
        due_frames INTEGER,
        finish_reason TEXT,
        error_code TEXT,
        error_message TEXT,
        created_at INTEGER NOT NULL,
        started_at INTEGER,
        completed_at INTEGER
      ) STRICT;
      CREATE INDEX tasks_by_age ON tasks (created_at, id);
      CREATE INDEX tasks_by_object ON tasks (sha256) WHERE sha256 IS NOT NULL;

      CREATE TABLE task_results (
        task_id TEXT PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE,
        results TEXT NOT NULL
      ) STRICT;
    `,
  ],
}
