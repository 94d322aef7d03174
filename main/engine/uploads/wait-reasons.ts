import type { Clock } from '../../base/clock.ts'
import type { EngineError } from '../../contract/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { ImportRow } from './import-rows.ts'
import { isResolved, type WaitReason, waitReasonOf } from './wait-reason.ts'
import type { Uploads } from './uploads.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** A source that is there but cannot be read is tried this often before it counts as broken. */
const MAX_READ_FAILURES = 5

export interface WaitReasonsOptions {
  readonly uploads: Uploads
  readonly folder: DataFolder
  readonly log: Log
  readonly clock: Clock
}

interface Waiting extends WaitReason {
  /** By the monotonic clock: an import that fails again and again is tried less and less often. */
  readonly notBefore: number
}

/** What imports wait for. Kept in memory only: after a restart they are tried again. */
export class WaitReasons {
  readonly #options: WaitReasonsOptions
  readonly #waiting = new Map<string, Waiting>()
  /** Failures in a row, without a part in between. */
  readonly #failures = new Map<string, { bytes: number; count: number }>()

  constructor(options: WaitReasonsOptions) {
    this.#options = options
  }

  get(id: string): WaitReason | null {
    return this.#waiting.get(id) ?? null
  }

  /** Records why an import failed. @returns whether it waits; else it has to end. */
  record(row: ImportRow, failure: EngineError): boolean {
    const count = this.#countFailure(row)
    if (failure.code === 'source_missing' && count > MAX_READ_FAILURES) return false
    const reason = waitReasonOf(failure, row)
    if (reason) this.#waiting.set(row.id, { ...reason, notBefore: this.#backOff(count) })
    return reason !== null
  }

  /** Records that not even a failure could be written down. */
  recordFullDisk(id: string, message: string): void {
    this.#waiting.set(id, { waitingFor: 'space', message, notBefore: this.#backOff(1) })
  }

  /** An import was stopped: whether it still has to wait shows when it continues. */
  clear(id: string): void {
    this.#waiting.delete(id)
  }

  /** An import has ended, or a person tries it again. */
  forget(id: string): void {
    this.#waiting.delete(id)
    this.#failures.delete(id)
  }

  /** @returns the imports that no longer wait. */
  async recheck(find: (id: string) => ImportRow | undefined): Promise<string[]> {
    const resolved: string[] = []
    for (const [id, reason] of this.#waiting) {
      if (this.#options.clock.monotonic() < reason.notBefore) continue
      if (!(await this.#isResolved(id, reason, find))) continue
      this.#waiting.delete(id)
      resolved.push(id)
    }
    return resolved
  }

  async #isResolved(id: string, reason: WaitReason, find: (id: string) => ImportRow | undefined): Promise<boolean> {
    const { uploads, folder, log } = this.#options
    try {
      const row = find(id)
      return row?.status !== 'waiting' || (await isResolved(reason, row, uploads.sessions.space, folder))
    } catch (error) {
      // The library's own disk may be away: then this is checked again later.
      log.warn({ importId: id, err: error }, 'what an import waits for could not be checked')
      return false
    }
  }

  /** How often it failed in a row without a part in between. */
  #countFailure(row: ImportRow): number {
    const bytes = row.media_id === null ? 0 : this.#options.uploads.sessions.partRows.counts(row.media_id).bytes
    const before = this.#failures.get(row.id)
    const count = before?.bytes === bytes ? before.count + 1 : 1
    this.#failures.set(row.id, { bytes, count })
    return count
  }

  #backOff(failures: number): number {
    return this.#options.clock.monotonic() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
  }
}
