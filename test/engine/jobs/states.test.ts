import { setTimeout as pause } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EngineError } from '../../../main/contract/index.ts'
import { type Job, type JobHandler, JobQueue, type JobQueueOptions } from '../../../main/engine/jobs/index.ts'
import type { Database } from '../../../main/platform/database/index.ts'
import { newDatabase } from '../../support/database.ts'
import { silentLog } from '../../support/log.ts'
import { until } from '../../support/until.ts'

function queueOn(database: Database, handler: JobHandler, more: Partial<JobQueueOptions> = {}): JobQueue {
  const queue = new JobQueue({
    ...{ database, log: silentLog, concurrency: 1, onChange: () => undefined },
    ...{ hasRoom: () => Promise.resolve(true), ...more },
  })
  queue.register('analysis', handler)
  onTestFinished(() => queue.close())
  return queue
}

const untilEnded = (queue: JobQueue, id: string) =>
  until('the job to end', () => {
    const job = queue.get(id)
    return job.completedAt !== null && job
  })

const untilRunning = (queue: JobQueue, id: string) =>
  until('the job to run', () => queue.get(id).status === 'processing')

/** Works until it is told to stop. */
const forever: JobHandler = (_job, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new EngineError('cancelled', 'Cancelled.')))
  })

const fails: JobHandler = () => Promise.reject(new EngineError('media_failed', 'The decoder said no.'))
const succeeds: JobHandler = () => Promise.resolve()

const row = (database: Database, id: string) =>
  database
    .prepare<{ status: string; priority: number; crashes: number; retry_count: number; progress: number }>(
      'SELECT status, priority, crashes, retry_count, progress FROM jobs WHERE id = :id',
    )
    .get({ id })

describe('a job without room on the disk', () => {
  it.each(['storage_full', 'storage_refused'] as const)('waits on %s and goes on when there is room', async (code) => {
    let room = false
    const queue = queueOn(
      await newDatabase(),
      () => (room ? Promise.resolve() : Promise.reject(new EngineError(code, 'It cannot be written.'))),
      { hasRoom: () => Promise.resolve(room) },
    )
    queue.start()
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    await until('it to wait', () => queue.get(id).step === 'Waiting for room on the disk')
    expect(queue.get(id)).toMatchObject({ status: 'pending', errorCode: null, completedAt: null, retryCount: 0 })
    room = true
    expect(await untilEnded(queue, id)).toMatchObject({ status: 'completed', errorCode: null })
  })

  it('keeps the others from failing in turn', async () => {
    let room = false
    let runs = 0
    const handler: JobHandler = () => {
      runs += 1
      return room ? Promise.resolve() : Promise.reject(new EngineError('storage_full', 'The disk is full.'))
    }
    const queue = queueOn(await newDatabase(), handler, { hasRoom: () => Promise.resolve(room) })
    const ids = Array.from({ length: 5 }, () => queue.enqueue('analysis', randomUUID(), {}).id)
    queue.start()
    await until('one to wait', () => ids.some((id) => queue.get(id).step === 'Waiting for room on the disk'))
    await pause(300)
    expect(runs).toBe(1)
    room = true
    for (const id of ids) expect((await untilEnded(queue, id)).status).toBe('completed')
  })

  it('is not counted as failed', async () => {
    const queue = queueOn(await newDatabase(), fails)
    queue.start()
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    expect(await untilEnded(queue, id)).toMatchObject({ status: 'failed', errorCode: 'MEDIA_FAILED', progress: 0 })
  })
})

