import { expect, test } from 'vitest'
import { importFacts, importState } from '../../../renderer/features/uploads/import-state.ts'
import { anImport, aVideo } from './samples.ts'

test('an upload shows its share in whole percent, its rate and the time left', () => {
  const one = anImport({
    status: 'uploading',
    sizeBytes: 4_000_000_000,
    bytesStored: 2_729_000_000,
    bytesPerSecond: 46_000_000,
    secondsLeft: 28,
  })
  expect(importState(one, undefined)).toMatchObject({
    stage: 'uploading',
    text: 'Uploading, 68%',
    note: '46 MB/s, 28 s left',
  })
})

test('an upload whose rate is not known yet says nothing of it', () => {
  expect(importState(anImport({ status: 'uploading' }), undefined).note).toBe('')
})

test('never says 100% before the last byte', () => {
  const one = anImport({ status: 'uploading', sizeBytes: 1000, bytesStored: 999 })
  expect(importState(one, undefined).text).toBe('Uploading, 99%')
})

test('a check before the first part asks for a twin, a check after the last part is of the parts', () => {
  const asked = anImport({ status: 'checking', sizeBytes: 1000, bytesChecked: 999 })
  expect(importState(asked, undefined)).toMatchObject({ text: 'Checking for duplicates, 99%', percent: 99 })
  const copied = anImport({ status: 'checking', sizeBytes: 1000, totalParts: 120, partsStored: 120, bytesChecked: 250 })
  expect(importState({ ...copied, secondsLeft: 2 }, undefined)).toMatchObject({
    text: 'Checking 120 parts, 25%',
    note: 'SHA-256, 2 s left',
    percent: 25,
  })
})

test('a paused upload says what it keeps, and nothing of it counts down', () => {
  const one = anImport({
    status: 'paused',
    sizeBytes: 1_860_000_000,
    bytesStored: 790_000_000,
    totalParts: 186,
    partsStored: 79,
  })
  expect(importState(one, undefined)).toMatchObject({ stage: 'paused', text: 'Paused, 42% kept', note: '' })
  expect(importFacts(one, 'paused')).toBe('0.79 of 1.86 GB kept, 79 of 186 parts')
  expect(importState(anImport({ status: 'paused' }), undefined).text).toBe('Paused')
})

test('what waits for its turn says how many are taken before it', () => {
  expect(importState(anImport(), undefined, 0)).toMatchObject({
    stage: 'waiting',
    text: 'Waiting',
    note: 'Next',
  })
  expect(importState(anImport(), undefined, 3).note).toBe('3 ahead')
  expect(importState(anImport({ bytesStored: 500_000 }), undefined, 0).text).toBe('Waiting, 50% kept')
})

test('what meets an obstacle says which in the words of the engine, and what is kept', () => {
  const one = anImport({
    sizeBytes: 2_400_000_000,
    bytesStored: 410_000_000,
    totalParts: 229,
    partsStored: 39,
    waitingFor: 'source',
    waitingMessage: 'Card GOPRO was removed. Put it back and it goes on by itself.',
  })
  expect(importState(one, undefined, null)).toMatchObject({
    stage: 'blocked',
    text: 'Card GOPRO was removed. Put it back and it goes on by itself.',
    note: '17%',
  })
  expect(importFacts(one, 'blocked')).toBe('0.41 of 2.40 GB kept, 39 of 229 parts')
})

test('explains a wait reason without a message of its own, and that the upload continues', () => {
  const text = (waitingFor: 'source' | 'space' | 'permission') => importState(anImport({ waitingFor }), undefined).text
  expect(text('source')).toMatch(/missing.*continues/)
  expect(text('space')).toMatch(/full.*continues/)
  expect(text('permission')).toMatch(/no access.*continues/)
})

test('a failed import says what the engine says, and what is kept', () => {
  const one = anImport({
    status: 'failed',
    sizeBytes: 2_400_000_000,
    bytesStored: 410_000_000,
    totalParts: 229,
    partsStored: 39,
    errorMessage: 'Card GOPRO was removed.',
  })
  expect(importState(one, undefined)).toMatchObject({ stage: 'failed', text: 'Card GOPRO was removed.' })
  expect(importFacts(one, 'failed')).toBe('0.41 of 2.40 GB kept, 39 of 229 parts')
})

test('a file that was here before is not followed any further', () => {
  const one = anImport({ status: 'completed', duplicateOf: { videoId: aVideo().videoId, title: 'East gate' } })
  expect(importState(one, aVideo()).stage).toBe('here')
})

test('a completed import follows its video: unknown, deleted, waiting, working, stuck, ready', () => {
  const one = anImport({ status: 'completed' })
  const activity = {
    kind: 'analysis',
    jobId: '6f2a1c9e-94a4-4f0b-8f0e-3a1f5a1d0c11',
    status: 'processing',
    progressPercent: 54.9,
    step: 'Finding scenes',
    secondsLeft: 19,
    errorMessage: null,
  } as const
  const stage = (video: Parameters<typeof importState>[1]) => importState(one, video).stage

  expect(stage(undefined)).toBe('copied')
  expect(stage(null)).toBe('gone')
  expect(stage(aVideo({ activities: [{ ...activity, status: 'pending' }] }))).toBe('working')
  expect(importState(one, aVideo({ activities: [activity] }))).toMatchObject({
    stage: 'working',
    text: 'Finding scenes, 54%',
    note: '19 s left',
    percent: 54,
  })
  expect(
    importState(one, aVideo({ activities: [{ ...activity, status: 'failed', errorMessage: 'ffmpeg ended.' }] })),
  ).toMatchObject({ stage: 'stuck', text: 'No scenes: ffmpeg ended.', jobId: activity.jobId })
  expect(importState(one, aVideo({ sceneCount: 38 }))).toMatchObject({ text: 'Ready', note: '38 scenes' })
})

test('parts of a file that waits are counted before they are planned', () => {
  expect(importFacts(anImport({ sizeBytes: 10_485_761 }), 'waiting')).toBe('10 MB, 2 parts')
})

test('the part that is copied is never beyond the last', () => {
  const one = anImport({ sizeBytes: 1_000_000, bytesStored: 1_000_000, totalParts: 1, partsStored: 1 })
  expect(importFacts(one, 'uploading')).toBe('1.0 of 1.0 MB, part 1 of 1')
})
