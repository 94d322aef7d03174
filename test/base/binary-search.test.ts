import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partitionPoint } from '../../main/base/binary-search.ts'

test('finds the same index as a linear search', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (values, wanted) => {
      const sorted = values.toSorted((a, b) => a - b)
      const linear = sorted.findIndex((value) => value >= wanted)
      expect(partitionPoint(sorted.length, (at) => sorted[at]! < wanted)).toBe(linear < 0 ? sorted.length : linear)
    }),
  )
})