describe('a retried job', () => {
  it('goes before everything that waits, its crashes and its failure forgotten', async () => {
    const database = await newDatabase()
    let works = false
    const order: string[] = []
    const gate: { open: () => void } = { open: () => undefined }
    const opened = new Promise<void>((resolve) => (gate.open = resolve))
    const queue = queueOn(database, async (job) => {
      if (job.mediaId === 'blocker') await opened
      if (job.mediaId === 'retried' && !works) throw new EngineError('media_failed', 'The decoder said no.')
      order.push(job.mediaId)
    })
    queue.start()
    const { id } = queue.enqueue('analysis', 'retried', {}, 'low')
    await untilEnded(queue, id)
    database.prepare('UPDATE jobs SET crashes = 2, progress = 40 WHERE id = :id').run({ id })
    const blocker = queue.enqueue('analysis', 'blocker', {})
    await untilRunning(queue, blocker.id)
    queue.enqueue('analysis', 'older', {})
    works = true
    const retried = queue.retry(id)
    expect(retried).toMatchObject({
      ...{ status: 'pending', priority: 1, progress: 0, step: null, errorCode: null, errorMessage: null },
      ...{ startedAt: null, completedAt: null, retryCount: 1 },
    })
    expect(row(database, id)).toMatchObject({ crashes: 0, retry_count: 1 })
    gate.open()
    await untilEnded(queue, id)
    await until('all three', () => order.length === 3)
    expect(order).toEqual(['blocker', 'retried', 'older'])
  })

  it.each(['pending', 'processing', 'completed'] as const)('is not one that is %s', async (status) => {
    const database = await newDatabase()
    const queue = queueOn(database, status === 'completed' ? succeeds : forever)
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    if (status !== 'pending') queue.start()
    await until(status, () => queue.get(id).status === status)
    expect(() => queue.retry(id)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(row(database, id)).toMatchObject({ status, retry_count: 0 })
  })

  it('may have been cancelled, and runs at once where nothing else does', async () => {
    const queue = queueOn(await newDatabase(), succeeds)
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    await queue.cancel(id)
    expect(queue.get(id).status).toBe('cancelled')
    queue.start()
    await pause(100)
    queue.retry(id)
    await until('it to be done', () => queue.get(id).status === 'completed', 3_000)
  })
})

describe('the progress of a job', () => {
  it('never falls and never exceeds 100, reported or stored', async () => {
    const database = await newDatabase()
    const told: number[] = []
    let id = ''
    const kept: number[] = []
    const queue = queueOn(
      database,
      async (_job, { report }) => {
        for (const [at, progress] of [10, 60, 30, -5, 250, 70].entries()) {
          report(progress, `Step ${at}`)
          kept.push(row(database, id)?.progress ?? -1)
        }
      },
      { onChange: (job) => void told.push(job.progress) },
    )
    id = queue.enqueue('analysis', randomUUID(), {}).id
    queue.start()
    await untilEnded(queue, id)
    expect(kept).toEqual([10, 60, 60, 60, 100, 100])
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told.at(-1)).toBe(100)
  })

  it('starts at 0 with a new run', async () => {
    const database = await newDatabase()
    const queue = queueOn(database, async (_job, { report, signal }) => {
      report(50, 'Half')
      await forever({} as Job, { report, signal })
    })
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    queue.start()
    await until('half', () => queue.get(id).progress === 50)
    await queue.close()
    expect(row(database, id)).toMatchObject({ status: 'pending', progress: 0, crashes: 0 })
  })

  it('of a failed job stays where it failed', async () => {
    const queue = queueOn(await newDatabase(), async (_job, { report }) => {
      report(40, 'Half')
      throw new EngineError('media_failed', 'The decoder said no.')
    })
    queue.start()
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    expect(await untilEnded(queue, id)).toMatchObject({ status: 'failed', progress: 40, step: 'Half' })
  })
})

