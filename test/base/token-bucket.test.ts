import { expect, it } from 'vitest'
import { TokenBuckets } from '../../main/base/token-bucket.ts'

it('gives a burst, then so many a minute, to each taker', () => {
  const buckets = new TokenBuckets({ burst: 3, perMinute: 60 })
  const takeAll = (taker: string, now: number): number => {
    let taken = 0
    for (; buckets.secondsUntilFree(taker, now) === 0; taken += 1) buckets.take(taker, now)
    return taken
  }
  expect(takeAll('a', 0)).toBe(3)
  expect(buckets.secondsUntilFree('a', 0)).toBe(1)
  expect(takeAll('b', 0)).toBe(3)
  expect(takeAll('a', 1000)).toBe(1)
  expect(takeAll('a', 600_000)).toBe(3)
  // Set back, the clock gives nothing.
  expect(takeAll('a', 0)).toBe(0)
})

it('drops takers that were idle for long', () => {
  const buckets = new TokenBuckets({ burst: 1, perMinute: 1 })
  buckets.take('first', 0)
  for (let other = 0; other < 10_000; other += 1) buckets.take(String(other), 0)
  expect(buckets.secondsUntilFree('first', 0)).toBe(0)
  expect(buckets.secondsUntilFree('9999', 0)).toBeGreaterThan(0)
})
