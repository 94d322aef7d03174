import type { Clock } from '../../base/clock.ts'
import { EngineError } from '../../contract/index.ts'
import { secondsLeft } from './estimate.ts'
import type { Job } from './job.ts'
import type { InTurn } from './turns.ts'

/** How often progress is written down. Between writes it lives in memory: a write costs a disk sync. */
const SAVE_EVERY_MS = 5_000

/** A job while it runs. */
export class RunningJob implements InTurn {
  readonly id: string
  readonly startedAt: number
  readonly begunAt: number
  /** Settles when the job has ended and its end is written. */
  finished: Promise<void> = Promise.resolve()
  readonly #clock: Clock
  readonly #aborter = new AbortController()
  #ending: 'cancel' | 'put back' | null = null
  #progress = 0
  #step: string | null = null
  #savedAt: number

  constructor(id: string, clock: Clock) {
    this.id = id
    this.#clock = clock
    this.startedAt = clock.now()
    this.begunAt = clock.monotonic()
    this.#savedAt = this.startedAt
  }

  get signal(): AbortSignal {
    return this.#aborter.signal
  }

  get progress(): number {
    return this.#progress
  }

  get isPutBack(): boolean {
    return this.#ending === 'put back'
  }

  cancel(): void {
    this.#ending = 'cancel'
    this.stop(new EngineError('cancelled', 'Cancelled.'))
  }

  /** Stops it so that it runs again later, unless it is being stopped already. */
  putBack(): void {
    if (this.#ending) return
    this.#ending = 'put back'
    this.stop(new EngineError('cancelled', 'Others go first.'))
  }

  stop(why: EngineError): void {
    this.#aborter.abort(why)
  }

  /** Progress never goes back. @returns whether it has to be written down now. */
  moved(progress: number, step: string): boolean {
    const stepChanged = step !== this.#step
    this.#progress = Math.max(this.#progress, Math.min(100, progress))
    this.#step = step
    if (!stepChanged && this.#clock.now() - this.#savedAt <= SAVE_EVERY_MS) return false
    this.#savedAt = this.#clock.now()
    return true
  }

  /** The stored job, with how far it is now. */
  live(job: Job): Job {
    return { ...job, progress: this.#progress, step: this.#step, secondsLeft: secondsLeft(this, this.#clock.now()) }
  }
}
