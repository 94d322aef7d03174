import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { EngineError } from '../../../main/contract/index.ts'
import { defineJob, handleJob, type JobHandler } from '../../../main/engine/jobs/index.ts'
import { newDatabase } from '../../support/database.ts'
import { idle } from '../../support/manual-clock.ts'
import { fails, forever, queueOn, succeeds, workJob } from './queue-kit.ts'

const TURN_MS = 20_000

describe('the job queue', () => {
  it('runs a job to its end and reports how far it is', async () => {
    const steps: Array<[number, string | null]> = []
    const handler: JobHandler = async (_job, { report }) => {
      report(10, 'Looking')
      report(60, 'Finding')
    }
    const onChange = (job: { progress: number; step: string | null }) => void steps.push([job.progress, job.step])
    const { queue, enqueue } = queueOn(await newDatabase(), handler, { onChange })
    queue.start()
    const { id } = enqueue('film')
    await idle()
    expect(queue.get(id)).toMatchObject({ status: 'completed', progress: 100, errorCode: null, errorMessage: null })
    expect(queue.get(id).startedAt).not.toBeNull()
    expect(steps).toContainEqual([10, 'Looking'])
    expect(steps).toContainEqual([60, 'Finding'])
  })

  it('starts higher priorities first, then older jobs', async () => {
    const order: string[] = []
    const { queue, enqueue } = queueOn(await newDatabase(), async ({ subjectId }) => void order.push(subjectId))
    enqueue('low', 'low')
    enqueue('first')
    const last = enqueue('second')
    enqueue('high', 'high')
    queue.start()
    expect(queue.queuePosition(last.id)).toBe(1)
    await idle()
    expect(order).toEqual(['high', 'first', 'second', 'low'])
  })

  it('keeps the reason of a failure, and runs the job again on retry, three times at most', async () => {
    const { queue, enqueue } = queueOn(await newDatabase(), fails)
    queue.start()
    const { id } = enqueue('film')
    await idle()
    const failure = { status: 'failed', errorCode: 'MEDIA_FAILED', errorMessage: 'The decoder said no.' }
    expect(queue.get(id)).toMatchObject(failure)
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect(queue.retry(id)).toMatchObject({ id, retryCount: attempt, maxRetries: 3 })
      await idle()
    }
    expect(() => queue.retry(id)).toThrow(expect.objectContaining({ code: 'max_retries_exceeded' }))
  })

  it('cancels a job that runs and one that waits, and refuses to cancel twice', async () => {
    const { queue, enqueue } = queueOn(await newDatabase(), forever)
    queue.start()
    const [running, waiting] = [enqueue('a').id, enqueue('b').id]
    await idle()
    expect((await queue.cancel(waiting)).status).toBe('cancelled')
    expect((await queue.cancel(running)).status).toBe('cancelled')
    await expect(queue.cancel(running)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('goes on after closing with what was running, without counting it as a crash', async () => {
    const database = await newDatabase()
    let id = ''
    for (let start = 0; start < 5; start += 1) {
      const { queue, enqueue } = queueOn(database, forever)
      if (start === 0) id = enqueue('film').id
      queue.start()
      expect(queue.get(id).status).toBe('processing')
      await queue.close()
    }
    const { queue } = queueOn(database, succeeds)
    queue.start()
    await idle()
    expect(queue.get(id)).toMatchObject({ status: 'completed' })
  })

  it('delays a job that crashed the process repeatedly, then runs it', async () => {
    const database = await newDatabase()
    const { id } = queueOn(database, forever).enqueue('film')
    const crash = database.prepare(`UPDATE jobs SET status = 'processing' WHERE id = :id`)
    for (let start = 0; start < 3; start += 1) {
      crash.run({ id })
      const { queue } = queueOn(database, forever)
      queue.start()
      expect(queue.get(id).status).toBe(start < 2 ? 'processing' : 'pending')
      await queue.close()
    }
    crash.run({ id })
    const { queue, advance } = queueOn(database, succeeds)
    queue.start()
    await advance(9_000)
    expect(queue.get(id).status).toBe('pending')
    await advance(1_000)
    expect(queue.get(id).status).toBe('completed')
  })

  it('removes a job once it has ended', async () => {
    let finish: () => void = () => undefined
    const { queue, enqueue } = queueOn(await newDatabase(), () => new Promise((resolve) => (finish = resolve)))
    queue.start()
    const { id } = enqueue('film')
    await idle()
    const forgotten = queue.forget(id)
    expect(queue.get(id).status).toBe('processing')
    finish()
    await forgotten
    expect(() => queue.get(id)).toThrow('There is no such job.')
  })
})

describe('kinds of jobs', () => {
  const countJob = defineJob('count', z.object({ upTo: z.int() }), { lane: 'cpu' })

  it('fails a stored job that nobody handles any more, and says which kind it was', async () => {
    const database = await newDatabase()
    const before = queueOn(database, forever)
    const { id } = before.queue.enqueue(countJob, 'film', { upTo: 3 })
    const { queue } = queueOn(database, forever)
    queue.start()
    expect(queue.get(id)).toMatchObject({
      ...{ status: 'failed', errorCode: 'UNAVAILABLE' },
      errorMessage: 'This Fieldreel cannot run jobs of kind count.',
    })
  })

  it('fails a stored job whose request its schema refuses, and goes on with the others', async () => {
    const database = await newDatabase()
    const counted: number[] = []
    const { queue, enqueue } = queueOn(database, succeeds)
    queue.register(handleJob(countJob, async ({ request }) => void counted.push(request.upTo)))
    const [bad, damaged, good] = [1, 2, 3].map((upTo) => queue.enqueue(countJob, 'film', { upTo }).id)
    const setRequest = database.prepare('UPDATE jobs SET request = :request WHERE id = :id')
    setRequest.run({ id: bad!, request: '{"upTo":"many"}' })
    setRequest.run({ id: damaged!, request: '{"upTo' })
    const other = enqueue('film').id
    queue.start()
    await idle()
    expect([bad, damaged, good, other].map((id) => queue.get(id!).status)).toEqual([
      ...['failed', 'failed', 'completed', 'completed'],
    ])
    expect(counted).toEqual([3])
  })

  it('have one handler each', async () => {
    const { queue } = queueOn(await newDatabase(), succeeds)
    expect(() => queue.register(handleJob(workJob, succeeds))).toThrow('already have a handler')
  })
})

describe('lanes', () => {
  it('do not hold each other up', async () => {
    const gpuJob = defineJob('look', z.object({}), { lane: 'gpu' })
    const { queue, enqueue } = queueOn(await newDatabase(), forever)
    queue.register(handleJob(gpuJob, forever))
    queue.start()
    const ids = [enqueue('a').id, enqueue('b').id, ...['c', 'd'].map((name) => queue.enqueue(gpuJob, name, {}).id)]
    await idle()
    const statuses = (): string[] => ids.map((id) => queue.get(id).status)
    expect(statuses()).toEqual(['processing', 'pending', 'processing', 'pending'])
    expect(ids.map((id) => queue.queuePosition(id))).toEqual([0, 0, 0, 0])
    queue.hold(new EngineError('storage_refused', 'The folder is gone.'))
    await idle()
    expect(statuses()).toEqual(['pending', 'pending', 'pending', 'pending'])
  })
})

describe('taking turns', () => {
  it('runs short jobs past long ones, however many of those there are', async () => {
    const [running, most] = [new Set<string>(), { count: 0 }]
    const handler: JobHandler = async (job, run) => {
      running.add(job.id)
      most.count = Math.max(most.count, running.size)
      try {
        if (job.subjectId.startsWith('long')) await forever(job, run)
      } finally {
        running.delete(job.id)
      }
    }
    const { queue, enqueue, advance } = queueOn(await newDatabase(), handler, { turnMs: TURN_MS })
    queue.start()
    const long = ['long 1', 'long 2', 'long 3', 'long 4'].map((name) => enqueue(name).id)
    const short = enqueue('short').id
    await advance(5 * TURN_MS)
    expect(queue.get(short)).toMatchObject({ status: 'completed' })
    // Long ones are neither ended nor forgotten: they run, or wait to begin again.
    expect(long.map((id) => queue.get(id).status)).not.toContain('cancelled')
    expect(most.count).toBe(2)
    const late = enqueue('another').id
    await advance(2 * TURN_MS)
    expect(queue.get(late)).toMatchObject({ status: 'completed' })
  })

  it('cancels a job that is just being put back', async () => {
    const stopping: Array<{ id: string; stopped: () => void }> = []
    const slowToStop: JobHandler = ({ id }, { signal }) =>
      new Promise((_resolve, reject) => {
        const stopped = (): void => reject(new EngineError('cancelled', 'Cancelled.'))
        signal.addEventListener('abort', () => void stopping.push({ id, stopped }))
      })
    const { queue, enqueue, advance } = queueOn(await newDatabase(), slowToStop, { turnMs: TURN_MS })
    queue.start()
    for (const name of ['beside', 'put back', 'waiting']) enqueue(name)
    await advance(3 * TURN_MS)
    const [first] = stopping
    const cancelled = queue.cancel(first!.id)
    first!.stopped()
    expect((await cancelled).status).toBe('cancelled')
    const closed = queue.close()
    for (const { stopped } of stopping) stopped()
    await closed
  })

  it('waits for a job that is soon done, and for the only one', async () => {
    let starts = 0
    const handler: JobHandler = async (_job, { report }) => {
      starts += 1
      for (let done = 0; done < 100; done += 2) {
        report(done, 'Looking')
        await new Promise<void>((resolve) => clock.setTimeout(resolve, TURN_MS / 5))
      }
    }
    const { queue, clock, enqueue, advance } = queueOn(await newDatabase(), handler, { turnMs: TURN_MS })
    queue.start()
    const { id } = enqueue('only')
    await advance(11 * TURN_MS)
    expect(queue.get(id)).toMatchObject({ status: 'completed' })
    expect(starts).toBe(1)
  })
})
