import { expect, test, vi } from 'vitest'
import { matching } from '../../../renderer/app/commands.ts'
import { keyName, shortcutsOf } from '../../../renderer/app/shortcuts.ts'

// What the preload script offers is read when the features are loaded.
vi.stubGlobal('window', { fieldreel: { platform: 'linux' } })
const { FEATURES } = await import('../../../renderer/app/features.ts')

const COMMANDS = [{ name: 'Import a folder', words: 'add upload card' }, { name: 'Go to Library' }]

test('finds a command by all typed words, in any order and case, and by its other words', () => {
  expect(matching(COMMANDS, 'FOLDER imp')).toEqual([COMMANDS[0]])
  expect(matching(COMMANDS, 'card')).toEqual([COMMANDS[0]])
  expect(matching(COMMANDS, 'folder library')).toEqual([])
})

test('nothing typed means every command', () => {
  expect(matching(COMMANDS, '  ')).toEqual(COMMANDS)
})

test('no two shortcuts of one place share their keys', () => {
  for (const { name, shortcuts } of shortcutsOf(FEATURES)) {
    const keys = shortcuts.flatMap((shortcut) => shortcut.keys.map((combination) => combination.join('+')))
    expect(keys, name).toEqual([...new Set(keys)])
  }
})

test('names the modifier of the platform', () => {
  expect(keyName('Mod', 'darwin')).toBe('⌘')
  expect(keyName('Mod', 'linux')).toBe('Ctrl')
  expect(keyName('K', 'win32')).toBe('K')
})
