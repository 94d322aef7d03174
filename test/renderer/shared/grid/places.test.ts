import { expect, test } from 'vitest'
import { placeAfter } from '../../../../renderer/shared/grid/places.ts'

/** Eleven cards, four side by side. */
const shape = { length: 11, columns: 4, page: 2 }
const after = (key: string, index: number, ctrl = false) => placeAfter(key, ctrl, index, shape)

test('arrows go from card to card and stop at the ends', () => {
  expect(after('ArrowRight', 3)).toBe(4)
  expect(after('ArrowRight', 10)).toBe(10)
  expect(after('ArrowLeft', 0)).toBe(0)
  expect(after('ArrowUp', 2)).toBe(2)
  expect(after('ArrowUp', 6)).toBe(2)
})

test('down into a shorter last row ends at its last card, and from there nowhere', () => {
  expect(after('ArrowDown', 1)).toBe(5)
  expect(after('ArrowDown', 7)).toBe(10)
  expect(after('ArrowDown', 9)).toBe(9)
})

test('Home and End keep to the row, with Ctrl to all', () => {
  expect(after('Home', 6)).toBe(4)
  expect(after('End', 5)).toBe(7)
  expect(after('End', 8)).toBe(10)
  expect(after('Home', 6, true)).toBe(0)
  expect(after('End', 2, true)).toBe(10)
})

test('a page keeps the column', () => {
  expect(after('PageDown', 1)).toBe(9)
  expect(after('PageDown', 7)).toBe(10)
  expect(after('PageUp', 10)).toBe(2)
  expect(after('PageUp', 5)).toBe(1)
})

test('other keys do not move', () => {
  expect(after('Enter', 1)).toBeNull()
  expect(after('ArrowLeft', 3, true)).toBeNull()
})
