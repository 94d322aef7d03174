import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Clock } from '../../base/clock.ts'
import { EngineError, type JobStatus } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { type HandledJob, type JobDefinition, type Lane, LANES } from './definition.ts'
import { isOpen, type Job, PRIORITIES, type Priority } from './job.ts'
import { type LaneLimits, LaneQueue } from './lane.ts'
import { JobRows } from './rows.ts'

/**
 * A job that was running at more crashes than this may be their cause. It is not given up, since most crashes are power
 * cuts and closed lids; but it begins only some time after the start, so that there is time to cancel it.
 */
const UNSUSPICIOUS_CRASHES = 3
const SUSPICION_STEP_MS = 5_000
const SUSPICION_STEPS = 6

export interface JobQueueOptions {
  readonly database: Database
  readonly log: Log
  readonly clock: Clock
  readonly lanes: Readonly<Record<Lane, LaneLimits>>
  /** Whether the disk can be written to; asked again and again after a job failed because it could not. */
  readonly hasRoom: () => Promise<boolean>
  /** Says of a job's failure what it really was, where the queue's owner knows better. */
  readonly explain?: (error: unknown) => unknown
}

/** Work that survives the process: a job that is interrupted is run again from its start. */
export class JobQueue {
  readonly #rows: JobRows
  readonly #clock: Clock
  readonly #handled = new Map<string, HandledJob>()
  readonly #lanes: Readonly<Record<Lane, LaneQueue>>
  #startedAt = 0

