import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partBlocks } from '../../../renderer/features/uploads/part-blocks.ts'

const counted = (blocks: readonly string[], which: string) => blocks.filter((block) => block === which).length

test('a small file shows one block a part', () => {
  expect(partBlocks(5, 2, 2)).toEqual(['stored', 'stored', 'flight', 'flight', 'missing'])
})

test('many parts share 64 blocks; a block is solid only when all its parts are stored', () => {
  const blocks = partBlocks(640, 15, 0)
  expect(blocks).toHaveLength(64)
  expect(counted(blocks, 'stored')).toBe(1)
})

test('blocks run stored, in flight, missing, and are full exactly when every part is stored', () => {
  const counts = fc
    .integer({ min: 1, max: 1024 })
    .chain((total) => fc.tuple(fc.constant(total), fc.integer({ min: 0, max: total }), fc.integer({ min: 0, max: 5 })))
  fc.assert(
    fc.property(counts, ([total, stored, inFlight]) => {
      const blocks = partBlocks(total, stored, inFlight)
      const order = { stored: 0, flight: 1, missing: 2 }
      expect(blocks).toEqual(blocks.toSorted((one, other) => order[one] - order[other]))
      expect(counted(blocks, 'stored') === blocks.length).toBe(stored === total)
    }),
  )
})

test('a file without a plan has no blocks', () => {
  expect(partBlocks(0, 0, 0)).toEqual([])
})
