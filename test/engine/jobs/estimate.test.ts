import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { EngineError } from '../../../main/contract/index.ts'
import { type JobHandler, JobQueue } from '../../../main/engine/jobs/index.ts'
import { newDatabase } from '../../support/database.ts'
import { silentLog } from '../../support/log.ts'
import { until } from '../../support/until.ts'

/** Works until it is told to stop, and says at once how far it is: `request` is the percentage. */
const standing: JobHandler = ({ request }, { signal, report }) => {
  report(Number(request), 'Working')
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new EngineError('cancelled', 'Cancelled.')))
  })
}

it('tells when a waiting job begins by what the running ones still need', async () => {
  const database = await newDatabase()
  const options = { database, log: silentLog, concurrency: 2, hasRoom: () => Promise.resolve(true) }
  const queue = new JobQueue({ ...options, onChange: () => undefined })
  onTestFinished(() => queue.close())
  queue.register('analysis', standing)
  queue.start()
  const enqueue = (percent: number) => queue.enqueue('analysis', randomUUID(), percent).id

  const first = enqueue(50)
  expect(queue.estimateStart(first)).toBeNull()
  const second = enqueue(20)
  await until('both to run', () => queue.get(second).status === 'processing')
  const third = enqueue(0)
  const fourth = enqueue(0)
  const fifth = enqueue(0)
  expect([first, third].map((id) => queue.estimateStart(id))).toEqual([null, null])

  await until('a pace to be known', () => queue.get(second).secondsLeft !== null)
  const now = Date.now()
  const left = (id: string) => (queue.get(id).secondsLeft ?? 0) * 1000
  expect(left(first)).toBeLessThan(left(second))
  expect(queue.estimateStart(third, now)).toBe(now + left(first))
  expect(queue.estimateStart(fourth, now)).toBe(now + left(second))
  expect(queue.estimateStart(fifth, now)).toBeNull()
})
