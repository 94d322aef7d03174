import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assign } from '../../../../main/engine/pipeline/tracker/assignment.ts'

/** All ways there are, tried. */
function leastSum(costs: readonly (readonly number[])[], taken = new Set<number>(), row = 0): number {
  if (row === costs.length) return 0
  const free = [...costs[row]!.keys()].filter((column) => !taken.has(column))
  const ways = free.map((column) => costs[row]![column]! + leastSum(costs, new Set([...taken, column]), row + 1))
  if (costs.length - row > free.length) ways.push(leastSum(costs, taken, row + 1))
  return Math.min(...ways)
}

const matrices = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
  fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  }),
)

test('no other way of pairing costs less, and nothing is paired twice', () => {
  fc.assert(
    fc.property(matrices, (costs) => {
      const columns = [...assign(costs)]
      const paired = columns.flatMap((column, row) => (column < 0 ? [] : [{ column, row }]))
      expect(paired).toHaveLength(Math.min(costs.length, costs[0]!.length))
      expect(new Set(paired.map(({ column }) => column)).size).toBe(paired.length)
      const sum = paired.reduce((total, { column, row }) => total + costs[row]![column]!, 0)
      expect(sum).toBe(leastSum(costs))
    }),
  )
})

test('with nothing to pair, nothing is paired', () => {
  expect([...assign([])]).toEqual([])
  expect([...assign([[], []])]).toEqual([-1, -1])
})
