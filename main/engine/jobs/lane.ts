import { type Clock, pause } from '../../base/clock.ts'
import { asEngineError, EngineError } from '../../contract/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { HandledJob } from './definition.ts'
import { secondsUntilStart } from './estimate.ts'
import type { Job } from './job.ts'
import { RoomWait } from './room-wait.ts'
import type { JobRows } from './rows.ts'
import { RunningJob } from './running-job.ts'
import { Turns } from './turns.ts'

/** How long to wait before a job's state that could not be written (a full disk) is written again. */
const WRITE_AGAIN_MS = 2_000

export interface LaneLimits {
  /** Jobs at a time. */
  readonly places: number
  /** How long a job keeps others waiting, milliseconds, see `Turns`; as long as it runs when left out. */
  readonly turnMs?: number
}

export interface LaneOptions extends LaneLimits {
  readonly rows: JobRows
  readonly log: Log
  readonly clock: Clock
  /** Whether the disk can be written to; asked again and again after a job failed because it could not. */
  readonly hasRoom: () => Promise<boolean>
  /** Says of a job's failure what it really was, where the queue's owner knows better. */
  readonly explain: (error: unknown) => unknown
  /** How many crashes a job may have been part of to be run now. */
  readonly toleratedCrashes: () => number
  /** Called whenever a job starts, moves or ends. */
  readonly onChange: (id: string) => void
}

/** Runs the jobs of some kinds, so many at a time. */
export class LaneQueue {
  readonly #options: LaneOptions
  readonly #handled = new Map<string, HandledJob>()
  readonly #running = new Map<string, RunningJob>()
  readonly #room: RoomWait
  readonly #turns: Turns | null
  #isOpen = false

  constructor(options: LaneOptions) {
    this.#options = options
    const { clock, hasRoom, turnMs } = options
    this.#room = new RoomWait({ clock, hasRoom, onRoom: () => this.fill() })
    this.#turns = turnMs === undefined ? null : this.#turnsOf(turnMs)
  }

  register(handled: HandledJob): void {
    this.#handled.set(handled.definition.kind, handled)
  }

  open(): void {
    this.#isOpen = true
    this.fill()
  }

  running(id: string): RunningJob | undefined {
    return this.#running.get(id)
  }

  /** Starts as many jobs as there are places. */
  fill(): void {
    const { clock, log, places } = this.#options
    try {
      while (this.#isOpen && !this.#room.isWaiting && this.#withPlace().length < places) {
        const job = this.#next(this.#turns?.late) ?? this.#next()
        if (!job) return
        this.#begin(job)
      }
    } catch (error) {
      log.error({ err: error }, 'a job could not be started; it is tried again')
      clock.setTimeout(() => this.fill(), WRITE_AGAIN_MS)
    }
  }

  /** Jobs that run before this one. */
  position(id: string): number {
    return this.#options.rows.queuePosition.get({ id, kinds: this.#kinds })?.position ?? 0
  }

