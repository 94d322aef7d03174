import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { monotonic } from '../../base/clock.ts'
import { asEngineError, EngineError } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { secondsLeft, secondsUntilStart } from './estimate.ts'
import { type Job, type JobHandler, type JobKind, PRIORITIES } from './job.ts'
import { JobRows } from './rows.ts'
import { type InTurn, Turns } from './turns.ts'

/** How often a running job's progress is written down. Between writes it lives in memory: a write costs a disk sync. */
const SAVE_EVERY_MS = 5_000
/**
 * A job that was running at more crashes than this may be their cause. It is not given up, since most crashes are power
 * cuts and closed lids; but it begins only some time after the start, so that there is time to cancel it.
 */
const UNSUSPICIOUS_CRASHES = 3
const SUSPICION_STEP_MS = 5_000
const SUSPICION_STEPS = 6
/** How long to wait before a job's state that could not be written (a full disk) is written again. */
const WRITE_AGAIN_MS = 2_000
const LONGEST_DISTRUST_MS = 120_000

interface Running extends InTurn {
  readonly aborter: AbortController
  /** Why it was told to stop. */
  ending: 'cancel' | 'put back' | null
  progress: number
  step: string | null
  savedAt: number
  finished: Promise<void>
}

export interface JobQueueOptions {
  readonly database: Database
  readonly log: Log
  /** Jobs at a time. */
  readonly concurrency: number
  /** How long a job keeps others waiting, milliseconds, see `Turns`; as long as it runs when left out. */
  readonly turnMs?: number
  /** Whether the disk can be written to; asked again and again after a job failed because it could not. */
  readonly hasRoom: () => Promise<boolean>
  /** Says of a job's failure what it really was, where the queue's owner knows better. */
  readonly explain?: (error: unknown) => unknown
  /** Told whenever a job starts, moves or ends. */
  readonly onChange: (job: Job) => void
}

/**
 * Work that survives the process: whatever dies while it runs is run again from its start. A queue works on the kinds
 * that are registered with it and on no others, so that several may stand side by side and none holds up another.
 */
export class JobQueue {
  readonly #rows: JobRows
  readonly #options: JobQueueOptions
  readonly #handlers = new Map<JobKind, JobHandler>()
  readonly #running = new Map<string, Running>()
  readonly #turns: Turns | null
  #open = false
  /** No job is started while the disk is full: it would only fail, too. */
  #held = false
  #startedAt = 0
  #distrustMs = WRITE_AGAIN_MS / 2

  constructor(options: JobQueueOptions) {
    this.#options = options
    this.#rows = new JobRows(options.database)
    this.#turns = options.turnMs === undefined ? null : this.#turnsOf(options.turnMs)
  }

