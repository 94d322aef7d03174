import { expect, it } from 'vitest'
import { percentages } from '../../main/base/percentages.ts'

it.each([
  [[], []],
  [
    [0, 0],
    [0, 0],
  ],
  [[5], [100]],
  [
    [1, 1, 1],
    [33.4, 33.3, 33.3],
  ],
  [
    [2, 1, 0],
    [66.7, 33.3, 0],
  ],
  [
    [1, 1, 1, 1, 1, 1],
    [16.7, 16.7, 16.7, 16.7, 16.6, 16.6],
  ],
  [
    [999_999, 1],
    [100, 0],
  ],
])('%j are %j percent', (counts, parts) => expect(percentages(counts)).toEqual(parts))
