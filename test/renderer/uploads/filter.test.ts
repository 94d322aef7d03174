import { expect, test } from 'vitest'
import { FILTERS, inOrder } from '../../../renderer/features/uploads/filter.ts'
import { anImport } from './samples.ts'

const STATUSES = ['waiting', 'paused', 'uploading', 'checking', 'completed', 'failed', 'cancelled'] as const
const BLOCKED = (['source', 'space', 'permission'] as const).map((waitingFor) => anImport({ waitingFor }))
const ALL = [...STATUSES.map((status) => anImport({ status })), ...BLOCKED]

test('every import is in exactly one of Active, Needs you and Done', () => {
  for (const one of ALL) {
    const hits = [FILTERS.active, FILTERS.needsYou, FILTERS.done].filter(({ matches }) => matches(one))
    expect(hits).toHaveLength(1)
  }
})

test('what waits for its turn or is held is active; what failed or waits for a person needs one', () => {
  const statuses = (id: 'active' | 'needsYou') =>
    ALL.filter(FILTERS[id].matches).map(({ status, waitingFor }) => waitingFor ?? status)
  expect(statuses('active')).toEqual(['waiting', 'paused', 'uploading', 'checking'])
  expect(statuses('needsYou')).toEqual(['failed', 'source', 'space', 'permission'])
})

test('what is held or blocked keeps its place in the line', () => {
  const line = [
    anImport({ filename: 'held', status: 'paused' }),
    anImport({ filename: 'next' }),
    anImport({ filename: 'on a card that is out', waitingFor: 'source' }),
    anImport({ filename: 'last' }),
  ]
  expect(inOrder(line)).toEqual(line)
})

test('what runs comes first, then what failed, then the queue as it was added, then what ended, newest on top', () => {
  const named = (filename: string, status: (typeof STATUSES)[number], finishedAt: string | null = null) =>
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