  /** @throws Error when the kind has a handler already. */
  register(kind: JobKind, handler: JobHandler): void {
    if (this.#handlers.has(kind)) throw new Error(`Jobs of kind ${kind} already have a handler.`)
    this.#handlers.set(kind, handler)
  }

  /** Takes up what an earlier process left, and begins to work. */
  start(): void {
    this.#rows.requeueAfterCrash.run({ kinds: this.#kinds })
    this.#open = true
    this.#startedAt = monotonic()
    for (let step = 1; step <= SUSPICION_STEPS; step += 1) {
      setTimeout(() => this.#fill(), step * SUSPICION_STEP_MS).unref()
    }
    this.#fill()
  }

  /** Adds a job; joins the transaction that is open. It may start as soon as that ends. */
  enqueue(kind: JobKind, mediaId: string, request: unknown, priority: keyof typeof PRIORITIES = 'normal'): Job {
    const id = randomUUID()
    this.#rows.insert.run({
      id,
      kind,
      mediaId,
      request: JSON.stringify(request),
      priority: PRIORITIES[priority],
      now: Date.now(),
    })
    setImmediate(() => this.#fill())
    return this.get(id)
  }

  /** @throws EngineError `not_found`. */
  get(id: string): Job {
    const job = this.#rows.get(id)
    if (!job) throw new EngineError('not_found', 'There is no such job.')
    return this.#live(job)
  }

  /** The newest job of a kind for a video, or null. */
  latest(mediaId: string, kind: JobKind): Job | null {
    const job = this.#rows.latest(mediaId, kind)
    return job && this.#live(job)
  }

  /** Jobs that will run before this one. */
  queuePosition(id: string): number {
    return this.#rows.queuePosition.get({ id, kinds: this.#kinds })?.position ?? 0
  }

  /** When a waiting job begins, by what the running ones still need; null when at once, begun, or nobody knows. */
  estimateStart(id: string, now = Date.now()): number | null {
    if (this.get(id).status !== 'pending') return null
    const running = this.#withPlace()
    const seconds = secondsUntilStart(this.queuePosition(id), running, this.#options.concurrency)
    return seconds ? now + seconds * 1000 : null
  }

  /** Stops a job that waits or runs, and waits until it has stopped. @throws EngineError `conflict` when it has ended. */
  async cancel(id: string): Promise<Job> {
    const job = this.get(id)
    if (job.status !== 'pending' && job.status !== 'processing') {
      throw new EngineError('conflict', `This job has ended already (${job.status}).`)
    }
    const running = this.#running.get(id)
    if (running) {
      running.ending = 'cancel'
      running.aborter.abort(new EngineError('cancelled', 'Cancelled.'))
      await running.finished
    } else {
      this.#end(id, 'cancelled', null)
      this.#options.onChange(this.get(id))
    }
    return this.get(id)
  }

  /** Removes all trace of a job whose work is done, once it has ended. */
  async forget(id: string): Promise<void> {
    await this.#running.get(id)?.finished
    this.#rows.remove.run({ id })
  }

  /** Stops everything that works on a video, before the video goes. */
  async cancelAllOf(mediaId: string): Promise<void> {
    await Promise.all(this.#rows.unfinishedOf(mediaId).map((job) => this.cancel(job.id)))
  }

  /**
   * Runs a failed or cancelled job again, before others.
   * @throws EngineError `conflict` in another state, `max_retries_exceeded` after `maxRetries` times.
   */
  retry(id: string): Job {
    const job = this.get(id)
    if (job.status !== 'failed' && job.status !== 'cancelled') {
      throw new EngineError('conflict', `Only a failed or cancelled job can be retried; this one is ${job.status}.`)
    }
    if (job.retryCount >= job.maxRetries) {
      throw new EngineError('max_retries_exceeded', `This job was retried ${job.maxRetries} times. Queue a new one.`)
    }
    this.#rows.requeue.run({ id })
    const requeued = this.get(id)
    this.#options.onChange(requeued)
    this.#fill()
    return requeued
  }

  /** Stops the running jobs for want of room or of the library's folder: they run again by themselves. */
  hold(why: EngineError): void {
    for (const { aborter } of this.#running.values()) aborter.abort(why)
  }

  /** Ends the running jobs and puts them back: the next start takes them up. */
  async close(): Promise<void> {
    this.#open = false
    const running = [...this.#running.values()]
    for (const { aborter } of running) aborter.abort(new EngineError('cancelled', 'Fieldreel is closing.'))
    await Promise.all(running.map(({ finished }) => finished))
  }

  #fill(): void {
    try {
      while (this.#open && !this.#held && this.#withPlace().length < this.#options.concurrency) {
        const job = this.#next(this.#turns?.late) ?? this.#next()
        if (!job) return
        this.#begin(job)
      }
    } catch (error) {
      this.#options.log.error({ err: error }, 'a job could not be started; it is tried again')
      setTimeout(() => this.#fill(), WRITE_AGAIN_MS).unref()
    }
  }

  #next(late: readonly string[] = []): Job | null {
    return this.#rows.next(this.#tolerated(), this.#kinds, late)
  }

  #withPlace(): Running[] {
    return [...this.#running.values()].filter(({ id }) => this.#turns?.hasPlace(id) ?? true)
  }

  #turnsOf(turnMs: number): Turns {
    return new Turns({
      turnMs,
      othersWait: () => this.#next(this.#turns?.late) !== null,
      putBack: (id) => this.#putBack(id),
      onRoom: () => this.#fill(),
    })
  }

  #putBack(id: string): void {
    const running = this.#running.get(id)
    if (!running || running.ending) return
    running.ending = 'put back'
    running.aborter.abort(new EngineError('cancelled', 'Others go first.'))
  }

  get #kinds(): string {
    return JSON.stringify([...this.#handlers.keys()])
  }

  /** How often a job may have been running at a crash to be run now. */
  #tolerated(): number {
    const step = Math.floor((monotonic() - this.#startedAt) / SUSPICION_STEP_MS)
    return step >= SUSPICION_STEPS ? Number.MAX_SAFE_INTEGER : UNSUSPICIOUS_CRASHES + step
  }

  #begin(job: Job): void {
    const now = Date.now()
    this.#rows.start.run({ id: job.id, now })
    const running: Running = {
      id: job.id,
      aborter: new AbortController(),
      startedAt: now,
      begunAt: monotonic(),
      ending: null,
      progress: 0,
      step: null,
      savedAt: now,
      finished: Promise.resolve(),
    }
    this.#running.set(job.id, running)
    running.finished = this.#work(job, running)
    this.#turns?.begin(running, monotonic)
    this.#options.onChange(this.get(job.id))
  }

  async #work(job: Job, running: Running): Promise<void> {
    const handler = this.#handlers.get(job.kind)
    const { signal } = running.aborter
    try {
      if (!handler) throw new EngineError('unavailable', `This Fieldreel cannot run jobs of kind ${job.kind}.`)
      await handler(this.get(job.id), {
        signal,
        report: (progress, step) => this.#report(job.id, running, progress, step),
      })
      this.#distrustMs = WRITE_AGAIN_MS / 2
      await this.#settle(job.id, 'completed', null)
    } catch (error) {
      const failure: unknown = isForWantOfRoom(signal.reason)
        ? signal.reason
        : (this.#options.explain?.(error) ?? error)
      const isStopped = signal.aborted && !isForWantOfRoom(failure)
      await this.#settle(job.id, isStopped ? 'cancelled' : 'failed', failure)
    }
    this.#fill()
  }

  #report(id: string, running: Running, progress: number, step: string): void {
    const stepChanged = step !== running.step
    running.progress = Math.max(running.progress, Math.min(100, progress))
    running.step = step
    if (stepChanged || Date.now() - running.savedAt > SAVE_EVERY_MS) {
      running.savedAt = Date.now()
      this.#saveProgress(id, running.progress, step)
    }
    this.#options.onChange(this.get(id))
  }

  /** That progress could not be written harms nobody: the job goes on, or fails for the same reason. */
  #saveProgress(id: string, progress: number, step: string): void {
    try {
      this.#rows.saveProgress.run({ id, progress, step })
    } catch (error) {
      this.#options.log.warn({ job: id, err: error }, 'progress could not be written')
    }
  }

  /** Writes down how a job ended, however long the disk takes to let it: no job stays "processing" that does not run. */
  async #settle(id: string, status: 'completed' | 'failed' | 'cancelled', error: unknown): Promise<void> {
    const isPutBack = this.#running.get(id)?.ending === 'put back'
    for (;;) {
      try {
        // Closing is no cancellation, and no crash: the job waits for the next start.
        if (status === 'cancelled' && !this.#open) this.#rows.putBack.run({ id, step: null })
        else if (status === 'cancelled' && isPutBack) this.#rows.putBack.run({ id, step: 'Waiting for shorter videos' })
        else if (status === 'failed' && isForWantOfRoom(error)) this.#hold(id)
        else this.#end(id, status, error)
        break
      } catch (unwritten) {
        this.#options.log.error({ job: id, err: unwritten }, 'the end of a job could not be written; it is tried again')
        if (!this.#open) break
        await pause(WRITE_AGAIN_MS, null, { ref: false })
      }
    }
    this.#running.delete(id)
    this.#turns?.end(id, isPutBack && status === 'cancelled' ? 'put back' : 'done')
    this.#options.onChange(this.get(id))
  }

  /** Puts a job back until the disk can be written to again: "recovery by itself once the cause is gone". */
  #hold(id: string): void {
    this.#rows.putBack.run({ id, step: 'Waiting for room on the disk' })
    if (this.#held) return
    this.#held = true
    void this.#awaitRoom()
  }

  async #awaitRoom(): Promise<void> {
    // There may seem to be room and still be none (a quota, a folder that refuses): each time it is trusted later.
    this.#distrustMs = Math.min(LONGEST_DISTRUST_MS, 2 * this.#distrustMs)
    do await pause(this.#distrustMs, null, { ref: false })
    while (this.#open && !(await this.#options.hasRoom().catch(() => false)))
    this.#held = false
    this.#fill()
  }

  #end(id: string, status: 'completed' | 'failed' | 'cancelled', error: unknown): void {
    const failure = status === 'failed' ? asEngineError(error) : null
    if (failure) this.#options.log.error({ job: id, err: error }, 'job failed')
    this.#rows.finish.run({
      id,
      status,
      now: Date.now(),
      errorCode: failure ? failure.code.toUpperCase() : null,
      errorMessage: failure?.message ?? null,
    })
  }

  #live(job: Job): Job {
    const running = this.#running.get(job.id)
    if (!running) return job
    return { ...job, progress: running.progress, step: running.step, secondsLeft: secondsLeft(running) }
  }
}

function isForWantOfRoom(error: unknown): boolean {
  return error instanceof EngineError && (error.code === 'storage_full' || error.code === 'storage_refused')
}
