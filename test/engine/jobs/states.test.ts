import { describe, expect, it } from 'vitest'
import { EngineError } from '../../../main/contract/index.ts'
import type { JobHandler } from '../../../main/engine/jobs/index.ts'
import type { Database } from '../../../main/platform/database/index.ts'
import { newDatabase } from '../../support/database.ts'
import { idle } from '../../support/manual-clock.ts'
import { fails, forever, queueOn, succeeds } from './queue-kit.ts'

const WAITING = 'Waiting for room on the disk'

const row = (database: Database, id: string) =>
  database
    .prepare<{ status: string; priority: number; crashes: number; retry_count: number; progress: number }>(
      'SELECT status, priority, crashes, retry_count, progress FROM jobs WHERE id = :id',
    )
    .get({ id })

describe('a job without room on the disk', () => {
  it.each(['storage_full', 'storage_refused'] as const)('waits on %s and goes on when there is room', async (code) => {
    let [room, runs] = [false, 0]
    const handler: JobHandler = () => {
      runs += 1
      return room ? Promise.resolve() : Promise.reject(new EngineError(code, 'It cannot be written.'))
    }
    const hasRoom = () => Promise.resolve(room)
    const { queue, enqueue, advance } = queueOn(await newDatabase(), handler, { hasRoom })
    queue.start()
    const ids = ['a', 'b', 'c'].map((name) => enqueue(name).id)
    await advance(60_000)
    // The others do not fail in turn.
    expect(runs).toBe(1)
    expect(ids.map((id) => queue.get(id).step)).toEqual([WAITING, null, null])
    const waiting = { status: 'pending', errorCode: null, completedAt: null, retryCount: 0 }
    expect(queue.get(ids[0]!)).toMatchObject(waiting)
    room = true
    await advance(2_000)
    for (const id of ids) expect(queue.get(id)).toMatchObject({ status: 'completed', errorCode: null })
  })

  it.each(['storage_full', 'storage_refused'] as const)('runs again after it was stopped for %s', async (code) => {
    let runs = 0
    const { queue, enqueue, advance } = queueOn(await newDatabase(), async (job, call) => {
      runs += 1
      if (runs === 1) await forever(job, call)
    })
    queue.start()
    const { id } = enqueue('film')
    await idle()
    queue.hold(new EngineError(code, 'No room.'))
    await idle()
    expect(queue.get(id)).toMatchObject({ status: 'pending', errorCode: null, completedAt: null })
    await advance(2_000)
    expect(queue.get(id)).toMatchObject({ status: 'completed', errorCode: null })
  })

  it('is tried after ever longer pauses while there seems to be room', async () => {
    const runs: number[] = []
    const { queue, clock, enqueue, advance } = queueOn(await newDatabase(), () => {
      runs.push(clock.monotonic())
      return Promise.reject(new EngineError('storage_refused', 'A folder may not be written to.'))
    })
    queue.start()
    enqueue('film')
    await advance(400_000)
    const pauses = runs.slice(1).map((at, index) => (at - (runs[index] ?? 0)) / 1000)
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 120, 120])
  })

  it('is not a job that fails for another reason', async () => {
    const { queue, enqueue } = queueOn(await newDatabase(), fails)
    queue.start()
    const { id } = enqueue('film')
    await idle()
    expect(queue.get(id)).toMatchObject({ status: 'failed', errorCode: 'MEDIA_FAILED', progress: 0 })
  })
})

