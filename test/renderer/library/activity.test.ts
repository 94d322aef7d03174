import { expect, test } from 'vitest'
import { factsOf, statusOf } from '../../../renderer/features/library/activity.ts'
import { activity, video } from './video.ts'

const during = (...activities: Parameters<typeof activity>[0][]) =>
  video('v', { activities: activities.map((one) => activity(one)) })

test('a quiet video has no status, only its scenes', () => {
  expect(statusOf(during())).toBeNull()
  expect(factsOf(video('v', { sceneCount: 1 }))).toBe('1 scene')
  expect(factsOf(video('v', { sceneCount: 0 }))).toBe('No scenes yet')
})

test('what runs says what, how far, and how long still', () => {
  const running = during({ progressPercent: 61.6, step: 'Finding scenes', secondsLeft: 28 })
  expect(statusOf(running)).toMatchObject({ tone: 'running', label: 'Finding scenes 62%', percent: 62 })
  expect(factsOf(running)).toBe('Finding scenes, 28 s left')
  expect(statusOf(during({ kind: 'preview', progressPercent: 34 }))?.label).toBe('Making preview 34%')
})

test('what waits shows no progress', () => {
  expect(statusOf(during({ status: 'pending' }))).toMatchObject({ tone: 'waiting', label: 'Waiting', percent: null })
})

test('what failed says why', () => {
  const failed = during({ status: 'failed', errorMessage: 'The disk is full.' })
  expect(statusOf(failed)).toMatchObject({ tone: 'failed', label: 'Analysis failed' })
  expect(factsOf(failed)).toBe('The disk is full.')
})

test('shows the most relevant activity as the video’s status', () => {
  expect(statusOf(during({ status: 'completed' }, { kind: 'preview', status: 'failed' }))?.label).toBe('Preview failed')
})
