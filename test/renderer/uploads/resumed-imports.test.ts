import { expect, test } from 'vitest'
import { resumedImports } from '../../../renderer/features/uploads/resumed-imports.ts'
import { anImport } from './samples.ts'

const BEFORE = '2026-04-12T08:00:00.000Z'
const OPENED = Date.parse('2026-04-12T09:00:00.000Z')
const AFTER = '2026-04-12T09:30:00.000Z'

test('what an earlier run left is picked up: while it goes on, and when it came to its end since', () => {
  const left = [
    anImport({ filename: 'running', status: 'uploading', addedAt: BEFORE }),
    anImport({ filename: 'in line', addedAt: BEFORE }),
    anImport({ filename: 'done since', status: 'completed', addedAt: BEFORE, finishedAt: AFTER }),
  ]
  expect(resumedImports(left, OPENED)).toEqual(left)
})

test('what was held, waits for a person, ended before or was added since is not', () => {
  const others = [
    anImport({ status: 'paused', addedAt: BEFORE }),
    anImport({ waitingFor: 'source', addedAt: BEFORE }),
    anImport({ status: 'completed', addedAt: BEFORE, finishedAt: BEFORE }),
    anImport({ status: 'failed', addedAt: BEFORE, finishedAt: AFTER }),
    anImport({ status: 'uploading', addedAt: AFTER }),
  ]
  expect(resumedImports(others, OPENED)).toEqual([])
})
