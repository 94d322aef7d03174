import { expect, test } from 'vitest'
import { only, ranged, survivor, toggled } from '../../../renderer/shared/grid/selection.ts'

const order = ['a', 'b', 'c', 'd', 'e', 'f']

test('one more and one less', () => {
  const two = toggled(only('a'), 'c')
  expect([...two.selected]).toEqual(['a', 'c'])
  expect([...toggled(two, 'a').selected]).toEqual(['c'])
})

test('a range goes both ways from where it started', () => {
  const forward = ranged(only('b'), 'd', order)
  expect([...forward.selected]).toEqual(['b', 'c', 'd'])
  expect([...ranged(forward, 'a', order).selected]).toEqual(['a', 'b'])
})

test('a range without a start is one video', () => {
  expect(ranged({ selected: new Set(), anchor: null, active: null }, 'c', order)).toEqual(only('c'))
  expect(ranged(only('gone'), 'c', order)).toEqual(only('c'))
})

test('after a deletion the next one has the keyboard, else the one before', () => {
  expect(survivor(order, new Set('bc'))).toBe('d')
  expect(survivor(order, new Set('ef'))).toBe('d')
  expect(survivor(order, new Set('bd'))).toBe('e')
  expect(survivor(order, new Set(order))).toBeNull()
})
