import { expect, it } from 'vitest'
import { formatTimeRange } from '../../../main/transport/http/aionvision/scenes/time-range.ts'

it.each([
  [0, 45, '0:00-0:45'],
  [42, 67.5, '0:42-1:07'],
  [59.99, 60, '0:59-1:00'],
  [3599.9, 3600, '59:59-1:00:00'],
  [36_000, 36_061, '10:00:00-10:01:01'],
])('%d to %d reads %s', (start, end, text) => {
  expect(formatTimeRange(start, end)).toBe(text)
})
