import fc from 'fast-check'
import { expect, test } from 'vitest'
import { movedTo, sameOrder, shifted } from '../../../renderer/features/albums/order.ts'

const order = ['a', 'b', 'c', 'd', 'e']

test('one goes before what was at the place it is dropped on, also from before it', () => {
  expect(movedTo(order, new Set('e'), 1)).toEqual(['a', 'e', 'b', 'c', 'd'])
  expect(movedTo(order, new Set('a'), 3)).toEqual(['b', 'c', 'a', 'd', 'e'])
  expect(movedTo(order, new Set('b'), 5)).toEqual(['a', 'c', 'd', 'e', 'b'])
})

test('several go together, in the order they had', () => {
  expect(movedTo(order, new Set('db'), 0)).toEqual(['b', 'd', 'a', 'c', 'e'])
  expect(movedTo(order, new Set('ac'), 4)).toEqual(['b', 'd', 'a', 'c', 'e'])
})

test('dropped on its own place nothing moves', () => {
  expect(movedTo(order, new Set('c'), 2)).toEqual(order)
  expect(movedTo(order, new Set('c'), 3)).toEqual(order)
})

test('one step, a row, and as far as there is', () => {
  expect(shifted(order, new Set('c'), -1)).toEqual(['a', 'c', 'b', 'd', 'e'])
  expect(shifted(order, new Set('c'), 1)).toEqual(['a', 'b', 'd', 'c', 'e'])
  expect(shifted(order, new Set('b'), 3)).toEqual(['a', 'c', 'd', 'e', 'b'])
  expect(shifted(order, new Set('b'), 4)).toEqual(['a', 'c', 'd', 'e', 'b'])
  expect(shifted(order, new Set('d'), -Infinity)).toEqual(['d', 'a', 'b', 'c', 'e'])
  expect(shifted(order, new Set('b'), Infinity)).toEqual(['a', 'c', 'd', 'e', 'b'])
})

test('whatever is moved wherever: nothing is lost, and each of both parts keeps its order', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 20 })
  fc.assert(
    fc.property(ids, fc.func(fc.boolean()), fc.nat(25), (all, isMoved, at) => {
      const moving = new Set(all.filter(isMoved))
      const after = movedTo(all, moving, Math.min(at, all.length))
      expect(after.filter((id) => moving.has(id))).toEqual(all.filter((id) => moving.has(id)))
      expect(after.filter((id) => !moving.has(id))).toEqual(all.filter((id) => !moving.has(id)))
    }),
  )
})

test('tells whether anything moved', () => {
  expect(sameOrder(order, [...order])).toBe(true)
  expect(sameOrder(order, shifted(order, new Set('a'), 1))).toBe(false)
  expect(sameOrder(order, order.slice(1))).toBe(false)
})
