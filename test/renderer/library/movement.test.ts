import { describe, expect, test } from 'vitest'
import { moved, moveOf, rowWith } from '../../../renderer/features/library/movement.ts'
import { rowsOf } from '../../../renderer/features/library/rows.ts'
import { video } from './video.ts'

// # Today: a b c / d   # Yesterday: e f
const at = (day: number) => ({ createdAt: new Date(2026, 3, day, 9).toISOString() })
const videos = ['a', 'b', 'c', 'd']
  .map((name) => video(name, at(12)))
  .concat(['e', 'f'].map((name) => video(name, at(11))))
const rows = rowsOf(videos, { columns: 3, byDay: true, complete: true })
const from = (start: string | null, move: Parameters<typeof moved>[2], page = 2) => moved(rows, start, move, page)

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

  test('an empty grid has nowhere to go', () => expect(moved([], 'a', 'ArrowDown', 1)).toBeNull())
})

test('ignores keys that are no moves', () => {
  expect(moveOf('ArrowDown', false)).toBe('ArrowDown')
  expect(moveOf('ArrowDown', true)).toBeNull()
  expect(moveOf('End', true)).toBe('Last')
  expect(moveOf('a', false)).toBeNull()
})

test('a row is found by any of its videos', () => {
  expect(rowWith(rows, 'd')).toBe(2)
  expect(rowWith(rows, 'f')).toBe(4)
  expect(rowWith(rows, null)).toBe(-1)
})
