import { expect, test } from 'vitest'
import { FILTERS, inOrder } from '../../../renderer/features/upload/filter.ts'
import { anImport } from './samples.ts'

const ALL = (['waiting', 'uploading', 'checking', 'completed', 'failed', 'cancelled'] as const).map((status) =>
  anImport({ status }),
)

test('every import is in exactly one of Active, Needs you and Done', () => {
  for (const one of ALL) {
    const hits = [FILTERS.active, FILTERS.needsYou, FILTERS.done].filter(({ matches }) => matches(one))
    expect(hits).toHaveLength(1)
  }
})

test('what runs comes first, then what failed, then the queue as it was added, then what ended, newest on top', () => {
  const named = (filename: string, status: (typeof ALL)[number]['status'], finishedAt: string | null = null) =>
    anImport({ filename, status, finishedAt })
  const ordered = inOrder([
    named('old', 'completed', '2026-04-12T08:00:00.000Z'),
    named('next', 'waiting'),
    named('new', 'completed', '2026-04-12T09:00:00.000Z'),
    named('broken', 'failed', '2026-04-12T09:30:00.000Z'),
    named('later', 'waiting'),
    named('running', 'uploading'),
  ])
  expect(ordered.map(({ filename }) => filename)).toEqual(['running', 'broken', 'next', 'later', 'new', 'old'])
})
