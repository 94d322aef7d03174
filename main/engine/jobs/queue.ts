import { randomUUID } from 'node:crypto'
import { asEngineError, EngineError } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { type Job, type JobHandler, type JobKind, PRIORITIES } from './job.ts'
import { JobRows } from './rows.ts'

/** How often a running job's progress is written down. Between writes it lives in memory: a write costs a disk sync. */
const SAVE_EVERY_MS = 5_000

interface Running {
  readonly aborter: AbortController
  readonly startedAt: number
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
  /** Told whenever a job starts, moves or ends. */
  readonly onChange: (job: Job) => void
}

/** Work that survives the process: whatever dies while it runs is run again from its start. */
export class JobQueue {
  readonly #rows: JobRows
  readonly #options: JobQueueOptions
  readonly #handlers = new Map<JobKind, JobHandler>()
  readonly #running = new Map<string, Running>()
  #open = false

  constructor(options: JobQueueOptions) {
    this.#options = options
    this.#rows = new JobRows(options.database)
  }

  /** @throws Error when the kind has a handler already. */
  register(kind: JobKind, handler: JobHandler): void {
    if (this.#handlers.has(kind)) throw new Error(`Jobs of kind ${kind} already have a handler.`)
    this.#handlers.set(kind, handler)
  }

  /** Takes up what an earlier process left, and begins to work. @throws Error when a kind has no handler. */
  start(kinds: readonly JobKind[]): void {
    const missing = kinds.filter((kind) => !this.#handlers.has(kind))
    if (missing.length > 0) throw new Error(`Nobody handles jobs of kind ${missing.join(', ')}.`)
    this.#rows.failAfterCrashes.run({ now: Date.now() })
    this.#rows.requeueAfterCrash.run()
    this.#open = true
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
    return this.#rows.queuePosition.get({ id })?.position ?? 0
  }

  /** Stops a job that waits or runs, and waits until it has stopped. @throws EngineError `conflict` when it has ended. */
  async cancel(id: string): Promise<Job> {
    const job = this.get(id)
    if (job.status !== 'pending' && job.status !== 'processing') {
      throw new EngineError('conflict', `This job has ended already (${job.status}).`)
    }
    const running = this.#running.get(id)
    if (running) {
      running.aborter.abort(new EngineError('cancelled', 'Cancelled.'))
      await running.finished
    } else {
      this.#end(id, 'cancelled', null)
    }
    return this.get(id)
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

  /** Ends the running jobs and puts them back: the next start takes them up. */
  async close(): Promise<void> {
    this.#open = false
    const running = [...this.#running.values()]
    for (const { aborter } of running) aborter.abort(new EngineError('cancelled', 'Fieldreel is closing.'))
    await Promise.all(running.map(({ finished }) => finished))
  }

  #fill(): void {
    while (this.#open && this.#running.size < this.#options.concurrency) {
      const job = this.#rows.next()
      if (!job) return
      this.#begin(job)
    }
  }

  #begin(job: Job): void {
    const now = Date.now()
    this.#rows.start.run({ id: job.id, now })
    const running: Running = {
      aborter: new AbortController(),
      startedAt: now,
      progress: 0,
      step: null,
      savedAt: now,
      finished: Promise.resolve(),
    }
    this.#running.set(job.id, running)
    running.finished = this.#work(job, running)
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
      this.#settle(job.id, 'completed', null)
    } catch (error) {
      this.#settle(job.id, signal.aborted ? 'cancelled' : 'failed', error)
    }
  }

  #report(id: string, running: Running, progress: number, step: string): void {
    const stepChanged = step !== running.step
    running.progress = Math.max(running.progress, Math.min(100, progress))
    running.step = step
    if (stepChanged || Date.now() - running.savedAt > SAVE_EVERY_MS) {
      running.savedAt = Date.now()
      this.#rows.saveProgress.run({ id, progress: running.progress, step })
    }
    this.#options.onChange(this.get(id))
  }

  #settle(id: string, status: 'completed' | 'failed' | 'cancelled', error: unknown): void {
    this.#running.delete(id)
    // Closing is no cancellation, and no crash: the job waits for the next start.
    if (status === 'cancelled' && !this.#open) this.#rows.putBack.run({ id })
    else this.#end(id, status, error)
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
    this.#options.onChange(this.get(id))
  }

  #live(job: Job): Job {
    const running = this.#running.get(job.id)
    if (!running) return job
    return { ...job, progress: running.progress, step: running.step, secondsLeft: secondsLeft(running) }
  }
}

/** Seconds the rest takes at the pace so far; null in the first second, when the pace is noise. */
function secondsLeft({ startedAt, progress }: Running): number | null {
  const elapsed = (Date.now() - startedAt) / 1000
  if (progress < 1 || elapsed < 1) return null
  return Math.ceil((elapsed * (100 - progress)) / progress)
}
