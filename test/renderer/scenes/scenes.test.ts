import { describe, expect, it } from 'vitest'
import { findScenes, openingOf } from '../../../renderer/features/scenes/scene-text.ts'
import { lengthText } from '../../../renderer/shared/format/time.ts'
import { loopRange, nextStart, previousStart, sceneAt } from '../../../renderer/shared/player/scene-times.ts'
import { scenesOf } from '../shared/player/footage.ts'

const STARTS = [0, 4, 10]

describe('scene times', () => {
  it('find the scene of an instant, however it was rounded', () => {
    expect([0, 3.9, 3.9999, 4, 9, 10, 99].map((time) => sceneAt(STARTS, time))).toEqual([0, 0, 1, 1, 1, 2, 2])
    expect(sceneAt([], 3)).toBe(-1)
  })

  it('go to the next, this or the previous scene', () => {
    expect([nextStart(STARTS, 5), nextStart(STARTS, 11)]).toEqual([10, null])
    expect([previousStart(STARTS, 6, 1), previousStart(STARTS, 4.5, 1), previousStart(STARTS, 0.5, 1)]).toEqual([
      4, 0, 0,
    ])
    expect(previousStart([], 6, 1)).toBe(0)
  })

  it('bound loops by what is set, else by the video', () => {
    const bounds = { starts: STARTS, inPoint: null, outPoint: 7, duration: 20 }
    expect(loopRange('off', 5, bounds)).toBeNull()
    expect(loopRange('range', 5, bounds)).toEqual({ start: 0, end: 7 })
    expect(loopRange('scene', 12, bounds)).toEqual({ start: 10, end: 20 })
  })
})

describe('finding in a video', () => {
  const [one, two, three] = scenesOf([100, 100, 100])
  const scenes = [
    one!,
    { ...two!, description: 'White 4×4 on the access road', tags: ['car'], visibleText: 'SLOW' },
    { ...three!, transition: 'fade' as const },
  ]

  it('goes by number, time, description, tag, seen text and what opens a scene', () => {
    expect(findScenes(scenes, '3')).toEqual([2])
    expect(findScenes(scenes, '#2')).toEqual([1])
    expect(findScenes(scenes, '2:41')).toEqual([1])
    expect(findScenes(scenes, '1:40-3:20')).toEqual([1])
    expect(findScenes(scenes, 'road WHITE')).toEqual([1])
    expect(findScenes(scenes, 'car slow')).toEqual([1])
    expect(findScenes(scenes, 'fade')).toEqual([2])
  })

  it('finds all by nothing, and nothing by what is nowhere', () => {
    expect(findScenes(scenes, '  ')).toEqual([0, 1, 2])
    expect(findScenes(scenes, 'null')).toEqual([])
    expect(findScenes(scenes, '99:59')).toEqual([])
  })
})

it('says how a scene opens and how long it is', () => {
  const [scene] = scenesOf([1])
  expect(openingOf(scene!)).toBe('Starts with a cut (98%)')
  expect(openingOf({ ...scene!, transition: 'dissolve', confidenceScore: null })).toBe('Starts with a dissolve')
  expect(openingOf({ ...scene!, transition: 'start' })).toBe('Start of video')
  expect([0.4, 9.96, 38.2, 59.7, 130].map(lengthText)).toEqual(['0.4 s', '10 s', '38 s', '1:00', '2:10'])
})
