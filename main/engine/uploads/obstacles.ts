import { monotonic } from '../../base/clock.ts'
import type { EngineError } from '../../contract/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { ImportRow } from './import-rows.ts'
import { isGone, type Obstacle, obstacleOf } from './obstacle.ts'
import type { Uploads } from './uploads.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** A source that is there but cannot be read is tried this often before it is called broken. */
const MOST_READ_FAILURES = 5

export interface ObstaclesOptions {
  readonly uploads: Uploads
  readonly folder: DataFolder
  readonly log: Log
}

interface Met extends Obstacle {
  /** By `monotonic`: what seems to be all right and yet failed again and again is looked at more and more seldom. */
  readonly notBefore: number
}

/** What keeps imports from going on. Known to their process only: another one finds out anew. */
export class Obstacles {
  readonly #options: ObstaclesOptions
  readonly #met = new Map<string, Met>()
  /** Failures in a row, without a part in between. */
  readonly #failures = new Map<string, { bytes: number; count: number }>()

  constructor(options: ObstaclesOptions) {
    this.#options = options
  }

  has(id: string): boolean {
    return this.#met.has(id)
  }

  get(id: string): Obstacle | null {
    return this.#met.get(id) ?? null
  }

  /** Notes why an import failed. @returns whether that may be waited out. */
  meet(row: ImportRow, failure: EngineError): boolean {
    const count = this.#countFailure(row)
    if (failure.code === 'source_missing' && count > MOST_READ_FAILURES) return false
    const obstacle = obstacleOf(failure, row)
    if (obstacle) this.#met.set(row.id, { ...obstacle, notBefore: backOff(count) })
    return obstacle !== null
  }

  /** Notes that not even a failure could be written down. */
  meetFullDisk(id: string, message: string): void {
    this.#met.set(id, { waitingFor: 'space', message, notBefore: backOff(1) })
  }

  /** An import was stopped: whether it meets the obstacle again is seen when it goes on. */
  leave(id: string): void {
    this.#met.delete(id)
  }

  /** An import has ended, or is tried anew by a person. */
  forget(id: string): void {
    this.#met.delete(id)
    this.#failures.delete(id)
  }

  /** @returns the imports whose obstacle is gone. */
  async lookAgain(find: (id: string) => ImportRow | undefined): Promise<string[]> {
    const gone: string[] = []
    for (const [id, obstacle] of this.#met) {
      if (monotonic() < obstacle.notBefore || !(await this.#isGone(id, obstacle, find))) continue
      this.#met.delete(id)
      gone.push(id)
    }
    return gone
  }

  async #isGone(id: string, obstacle: Obstacle, find: (id: string) => ImportRow | undefined): Promise<boolean> {
    const { uploads, folder, log } = this.#options
    try {
      const row = find(id)
      return row?.status !== 'waiting' || (await isGone(obstacle, row, uploads.sessions, folder))
    } catch (error) {
      // The library's own disk may be away: then this is looked at again like everything else.
      log.warn({ importId: id, err: error }, 'what an import waits for could not be looked at')
      return false
    }
  }

  /** How often it failed in a row without a part in between. */
  #countFailure(row: ImportRow): number {
    const bytes = row.media_id === null ? 0 : this.#options.uploads.sessions.rows.counts(row.media_id).bytes
    const before = this.#failures.get(row.id)
    const count = before?.bytes === bytes ? before.count + 1 : 1
    this.#failures.set(row.id, { bytes, count })
    return count
  }
}

function backOff(failures: number): number {
  return monotonic() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
}
