import { describe, expect, test } from 'vitest'
import { moved, moveOf } from '../../../../renderer/shared/grid/movement.ts'
import { linesOf, rowsOf } from '../../../../renderer/features/library/rows.ts'

// # Today: a b c / d   # Yesterday: e f
const names = ['a', 'b', 'c', 'd', 'e', 'f']
const day = (count: number) => ({ at: 0, count, seconds: 0 })
const rows = rowsOf(6, [day(4), day(2)], 3)
const from = (start: string | null, move: Parameters<typeof moved>[2], page = 2) =>
  names[moved(linesOf(rows), names.indexOf(start ?? ''), move, page)]

describe('a move', () => {
  test('left and right go on to the next row and over a heading', () => {
    expect(from('c', 'ArrowRight')).toBe('d')
    expect(from('d', 'ArrowRight')).toBe('e')
    expect(from('e', 'ArrowLeft')).toBe('d')
  })

  test('up and down stay in the column, or take the last of a shorter row', () => {
    expect(from('b', 'ArrowDown')).toBe('d')
    expect(from('f', 'ArrowUp')).toBe('d')
    expect(from('d', 'ArrowDown')).toBe('e')
  })

  test('stops at the edges', () => {
    expect(from('a', 'ArrowLeft')).toBe('a')
    expect(from('b', 'ArrowUp')).toBe('b')
    expect(from('f', 'ArrowRight')).toBe('f')
    expect(from('f', 'PageDown')).toBe('f')
  })

  test('Home and End take the row, with Ctrl the whole', () => {
    expect(from('b', 'Home')).toBe('a')
    expect(from('b', 'End')).toBe('c')
    expect(from('c', 'Last')).toBe('f')
    expect(from('f', 'First')).toBe('a')
  })

  test('Page Up and Page Down move by several rows', () => expect(from('b', 'PageDown')).toBe('f'))

  test('from nowhere it starts at the first', () => {
    expect(from(null, 'ArrowDown')).toBe('a')
    expect(from('gone', 'ArrowDown')).toBe('a')
  })

  test('an empty grid has nowhere to go', () => expect(moved([], -1, 'ArrowDown', 1)).toBe(0))
})

test('ignores keys that are no moves', () => {
  expect(moveOf('ArrowDown', false)).toBe('ArrowDown')
  expect(moveOf('ArrowDown', true)).toBeNull()
  expect(moveOf('End', true)).toBe('Last')
  expect(moveOf('a', false)).toBeNull()
})

describe('in a grid without headings', () => {
  /** Eleven cards, four side by side. */
  const lines = [
    { from: 0, to: 4 },
    { from: 4, to: 8 },
    { from: 8, to: 11 },
  ]
  const after = (key: string, index: number, ctrl = false) => {
    const move = moveOf(key, ctrl)
    return move && moved(lines, index, move, 2)
  }

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
})
