import { expect, it } from 'vitest'
import { NOTE_KEYS } from '../../../../renderer/features/annotations/note-keys.ts'
import { SCENE_KEYS } from '../../../../renderer/features/scenes/scene-keys.ts'
import { bindingOf, type KeyPress } from '../../../../renderer/shared/keys/key-map.ts'
import { PLAYER_KEYS, shownKey } from '../../../../renderer/shared/player/keys.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

/** All keys of the page of a video. */
const KEYS = [...PLAYER_KEYS, ...SCENE_KEYS, ...NOTE_KEYS]
const commandOf = (one: KeyPress) => bindingOf(KEYS, one)?.command ?? null

it('reads keys with and without Shift, whatever Caps Lock says', () => {
  expect([press('l'), press('L'), press('L', { shiftKey: true })].map(commandOf)).toEqual([
    'forward',
    'forward',
    'loop',
  ])
  expect(commandOf(press('ArrowLeft', { shiftKey: true }))).toBe('secondBack')
  expect(commandOf(press(' '))).toBe('toggle')
})

it('knows punctuation by its character on every layout', () => {
  expect(
    [press('+'), press('+', { shiftKey: true }), press('='), press('/', { shiftKey: true })].map(commandOf),
  ).toEqual(['zoomIn', 'zoomIn', 'zoomIn', 'find'])
})

it('leaves other combinations to others', () => {
  expect([press('l', { ctrlKey: true }), press('d', { metaKey: true }), press('q')].map(commandOf)).toEqual([
    null,
    null,
    null,
  ])
})

it('gives no key two meanings, and every command a key to show', () => {
  const keys = KEYS.flatMap((key) => key.keys)
  expect(new Set(keys).size).toBe(keys.length)
  expect(PLAYER_KEYS.every(({ command, shown }) => shownKey(command) === shown)).toBe(true)
})
