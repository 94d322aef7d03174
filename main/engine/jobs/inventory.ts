import type { Database } from '../../platform/database/index.ts'

/** What the rows say about jobs. Only reads, on any thread. */
export class JobInventory {
  readonly #openKinds
  readonly #isBusy

  constructor(database: Database) {
    this.#openKinds = database.prepare<{ kind: string }>(
      `SELECT DISTINCT kind FROM jobs WHERE subject_id = :subjectId AND status IN ('pending', 'processing')`,
    )
    this.#isBusy = database.prepare(`SELECT 1 FROM jobs WHERE status = 'processing' LIMIT 1`)
  }

  /** Kinds of jobs about a subject that wait or run. */
  openKinds(subjectId: string): Set<string> {
    return new Set(this.#openKinds.all({ subjectId }).map(({ kind }) => kind))
  }

  /** Whether one runs. */
  isBusy(): boolean {
    return this.#isBusy.get() !== undefined
  }
}
