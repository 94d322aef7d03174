import { setTimeout as pause } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EngineError } from '../../../main/contract/index.ts'
import { type Job, type JobHandler, JobQueue } from '../../../main/engine/jobs/index.ts'
import type { Database } from '../../../main/platform/database/index.ts'
import { newDatabase } from '../../support/database.ts'
import { silentLog } from '../../support/log.ts'
import { until } from '../../support/until.ts'

/** Short, so that a test sees many of them. */
const TURN_MS = 100

function queueOn(
  database: Database,
  handler: JobHandler,
  onChange: (job: Job) => void = () => undefined,
  turns: { turnMs?: number } = {},
): JobQueue {
  const queue = new JobQueue({
    database,
    log: silentLog,
    concurrency: 1,
    ...turns,
    hasRoom: () => Promise.resolve(true),
    onChange,
  })
  queue.register('analysis', handler)
  onTestFinished(() => queue.close())
  return queue
}

/** Works until it is told to stop. */
const forever: JobHandler = (_job, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new EngineError('cancelled', 'Cancelled.')))
  })

const ended = (queue: JobQueue, id: string) =>
  until('the job to end', () => {
    const job = queue.get(id)
    return job.completedAt !== null && job
  })

describe('the job queue', () => {
  it('runs a job to its end and reports how far it is', async () => {
    const steps: Array<[number, string | null]> = []
    const queue = queueOn(
      await newDatabase(),
      async (_job, { report }) => {
        report(10, 'Looking')
        report(60, 'Finding')
      },
      (job) => steps.push([job.progress, job.step]),
    )
    queue.start()
    const done = await ended(queue, queue.enqueue('analysis', randomUUID(), {}).id)
    expect(done).toMatchObject({ status: 'completed', progress: 100, errorCode: null, errorMessage: null })
    expect(done.startedAt).not.toBeNull()
    expect(steps).toContainEqual([10, 'Looking'])
    expect(steps).toContainEqual([60, 'Finding'])
  })

  it.each(['storage_full', 'storage_refused'] as const)('runs a job again that was stopped for %s', async (code) => {
    let runs = 0
    const queue = queueOn(await newDatabase(), async (job, call) => {
      runs += 1
      if (runs === 1) await forever(job, call)
    })
    queue.start()
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    await until('the job to run', () => runs === 1)
    queue.hold(new EngineError(code, 'No room.'))
    await until('the job to wait', () => queue.get(id).status === 'pending')
    expect(queue.get(id)).toMatchObject({ errorCode: null, completedAt: null })
    expect(await ended(queue, id)).toMatchObject({ status: 'completed', errorCode: null })
  })

  it('forgets a job, once it has ended', async () => {
    let finish: () => void = () => undefined
    const queue = queueOn(await newDatabase(), () => new Promise((resolve) => (finish = resolve)))
    queue.start()
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    await until('the job to run', () => queue.get(id).status === 'processing')
    const forgotten = queue.forget(id)
    expect(queue.get(id).status).toBe('processing')
    finish()
    await forgotten
    expect(() => queue.get(id)).toThrow('There is no such job.')
  })

  it('takes the higher priority first, then the older', async () => {
    const order: string[] = []
    const queue = queueOn(await newDatabase(), async ({ mediaId }) => void order.push(mediaId))
    queue.enqueue('analysis', 'low', {}, 'low')
    queue.enqueue('analysis', 'first', {})
    const last = queue.enqueue('analysis', 'second', {})
    queue.enqueue('analysis', 'high', {}, 'high')
    expect(queue.queuePosition(last.id)).toBe(2)
    queue.start()
    await until('all four', () => order.length === 4)
    expect(order).toEqual(['high', 'first', 'second', 'low'])
  })

  it('keeps the reason of a failure, and runs it again on retry, three times at most', async () => {
    const queue = queueOn(await newDatabase(), () =>
      Promise.reject(new EngineError('media_failed', 'The decoder said no.')),
    )
    queue.start()
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    expect(await ended(queue, id)).toMatchObject({
      status: 'failed',
      errorCode: 'MEDIA_FAILED',
      errorMessage: 'The decoder said no.',
    })
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect(queue.retry(id)).toMatchObject({ id, retryCount: attempt, maxRetries: 3 })
      await ended(queue, id)
    }
    expect(() => queue.retry(id)).toThrow(expect.objectContaining({ code: 'max_retries_exceeded' }))
  })

  it('cancels a job that runs and one that waits, and refuses to cancel twice', async () => {
    const queue = queueOn(await newDatabase(), forever)
    queue.start()
    const running = queue.enqueue('analysis', randomUUID(), {})
    const waiting = queue.enqueue('analysis', randomUUID(), {})
    await until('the first to run', () => queue.get(running.id).status === 'processing')
    expect((await queue.cancel(waiting.id)).status).toBe('cancelled')
    expect((await queue.cancel(running.id)).status).toBe('cancelled')
    await expect(queue.cancel(running.id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('goes on after closing with what was running, without counting it as a crash', async () => {
    const database = await newDatabase()
    let { id } = { id: '' }
    for (let start = 0; start < 5; start += 1) {
      const queue = queueOn(database, forever)
      if (start === 0) id = queue.enqueue('analysis', randomUUID(), {}).id
      queue.start()
      await until('it to run', () => queue.get(id).status === 'processing')
      await queue.close()
    }
    const last = queueOn(database, () => Promise.resolve())
    last.start()
    expect(await ended(last, id)).toMatchObject({ status: 'completed' })
  })

  it('lets a job that took the process down again and again wait a while, and then runs it', async () => {
    const database = await newDatabase()
    const { id } = queueOn(database, forever).enqueue('analysis', randomUUID(), {})
    const crash = database.prepare(`UPDATE jobs SET status = 'processing' WHERE id = :id`)
    for (let start = 0; start < 3; start += 1) {
      crash.run({ id })
      const queue = queueOn(database, forever)
      queue.start()
      expect(queue.get(id).status).toBe(start < 2 ? 'processing' : 'pending')
      await queue.close()
    }
    crash.run({ id })
    const last = queueOn(database, () => Promise.resolve())
    last.start()
    await pause(1000)
    expect(last.get(id).status).toBe('pending')
    expect(await ended(last, id)).toMatchObject({ status: 'completed' })
  })

  it('waits with a job that found the disk full, and runs it again once there is room', async () => {
    let room = false
    let runs = 0
    const queue = new JobQueue({
      database: await newDatabase(),
      log: silentLog,
      concurrency: 1,
      hasRoom: () => Promise.resolve(room),
      onChange: () => undefined,
    })
    queue.register('analysis', () => {
      runs += 1
      return room ? Promise.resolve() : Promise.reject(new EngineError('storage_full', 'The disk is full.'))
    })
    queue.start()
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    await until('it to wait', () => queue.get(id).step === 'Waiting for room on the disk')
    await pause(300)
    expect({ runs, status: queue.get(id).status }).toEqual({ runs: 1, status: 'pending' })
    room = true
    expect(await ended(queue, id)).toMatchObject({ status: 'completed', errorCode: null })
    await queue.close()
  })

  it('tries a job that says the disk is full though it is not after ever longer pauses', async () => {
    const runs: number[] = []
    const queue = queueOn(await newDatabase(), () => {
      runs.push(performance.now())
      return Promise.reject(new EngineError('storage_refused', 'A folder may not be written to.'))
    })
    queue.start()
    queue.enqueue('analysis', randomUUID(), {})
    await until('three runs', () => runs.length === 3)
    const pauses = runs.slice(1).map((at, index) => at - (runs[index] ?? 0))
    expect(pauses[0]).toBeGreaterThan(1_900)
    expect(pauses[1]).toBeGreaterThan(3_900)
  })

  it('runs short jobs past long ones, however many of those there are', async () => {
    const [running, most] = [new Set<string>(), { count: 0 }]
    const queue = queueOn(
      await newDatabase(),
      async (job, run) => {
        running.add(job.id)
        most.count = Math.max(most.count, running.size)
        try {
          if (job.mediaId.startsWith('long')) await forever(job, run)
        } finally {
          running.delete(job.id)
        }
      },
      undefined,
      { turnMs: TURN_MS },
    )
    queue.start()
    const long = ['long 1', 'long 2', 'long 3', 'long 4'].map((name) => queue.enqueue('analysis', name, {}).id)
    const short = queue.enqueue('analysis', 'short', {}).id
    expect(await ended(queue, short)).toMatchObject({ status: 'completed' })
    // Long ones are neither ended nor forgotten: they run, or wait to begin again.
    expect(long.map((id) => queue.get(id).status)).not.toContain('cancelled')
    expect(most.count).toBe(2)
    const late = queue.enqueue('analysis', 'another', {}).id
    expect(await ended(queue, late)).toMatchObject({ status: 'completed' })
  })

  it('cancels a job that is just being put back', async () => {
    const told: string[] = []
    const slowToStop: JobHandler = ({ id }, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          told.push(id)
          setTimeout(() => reject(new EngineError('cancelled', 'Cancelled.')), 5 * TURN_MS)
        })
      })
    const queue = queueOn(await newDatabase(), slowToStop, undefined, { turnMs: TURN_MS })
    queue.start()
    for (const name of ['beside', 'put back', 'waiting']) queue.enqueue('analysis', name, {})
    const id = await until('one to be told', () => told[0])
    expect((await queue.cancel(id)).status).toBe('cancelled')
  })

  it('waits for a job that is soon done, and for the only one', async () => {
    let starts = 0
    const queue = queueOn(
      await newDatabase(),
      async (_job, { report }) => {
        starts += 1
        for (let done = 0; done < 100; done += 2) {
          report(done, 'Looking')
          await pause(TURN_MS / 5)
        }
      },
      undefined,
      { turnMs: TURN_MS },
    )
    queue.start()
    const { id } = queue.enqueue('analysis', 'only', {})
    expect(await ended(queue, id)).toMatchObject({ status: 'completed' })
    expect(starts).toBe(1)
  })
})
