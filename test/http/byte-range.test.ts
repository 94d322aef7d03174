import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseByteRange } from '../../main/base/byte-range.ts'

describe('a byte range of 100 bytes', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['BYTES=0-9', { start: 0, end: 9 }],
  ])('%s is a part', (header, range) => {
    expect(parseByteRange(header, 100)).toEqual(range)
  })

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-4', 'bytes=a-b', 'lines=0-5', 'bytes=0-1,3-4', 'bytes=0-9 x'])(
    '%j asks for the whole',
    (header) => {
      expect(parseByteRange(header, 100)).toBe('whole')
    },
  )

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('%s lies behind the end', (header) => {
    expect(parseByteRange(header, 100)).toBe('unsatisfiable')
  })

  it('has no part of an empty file', () => {
    expect(['bytes=0-', 'bytes=-1'].map((header) => parseByteRange(header, 0))).toEqual([
      'unsatisfiable',
      'unsatisfiable',
    ])
  })

  it('always lies inside the file', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
    )
    fc.assert(
      fc.property(header, fc.nat(), (text, size) => {
        const range = parseByteRange(text, size)
        if (typeof range === 'string') return true
        return range.start >= 0 && range.start <= range.end && range.end < size
      }),
    )
  })
})