describe('a crash', () => {
  it('counts for the jobs that ran, once each, and for no other', async () => {
    const database = await newDatabase()
    const before = queueOn(database, forever)
    const [ran, waited] = ['ran', 'waited'].map((mediaId) => before.enqueue('analysis', mediaId, {}).id)
    const ended = before.enqueue('analysis', 'ended', {}).id
    await before.cancel(ended)
    database.prepare(`UPDATE jobs SET status = 'processing', progress = 30 WHERE id = :id`).run({ id: ran! })
    const after = queueOn(database, forever)
    after.start()
    expect(row(database, ran!)).toMatchObject({ crashes: 1 })
    expect(row(database, waited!)).toMatchObject({ crashes: 0, status: 'pending' })
    expect(row(database, ended)).toMatchObject({ crashes: 0, status: 'cancelled' })
  })

  it('does not count for jobs that another queue works on', async () => {
    const database = await newDatabase()
    const queue = queueOn(database, forever)
    database
      .prepare(
        `INSERT INTO jobs (id, kind, media_id, request, status, priority, created_at)
         VALUES ('theirs', 'task', 'm', '{}', 'processing', 0, 0)`,
      )
      .run()
    queue.start()
    expect(row(database, 'theirs')).toMatchObject({ status: 'processing', crashes: 0 })
    expect(queue.queuePosition(queue.enqueue('analysis', 'm', {}).id)).toBe(0)
  })

  it('lets a suspicious job wait behind those that are not', async () => {
    const database = await newDatabase()
    const order: string[] = []
    const queue = queueOn(database, async ({ mediaId }) => void order.push(mediaId))
    const { id } = queue.enqueue('analysis', 'suspicious', {}, 'high')
    queue.enqueue('analysis', 'plain', {}, 'low')
    database.prepare('UPDATE jobs SET crashes = 3 WHERE id = :id').run({ id })
    queue.start()
    await until('both', () => order.length === 2)
    expect(order).toEqual(['plain', 'suspicious'])
  })
})

describe('closing a queue', () => {
  it('waits until what runs has stopped, puts it back, and starts nothing more', async () => {
    const database = await newDatabase()
    let stopped = false
    const queue = queueOn(database, async (_job, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      await pause(150)
      stopped = true
      throw new EngineError('cancelled', 'Cancelled.')
    })
    queue.start()
    const { id } = queue.enqueue('analysis', randomUUID(), {})
    const next = queue.enqueue('analysis', randomUUID(), {})
    await untilRunning(queue, id)
    await queue.close()
    expect(stopped).toBe(true)
    expect(row(database, id)).toMatchObject({ status: 'pending', crashes: 0 })
    await pause(50)
    expect(row(database, next.id)).toMatchObject({ status: 'pending' })
  })
})

describe('cancelling a job', () => {
  it('is over when the job has stopped', async () => {
    let stopped = false
    const queue = queueOn(await newDatabase(), async (_job, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      await pause(100)
      stopped = true
      throw new EngineError('cancelled', 'Cancelled.')
    })
    queue.start()
    const { id } = queue.enqueue('analysis', 'm', {})
    await untilRunning(queue, id)
    expect((await queue.cancel(id)).status).toBe('cancelled')
    expect(stopped).toBe(true)
  })

  it('stops what runs and what waits of one video, and nothing of another', async () => {
    const queue = queueOn(await newDatabase(), forever, { concurrency: 2 })
    queue.start()
    const [a, b, c, d] = ['gone', 'kept', 'gone', 'kept'].map((mediaId) => queue.enqueue('analysis', mediaId, {}).id)
    await untilRunning(queue, b!)
    await queue.cancelAllOf('gone')
    expect([a, c].map((id) => queue.get(id!).status)).toEqual(['cancelled', 'cancelled'])
    expect([b, d].map((id) => queue.get(id!).status)).not.toContain('cancelled')
  })

  it('runs no more jobs at a time than it may', async () => {
    let [running, most] = [0, 0]
    const queue = queueOn(
      await newDatabase(),
      async () => {
        running += 1
        most = Math.max(most, running)
        await pause(20)
        running -= 1
      },
      { concurrency: 2 },
    )
    const ids = Array.from({ length: 6 }, () => queue.enqueue('analysis', randomUUID(), {}).id)
    queue.start()
    for (const id of ids) await untilEnded(queue, id)
    expect(most).toBe(2)
  })
})
