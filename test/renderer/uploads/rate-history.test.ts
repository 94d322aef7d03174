import { expect, test } from 'vitest'
import { peakRate, rateRuns, withSample, WINDOW_MS } from '../../../renderer/features/uploads/rate-history.ts'

const sample = (at: number, bytesPerSecond: number) => ({ at, bytesPerSecond })

test('drops what is older than two minutes', () => {
  const history = withSample([sample(0, 1), sample(1000, 2)], sample(WINDOW_MS, 3))
  expect(history).toEqual([sample(1000, 2), sample(WINDOW_MS, 3)])
})

test('draws the newest at the right edge, the peak at the top and nothing at the floor', () => {
  expect(rateRuns([sample(0, 0), sample(1000, 80), sample(2000, 40)], 120, 40)).toEqual([
    [
      { x: 118, y: 40 },
      { x: 119, y: 0 },
      { x: 120, y: 20 },
    ],
  ])
})

test('breaks the line where nothing was sampled', () => {
  const runs = rateRuns([sample(0, 10), sample(1000, 10), sample(30_000, 10)], 120, 40)
  expect(runs.map((run) => run.length)).toEqual([2, 1])
})

test('a standstill is drawn at the floor', () => {
  expect(rateRuns([sample(0, 0)], 120, 40)).toEqual([[{ x: 120, y: 40 }]])
  expect(peakRate([])).toBe(0)
})
