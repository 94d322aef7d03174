import { expect, test } from 'vitest'
import type { WatchedFolder } from '../../../main/contract/index.ts'
import { folderName, folderState } from '../../../renderer/features/uploads/watched/folder-text.ts'

const folder = (differences: Partial<WatchedFolder> = {}): WatchedFolder => ({
  folderId: '6f2a1c9e-94a4-4f0b-8f0e-3a1f5a1d0c11',
  path: '/media/ingest',
  state: 'watching',
  errorMessage: null,
  settling: 0,
  imported: 0,
  addedAt: '2026-04-12T08:14:00.000Z',
  ...differences,
})

test('a watched folder says what it brought and what is still being copied', () => {
  expect(folderState(folder())).toEqual({ text: 'Watching', reason: '', note: 'Nothing imported yet' })
  expect(folderState(folder({ imported: 12, settling: 2 })).note).toBe('12 videos imported, 2 files still being copied')
  expect(folderState(folder({ imported: 1, settling: 1 })).note).toBe('1 video imported, 1 file still being copied')
})

test('a missing folder says that it will be scanned again', () => {
  const state = folderState(folder({ state: 'missing', imported: 3 }))
  expect(state).toEqual({
    text: 'Not found',
    reason: 'Fieldreel checks again automatically.',
    note: '3 videos imported',
  })
})

test('a folder that may not be read says why in the words of the engine', () => {
  const refused = folder({ state: 'refused', errorMessage: 'CLIPS may not be read (EACCES).' })
  expect(folderState(refused)).toMatchObject({
    text: 'CLIPS may not be read (EACCES).',
    reason: 'Fieldreel checks again automatically.',
  })
  expect(folderState(folder({ state: 'refused' })).text).toBe('Cannot be read')
})

test('a folder is called by the last name of its path, on every system', () => {
  expect(folderName('/media/GOPRO/')).toBe('GOPRO')
  expect(folderName('D:\\Footage\\Day 2')).toBe('Day 2')
  expect(folderName('/')).toBe('/')
})
