import { expect, test } from 'vitest'
import { resumedImports } from '../../../renderer/features/uploads/resumed-imports.ts'
import { anImport } from './samples.ts'

test('what an earlier run had begun is picked up: while it goes on, and when it came to its end since', () => {
  const left = [
    anImport({ filename: 'running', status: 'uploading', pickedUp: true }),
    anImport({ filename: 'in line', pickedUp: true }),
    anImport({ filename: 'done since', status: 'completed', pickedUp: true, finishedAt: '2026-04-12T09:30:00.000Z' }),
  ]
  expect(resumedImports(left)).toEqual(left)
})

test('what nothing interrupted is not, however long ago it was added; nor what was held, failed or waits for a person', () => {
  const others = [
    anImport({ status: 'uploading', addedAt: '2020-01-01T00:00:00.000Z' }),
    anImport({ status: 'completed', addedAt: '2020-01-01T00:00:00.000Z', finishedAt: '2026-04-12T08:00:00.000Z' }),
    anImport({ status: 'paused', pickedUp: true }),
    anImport({ waitingFor: 'source', pickedUp: true }),
    anImport({ status: 'failed', pickedUp: true }),
  ]
  expect(resumedImports(others)).toEqual([])
})