  /** Seconds until a waiting job begins; null when unknown. */
  secondsUntilStart(id: string, now: number): number | null {
    return secondsUntilStart(this.position(id), this.#withPlace(), this.#options.places, now)
  }

  /** Stops what runs; it runs again later when the reason is that nothing can be written. */
  stop(why: EngineError): void {
    for (const running of this.#running.values()) running.stop(why)
  }

  /** Ends the running jobs and puts them back: the next start takes them up. */
  async close(): Promise<void> {
    this.#isOpen = false
    this.#room.close()
    this.stop(new EngineError('cancelled', 'Fieldreel is closing.'))
    await Promise.all([...this.#running.values()].map(({ finished }) => finished))
  }

  /** Writes down that a job has ended. */
  #end(id: string, status: 'completed' | 'failed' | 'cancelled', error: unknown): void {
    const { clock, log, rows } = this.#options
    const failure = status === 'failed' ? asEngineError(error) : null
    if (failure) log.error({ job: id, err: error }, 'job failed')
    rows.finish.run({
      ...{ id, status, now: clock.now() },
      errorCode: failure ? failure.code.toUpperCase() : null,
      errorMessage: failure?.message ?? null,
    })
  }

  get #kinds(): string {
    return JSON.stringify([...this.#handled.keys()])
  }

  #next(late: readonly string[] = []): Job | null {
    const { rows, toleratedCrashes } = this.#options
    return rows.next(toleratedCrashes(), this.#kinds, late)
  }

  #withPlace(): RunningJob[] {
    return [...this.#running.values()].filter(({ id }) => this.#turns?.hasPlace(id) ?? true)
  }

  #turnsOf(turnMs: number): Turns {
    return new Turns({
      ...{ turnMs, clock: this.#options.clock },
      othersWait: () => this.#next(this.#turns?.late) !== null,
      putBack: (id) => this.#running.get(id)?.putBack(),
      onRoom: () => this.fill(),
    })
  }

  #begin(job: Job): void {
    const { clock, rows, onChange } = this.#options
    const running = new RunningJob(job.id, clock)
    rows.start.run({ id: job.id, now: running.startedAt })
    this.#running.set(job.id, running)
    running.finished = this.#work(job, running)
    this.#turns?.begin(running)
    onChange(job.id)
  }

  async #work(job: Job, running: RunningJob): Promise<void> {
    const { signal } = running
    try {
      await this.#handle(job, running)
      this.#room.trust()
      await this.#settle(running, 'completed', null)
    } catch (error) {
      const failure: unknown = isLackOfRoom(signal.reason) ? signal.reason : this.#options.explain(error)
      const isStopped = signal.aborted && !isLackOfRoom(failure)
      await this.#settle(running, isStopped ? 'cancelled' : 'failed', failure)
    }
    this.fill()
  }

  async #handle(job: Job, running: RunningJob): Promise<void> {
    const { rows, log, onChange } = this.#options
    const handled = this.#handled.get(job.kind)
    if (!handled) throw new EngineError('unavailable', `This Fieldreel cannot run jobs of kind ${job.kind}.`)
    const request: unknown = handled.definition.schema.parse(job.request)
    const report = (progress: number, step: string): void => {
      if (running.moved(progress, step)) {
        try {
          rows.saveProgress.run({ id: job.id, progress: running.progress, step })
        } catch (error) {
          // The job goes on, or fails for the same reason.
          log.warn({ job: job.id, err: error }, 'progress could not be written')
        }
      }
      onChange(job.id)
    }
    await handled.handle({ ...job, status: 'processing', request }, { signal: running.signal, report })
  }

  /** Writes down how a job ended, however long the disk takes to let it: no job stays "processing" that does not run. */
  async #settle(running: RunningJob, status: 'completed' | 'failed' | 'cancelled', error: unknown): Promise<void> {
    const { clock, log, onChange } = this.#options
    const { id } = running
    for (;;) {
      try {
        this.#write(running, status, error)
        break
      } catch (unwritten) {
        log.error({ job: id, err: unwritten }, 'the end of a job could not be written; it is tried again')
        if (!this.#isOpen) break
        await pause(clock, WRITE_AGAIN_MS)
      }
    }
    this.#running.delete(id)
    this.#turns?.end(id, running.isPutBack && status === 'cancelled' ? 'put back' : 'done')
    onChange(id)
  }

  #write({ id, isPutBack }: RunningJob, status: 'completed' | 'failed' | 'cancelled', error: unknown): void {
    const { putBack } = this.#options.rows
    // Closing is no cancellation, and no crash: the job waits for the next start.
    if (status === 'cancelled' && !this.#isOpen) putBack.run({ id, step: null })
    else if (status === 'cancelled' && isPutBack) putBack.run({ id, step: 'Waiting for shorter videos' })
    else if (status === 'failed' && isLackOfRoom(error)) {
      putBack.run({ id, step: 'Waiting for room on the disk' })
      this.#room.begin()
    } else this.#end(id, status, error)
  }
}

function isLackOfRoom(error: unknown): boolean {
  return error instanceof EngineError && (error.code === 'storage_full' || error.code === 'storage_refused')
}