describe('a retried job', () => {
  it('goes before all waiting jobs, with its crashes and failure cleared', async () => {
    const database = await newDatabase()
    let works = false
    const order: string[] = []
    let release: () => void = () => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    const { queue, enqueue } = queueOn(database, async ({ subjectId }) => {
      if (subjectId === 'blocker') await released
      if (subjectId === 'retried' && !works) throw new EngineError('media_failed', 'The decoder said no.')
      order.push(subjectId)
    })
    queue.start()
    const { id } = enqueue('retried', 'low')
    await idle()
    database.prepare('UPDATE jobs SET crashes = 2, progress = 40 WHERE id = :id').run({ id })
    enqueue('blocker')
    await idle()
    enqueue('older')
    works = true
    expect(queue.retry(id)).toMatchObject({
      ...{ status: 'pending', priority: 1, progress: 0, step: null, errorCode: null, errorMessage: null },
      ...{ startedAt: null, completedAt: null, retryCount: 1 },
    })
    expect(row(database, id)).toMatchObject({ crashes: 0, retry_count: 1 })
    release()
    await idle()
    expect(order).toEqual(['blocker', 'retried', 'older'])
  })

  it.each(['pending', 'processing', 'completed'] as const)('is not one that is %s', async (status) => {
    const database = await newDatabase()
    const { queue, enqueue } = queueOn(database, status === 'completed' ? succeeds : forever)
    const { id } = enqueue('film')
    if (status !== 'pending') queue.start()
    await idle()
    expect(() => queue.retry(id)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(row(database, id)).toMatchObject({ status, retry_count: 0 })
  })

  it('may have been cancelled, and runs at once where nothing else does', async () => {
    const { queue, enqueue } = queueOn(await newDatabase(), succeeds)
    const { id } = enqueue('film')
    await queue.cancel(id)
    expect(queue.get(id).status).toBe('cancelled')
    queue.start()
    await idle()
    queue.retry(id)
    await idle()
    expect(queue.get(id).status).toBe('completed')
  })
})

describe('the progress of a job', () => {
  it('never falls and never exceeds 100, reported or stored', async () => {
    const database = await newDatabase()
    const [shown, kept]: [number[], number[]] = [[], []]
    const handler: JobHandler = async ({ id }, { report }) => {
      for (const [at, progress] of [10, 60, 30, -5, 250, 70].entries()) {
        report(progress, `Step ${at}`)
        kept.push(row(database, id)?.progress ?? -1)
      }
    }
    const { queue, enqueue } = queueOn(database, handler, { onChange: (job) => void shown.push(job.progress) })
    enqueue('film')
    queue.start()
    await idle()
    expect(kept).toEqual([10, 60, 60, 60, 100, 100])
    expect(shown).toEqual(shown.toSorted((a, b) => a - b))
    expect(shown.at(-1)).toBe(100)
  })

  it('is written down with each step, and every five seconds within one', async () => {
    const database = await newDatabase()
    const { queue, clock, enqueue, advance } = queueOn(database, async (_job, { report }) => {
      for (let second = 1; second <= 12; second += 1) {
        report(second, 'Looking')
        await new Promise<void>((resolve) => clock.setTimeout(resolve, 1_000))
      }
    })
    const { id } = enqueue('film')
    queue.start()
    const kept: number[] = []
    for (let second = 0; second < 12; second += 1) {
      kept.push(row(database, id)?.progress ?? -1)
      await advance(1_000)
    }
    expect(kept).toEqual([1, 1, 1, 1, 1, 1, 7, 7, 7, 7, 7, 7])
  })

  it('starts at 0 with a new run', async () => {
    const database = await newDatabase()
    const { queue, enqueue } = queueOn(database, async (job, run) => {
      run.report(50, 'Half')
      await forever(job, run)
    })
    const { id } = enqueue('film')
    queue.start()
    await idle()
    expect(queue.get(id).progress).toBe(50)
    await queue.close()
    expect(row(database, id)).toMatchObject({ status: 'pending', progress: 0, crashes: 0 })
  })

  it('of a failed job stays where it failed', async () => {
    const { queue, enqueue } = queueOn(await newDatabase(), async (_job, { report }) => {
      report(40, 'Half')
      throw new EngineError('media_failed', 'The decoder said no.')
    })
    queue.start()
    const { id } = enqueue('film')
    await idle()
    expect(queue.get(id)).toMatchObject({ status: 'failed', progress: 40, step: 'Half' })
  })
})

describe('a crash', () => {
  it('counts for the jobs that ran, once each, and for no other', async () => {
    const database = await newDatabase()
    const before = queueOn(database, forever)
    const [ran, waited, ended] = ['ran', 'waited', 'ended'].map((name) => before.enqueue(name).id)
    await before.queue.cancel(ended!)
    database.prepare(`UPDATE jobs SET status = 'processing', progress = 30 WHERE id = :id`).run({ id: ran! })
    queueOn(database, forever).queue.start()
    expect(row(database, ran!)).toMatchObject({ crashes: 1 })
    expect(row(database, waited!)).toMatchObject({ crashes: 0, status: 'pending' })
    expect(row(database, ended!)).toMatchObject({ crashes: 0, status: 'cancelled' })
  })

  it('lets a suspicious job wait behind those that are not', async () => {
    const database = await newDatabase()
    const order: string[] = []
    const { queue, enqueue, advance } = queueOn(database, async ({ subjectId }) => void order.push(subjectId))
    const { id } = enqueue('suspicious', 'high')
    enqueue('plain', 'low')
    database.prepare('UPDATE jobs SET crashes = 3 WHERE id = :id').run({ id })
    queue.start()
    await advance(5_000)
    expect(order).toEqual(['plain', 'suspicious'])
  })
})

describe('stopping', () => {
  /** A handler that stops only when it is let, some time after it was told to. */
  function slowToStop() {
    const state = { stopped: false, letGo: (): void => undefined }
    const handler: JobHandler = async (_job, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      await new Promise<void>((resolve) => (state.letGo = resolve))
      state.stopped = true
      throw new EngineError('cancelled', 'Cancelled.')
    }
    return { state, handler }
  }

  it('a queue waits until what runs has stopped, puts it back, and starts nothing more', async () => {
    const database = await newDatabase()
    const { state, handler } = slowToStop()
    const { queue, enqueue } = queueOn(database, handler)
    queue.start()
    const [id, next] = [enqueue('a').id, enqueue('b').id]
    await idle()
    const closed = queue.close()
    await idle()
    state.letGo()
    await closed
    expect(state.stopped).toBe(true)
    expect(row(database, id)).toMatchObject({ status: 'pending', crashes: 0 })
    await idle()
    expect(row(database, next)).toMatchObject({ status: 'pending' })
  })

  it('a cancelled job is over when it has stopped', async () => {
    const { state, handler } = slowToStop()
    const { queue, enqueue } = queueOn(await newDatabase(), handler)
    queue.start()
    const { id } = enqueue('m')
    await idle()
    const cancelled = queue.cancel(id)
    await idle()
    state.letGo()
    expect((await cancelled).status).toBe('cancelled')
    expect(state.stopped).toBe(true)
  })

  it('stops what runs and what waits of one subject, and nothing of another', async () => {
    const { queue, enqueue } = queueOn(await newDatabase(), forever, { places: 2 })
    queue.start()
    const [a, b, c, d] = ['gone', 'kept', 'gone', 'kept'].map((name) => enqueue(name).id)
    await idle()
    await queue.cancelAllOf('gone')
    expect([a, c].map((id) => queue.get(id!).status)).toEqual(['cancelled', 'cancelled'])
    expect([b, d].map((id) => queue.get(id!).status)).not.toContain('cancelled')
  })
})

it('runs no more jobs at a time than there are places', async () => {
  let [running, most] = [0, 0]
  const handler: JobHandler = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 20))
    running -= 1
  }
  const { queue, clock, enqueue, advance } = queueOn(await newDatabase(), handler, { places: 2 })
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => enqueue(name).id)
  queue.start()
  await advance(60)
  expect(ids.map((id) => queue.get(id).status)).toEqual(ids.map(() => 'completed'))
  expect(most).toBe(2)
})
