import { expect, test } from 'vitest'
import type { Boundary } from '../../../main/engine/scenes/detector.ts'
import { scenesBetween } from '../../../main/engine/scenes/scenes.ts'

function cut(time: number, confidence = 0.9): Boundary {
  return { frame: time * 25, time, kind: 'cut', confidence, lasting: 0 }
}

test('scenes are half-open, contiguous, from 0 to the duration', () => {
  const scenes = scenesBetween([cut(2), { ...cut(5.5, 0.12345), kind: 'fade' }], 9)
  expect(scenes).toEqual([
    { startTime: 0, endTime: 2, transition: 'start', confidenceScore: 1 },
    { startTime: 2, endTime: 5.5, transition: 'cut', confidenceScore: 0.9 },
    { startTime: 5.5, endTime: 9, transition: 'fade', confidenceScore: 0.123 },
  ])
})

test('a video without a boundary is one scene', () => {
  expect(scenesBetween([], 4)).toEqual([{ startTime: 0, endTime: 4, transition: 'start', confidenceScore: 1 }])
})

test('a boundary at or past the end opens nothing', () => {
  expect(scenesBetween([cut(4), cut(4.2)], 4)).toHaveLength(1)
})
