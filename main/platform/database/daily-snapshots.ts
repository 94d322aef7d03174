import type { DataFolder } from '../files/index.ts'
import type { Log } from '../log/index.ts'
import { copyDatabase } from './copy.ts'
import { DatabaseThread } from './database-thread.ts'
import { listSnapshots, makeSnapshot } from './snapshots.ts'
import { AT_ONCE_BYTES, fileBytes } from './soundness.ts'

const DAY_MS = 24 * 60 * 60_000

export interface DailySnapshotsOptions {
  readonly folder: DataFolder
  /** Holds the built `database-worker.js`. */
  readonly workersFolder: string
  readonly log: Log
  /** Whether the database is sound as far as is known, and holds something. */
  readonly isWorthKeeping: () => boolean
}

/** Makes a snapshot a day of a library that is in use. */
export class DailySnapshots {
  readonly #options: DailySnapshotsOptions
  readonly #closing = new AbortController()

  constructor(options: DailySnapshotsOptions) {
    this.#options = options
  }

  /** In a thread of its own. @throws EngineError `library_damaged`, `storage_full`, `storage_refused`. */
  async makeWhenDue(now = Date.now()): Promise<void> {
    const { folder, workersFolder } = this.#options
    if (!this.#isDue(now)) return
    const thread = new DatabaseThread(workersFolder)
    await makeSnapshot(folder, 'daily', (file, target) => thread.copy(file, target, this.#closing.signal), now)
  }

  /** The same at the end, for those who never leave it open for long; a large database waits for the next time. */
  async close(now = Date.now()): Promise<void> {
    const { folder, log } = this.#options
    this.#closing.abort()
    try {
      if (!this.#isDue(now) || fileBytes(folder.database) > AT_ONCE_BYTES) return
      await makeSnapshot(folder, 'daily', copyDatabase, now)
    } catch (error) {
      log.warn({ err: error }, 'no snapshot could be made')
    }
  }

  #isDue(now: number): boolean {
    const { folder, isWorthKeeping } = this.#options
    if (folder.look() !== 'ok') return false
    // One of the future was made before the clock was put back: it is none of this day.
    const isOfToday = (madeAt: number): boolean => madeAt <= now && madeAt > now - DAY_MS
    const hasOne = listSnapshots(folder).some(
      ({ reason, madeAt }) => reason === 'daily' && isOfToday(Date.parse(madeAt)),
    )
    return !hasOne && isWorthKeeping()
  }
}