  constructor({ database, lanes, explain = (error) => error, ...options }: JobQueueOptions) {
    this.#rows = new JobRows(database)
    this.#clock = options.clock
    const laneOf = (lane: Lane): LaneQueue =>
      new LaneQueue({
        ...{ ...options, ...lanes[lane], rows: this.#rows, explain },
        toleratedCrashes: () => this.#toleratedCrashes(),
        onChange: (id) => this.#changed(id),
      })
    this.#lanes = { short: laneOf('short'), cpu: laneOf('cpu'), gpu: laneOf('gpu'), network: laneOf('network') }
  }

  /** @throws Error when the kind has a handler already. */
  register(handled: HandledJob): void {
    const { kind, lane } = handled.definition
    if (this.#handled.has(kind)) throw new Error(`Jobs of kind ${kind} already have a handler.`)
    this.#handled.set(kind, handled)
    this.#lanes[lane].register(handled)
  }

  /** Resumes what an earlier process left, and starts working. Jobs without a handler fail. */
  start(): void {
    this.#rows.failUnhandled.run({ kinds: JSON.stringify([...this.#handled.keys()]), now: this.#clock.now() })
    this.#rows.requeueAfterCrash.run()
    this.#startedAt = this.#clock.monotonic()
    for (let step = 1; step <= SUSPICION_STEPS; step += 1) {
      this.#clock.setTimeout(() => this.#fill(), step * SUSPICION_STEP_MS)
    }
    for (const lane of LANES) this.#lanes[lane].open()
  }

  /** Adds a job; joins the transaction that is open. It may start as soon as that ends. */
  enqueue<S extends z.ZodType>(
    { kind }: JobDefinition<S>,
    subjectId: string,
    request: z.input<S>,
    priority: Priority = 'normal',
  ): Job {
    return this.#insert(kind, subjectId, request, priority)
  }

  /** Adds a job that is to do the same as one that has ended. */
  enqueueAgain({ kind, subjectId, request }: Job): Job {
    return this.#insert(kind, subjectId, request, 'normal')
  }

  /** @throws EngineError `not_found`. */
  get(id: string): Job {
    const job = this.#rows.get(id)
    if (!job) throw new EngineError('not_found', 'There is no such job.')
    return this.#live(job)
  }

  /** The newest job of a kind for a subject, or null. */
  latest(subjectId: string, { kind }: JobDefinition): Job | null {
    const job = this.#rows.latest(subjectId, kind)
    return job && this.#live(job)
  }

  /** What the latest jobs of a kind are about, where they are in one of these states. */
  subjectsWith({ kind }: JobDefinition, statuses: readonly JobStatus[]): ReadonlySet<string> {
    return new Set(statuses.flatMap((status) => this.#rows.subjectsWith(kind, status)))
  }

  /** Whether a job of one of these kinds waits or runs for a subject. */
  isBusy(subjectId: string, ...definitions: readonly JobDefinition[]): boolean {
    return definitions.some((definition) => isOpen(this.latest(subjectId, definition)))
  }

  /** Jobs that will run before this one. */
  queuePosition(id: string): number {
    return this.#laneOf(this.get(id))?.position(id) ?? 0
  }

  /** When a waiting job begins, by what the running ones still need; null when at once, begun, or unknown. */
  estimateStart(id: string): number | null {
    const job = this.get(id)
    if (job.status !== 'pending') return null
    const now = this.#clock.now()
    const seconds = this.#laneOf(job)?.secondsUntilStart(id, now)
    return seconds ? now + seconds * 1000 : null
  }

  /** Stops a job that waits or runs, and waits until it has stopped. @throws EngineError `conflict` when it has ended. */
  async cancel(id: string): Promise<Job> {
    const job = this.get(id)
    if (!isOpen(job)) throw new EngineError('conflict', `This job has ended already (${job.status}).`)
    const running = this.#running(id)
    if (running) {
      running.cancel()
      await running.finished
    } else {
      this.#rows.finish.run({ id, status: 'cancelled', now: this.#clock.now(), errorCode: null, errorMessage: null })
      this.#changed(id)
    }
    return this.get(id)
  }

  /** Removes all trace of a job whose work is done, once it has ended. */
  async forget(id: string): Promise<void> {
    await this.#running(id)?.finished
    this.#rows.remove.run({ id })
  }

  /** Stops everything that works on a subject, before the subject goes. */
  async cancelAllOf(subjectId: string): Promise<void> {
    await Promise.all(this.#rows.unfinishedOf(subjectId).map((job) => this.cancel(job.id)))
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
    this.#changed(id)
    const requeued = this.get(id)
    this.#fill()
    return requeued
  }

  /** Stops the running jobs because nothing can be written; they run again by themselves. */
  hold(why: EngineError): void {
    for (const lane of LANES) this.#lanes[lane].stop(why)
  }

  /** Ends the running jobs and puts them back: the next start takes them up. */
  async close(): Promise<void> {
    await Promise.all(LANES.map((lane) => this.#lanes[lane].close()))
  }

  #insert(kind: string, subjectId: string, request: unknown, priority: Priority): Job {
    const id = randomUUID()
    this.#rows.insert.run({
      ...{ id, kind, subjectId, request: JSON.stringify(request) },
      ...{ priority: PRIORITIES[priority], now: this.#clock.now() },
    })
    setImmediate(() => this.#fill())
    return this.get(id)
  }

  #fill(): void {
    for (const lane of LANES) this.#lanes[lane].fill()
  }

  #changed(id: string): void {
    const job = this.get(id)
    this.#handled.get(job.kind)?.onChange(job)
  }

  #laneOf({ kind }: Job): LaneQueue | null {
    const handled = this.#handled.get(kind)
    return handled ? this.#lanes[handled.definition.lane] : null
  }

  #running(id: string) {
    return LANES.map((lane) => this.#lanes[lane].running(id)).find((running) => running)
  }

  #live(job: Job): Job {
    return this.#running(job.id)?.live(job) ?? job
  }

  #toleratedCrashes(): number {
    const step = Math.floor((this.#clock.monotonic() - this.#startedAt) / SUSPICION_STEP_MS)
    return step >= SUSPICION_STEPS ? Number.MAX_SAFE_INTEGER : UNSUSPICIOUS_CRASHES + step
  }
}
