import { expect, test } from 'vitest'
import { totalsOf } from '../../../renderer/features/uploads/totals.ts'
import { anImport } from './samples.ts'

test('adds up what runs, waits and ended, and leaves out what was cancelled or refused', () => {
  const totals = totalsOf([
    anImport({ status: 'uploading', sizeBytes: 100, bytesStored: 40, bytesPerSecond: 5 }),
    anImport({ status: 'uploading', sizeBytes: 100, bytesStored: 60, bytesPerSecond: 15 }),
    anImport({ status: 'waiting', sizeBytes: 100 }),
    anImport({ status: 'failed', sizeBytes: 100, bytesStored: 50 }),
    anImport({ status: 'completed', sizeBytes: 100, bytesStored: 0 }),
    anImport({ status: 'cancelled', sizeBytes: 1000, bytesStored: 10 }),
  ])
  expect(totals).toEqual({
    bytesStored: 200,
    bytes: 400,
    percent: 50,
    bytesPerSecond: 20,
    // 60 + 40 + 100 bytes go on by themselves; what failed waits for somebody.
    secondsLeft: 10,
    files: 4,
    filesDone: 1,
    waiting: 1,
    paused: 0,
    needYou: 1,
    active: true,
  })
})

test('100% means every byte', () => {
  const almost = anImport({ status: 'uploading', sizeBytes: 10_000, bytesStored: 9_999 })
  expect(totalsOf([almost]).percent).toBe(99)
  expect(totalsOf([{ ...almost, status: 'completed' }])).toMatchObject({ percent: 100, active: false })
})

test('tells no time left without a rate', () => {
  expect(totalsOf([anImport({ status: 'waiting' })]).secondsLeft).toBeNull()
  expect(totalsOf([])).toMatchObject({ percent: 0, active: false, secondsLeft: null })
})

test('what is held or meets an obstacle is counted, but promises no end', () => {
  const running = anImport({ status: 'uploading', sizeBytes: 100, bytesStored: 50, bytesPerSecond: 10 })
  const paused = anImport({ status: 'paused', sizeBytes: 1000, bytesStored: 400 })
  const blocked = anImport({ sizeBytes: 500, waitingFor: 'space' })
  expect(totalsOf([running, paused, blocked])).toMatchObject({
    bytesStored: 450,
    bytes: 1600,
    secondsLeft: 5,
    waiting: 0,
    paused: 1,
    needYou: 1,
    active: true,
  })
  // A rate that was measured just before the pause is no rate any more.
  const held = totalsOf([{ ...paused, bytesPerSecond: 80 }, blocked])
  expect(held).toMatchObject({ secondsLeft: null, bytesPerSecond: 0, active: false })
})

test('a refused file keeps no total below its end', () => {
  const done = anImport({ status: 'completed', sizeBytes: 10_000 })
  const refused = anImport({ status: 'failed', sizeBytes: 100, bytesStored: 0 })
  expect(totalsOf([done, refused])).toMatchObject({ percent: 100, files: 1, filesDone: 1, needYou: 1, active: false })
  expect(totalsOf([refused])).toMatchObject({ bytes: 0, files: 0, needYou: 1 })
})
