import { expect, it } from 'vitest'
import { newDatabase } from '../../support/database.ts'
import { idle } from '../../support/manual-clock.ts'
import { forever, queueOn, workJob } from './queue-kit.ts'

it('estimates the start of a waiting job by what the running ones still need', async () => {
  // Each says at once how far it is: `request` is the percentage.
  const { queue, clock, advance } = queueOn(
    await newDatabase(),
    (job, run) => {
      run.report(Number(job.request), 'Working')
      return forever(job, run)
    },
    { places: 2 },
  )
  queue.start()
  const enqueue = (percent: number) => queue.enqueue(workJob, 'film', percent).id

  const first = enqueue(50)
  expect(queue.estimateStart(first)).toBeNull()
  const second = enqueue(20)
  await idle()
  const [third, fourth, fifth] = [enqueue(0), enqueue(0), enqueue(0)]
  expect([first, third].map((id) => queue.estimateStart(id))).toEqual([null, null])

  await advance(10_000)
  expect([first, second].map((id) => queue.get(id).secondsLeft)).toEqual([10, 40])
  expect(queue.estimateStart(third)).toBe(clock.now() + 10_000)
  expect(queue.estimateStart(fourth)).toBe(clock.now() + 40_000)
  expect(queue.estimateStart(fifth)).toBeNull()
})
