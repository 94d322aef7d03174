import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayable, printable, printableJson, printableLines } from '../../main/base/printable.ts'
import { HOSTILE_NAMES, RAW } from '../support/hostile-names.ts'

describe('printable', () => {
  it.each(HOSTILE_NAMES)('shows a name that %s in one line without a raw character', (_does, name) => {
    const shown = printable(name)
    expect(shown).not.toMatch(RAW)
    expect(shown).not.toContain('\n')
    expect(shown).not.toBe(name)
  })

  it('names each character it replaces', () => {
    expect(printable('a\x1b[2Jb\nc\u202ed\u{e0041}e\ud800f\x9b')).toBe(
      String.raw`a\x1b[2Jb\nc\u202ed\u{e0041}e\ud800f\x9b`,
    )
  })

  it.each([
    ['spaces and punctuation', `Anna's "best" film (1) #2 100% é.mp4`],
    ['Arabic', 'فيلم الجسر.mp4'],
    ['Hebrew', 'סרט.mp4'],
    ['Chinese', '东门 12.mov'],
    ['emoji', '🌉❤️.mp4'],
    ['a backslash', 'C:\\films\\a.mp4'],
  ])('leaves %s as they are', (_what, name) => {
    for (const show of [printable, printableLines, displayable]) expect(show(name)).toBe(name)
  })

  it('leaves nothing raw in any text, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(RAW)
        expect(printable(printable(text))).toBe(printable(text))
      }),
    )
  })
})

it('a text of several lines keeps its lines and tabs', () => {
  expect(printableLines('one\n\ttwo\x1b[0m\r\n')).toBe('one\n\ttwo\\x1b[0m\\r\n')
})

describe('displayable', () => {
  it.each(HOSTILE_NAMES)('shows a name that %s without a raw control', (_does, name) => {
    expect(displayable(name)).not.toMatch(RAW)
  })

  it('keeps what Persian and emoji are written with', () => {
    const text = 'می\u200cخواهم 👩\u200d🔧'
    expect(displayable(text)).toBe(text)
  })
})

it('JSON that is made printable is of the same value and has no raw control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = printableJson(JSON.stringify({ text }))
      expect(shown).not.toMatch(RAW)
      expect(JSON.parse(shown)).toEqual({ text })
    }),
  )
})
