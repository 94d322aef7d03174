import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_SCENE_SETTINGS, type SceneSettings } from '../../../main/contract/index.ts'
import type { Candidate, Detected } from '../../../main/engine/scenes/candidates.ts'
import { MinimumSceneLength } from '../../../main/engine/scenes/minimum-length.ts'
import { cutScenes, selectBoundaries } from '../../../main/engine/scenes/selection.ts'

function at(time: number, confidence = 0.9, kind: Candidate['kind'] = 'cut'): Candidate {
  return { frame: Math.round(time * 25), time, kind, confidence, lasting: 0 }
}

function chosen(candidates: Candidate[], settings: Partial<SceneSettings> = {}, endTime = 600): number[] {
  return selectBoundaries({ candidates, endTime }, { ...DEFAULT_SCENE_SETTINGS, ...settings }).map(({ time }) => time)
}

test('sensitivity says how unsure a boundary may be: at 0.5 what the detector believes', () => {
  const candidates = [at(10, 0.95), at(20, 0.5), at(30, 0.49), at(40, 0.2), at(50, 0.995), at(60, 0.02)]
  expect(chosen(candidates)).toEqual([10, 20, 50])
  expect(chosen(candidates, { sensitivity: 0.2 })).toEqual([10, 50])
  expect(chosen(candidates, { sensitivity: 0.8 })).toEqual([10, 20, 30, 40, 50])
  expect(chosen(candidates, { sensitivity: 0 })).toEqual([50])
  expect(chosen(candidates, { sensitivity: 1 })).toEqual([10, 20, 30, 40, 50, 60])
})

test.each([
  [0, 0.99],
  [0.5, 0.5],
  [1, 0.01],
])('at sensitivity %d the edge itself counts: confidence %d', (sensitivity, confidence) => {
  expect(chosen([at(10, confidence), at(20, confidence - 0.001)], { sensitivity })).toEqual([10])
})

test('of those too close to each other or to an end of the video the surest stays', () => {
  const candidates = [at(1, 0.9), at(10, 0.6), at(12, 0.8), at(14.5, 0.9), at(598, 0.9)]
  expect(chosen(candidates, { minimumSceneSeconds: 3 })).toEqual([10, 14.5])
  expect(chosen(candidates, { minimumSceneSeconds: 0 })).toEqual([1, 10, 12, 14.5, 598])
})

test('a scene exactly as long as the least stays', () => {
  expect(chosen([at(0.2), at(0.4), at(0.6000000000000001)], {}, 0.8)).toEqual([0.2, 0.4, 0.6000000000000001])
})

test('long scenes are split by drift when asked, into parts worth looking at', () => {
  const candidates = [at(5, 0.5, 'drift'), at(50), at(52, 0.5, 'drift'), at(90, 0.5, 'drift'), at(190, 0.5, 'drift')]
  expect(chosen(candidates, {}, 200)).toEqual([50])
  // 5 lies in a scene of 50 s; 52 and 190 too close to an end of theirs.
  expect(chosen(candidates, { splitLongScenes: true }, 200)).toEqual([50, 90])
  expect(chosen(candidates, { splitLongScenes: true, sensitivity: 0.3 }, 200)).toEqual([50, 90])
  expect(chosen(candidates, { splitLongScenes: true, minimumSceneSeconds: 45 }, 200)).toEqual([50])
  const scenes = cutScenes({ candidates, endTime: 200 }, { ...DEFAULT_SCENE_SETTINGS, splitLongScenes: true })
  expect(scenes.map(({ transition }) => transition)).toEqual(['start', 'cut', 'drift'])
})

const anyDetected: fc.Arbitrary<Detected> = fc
  .record({
    endTime: fc.double({ min: 0.5, max: 300, noNaN: true }),
    found: fc.array(
      fc.record({
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        confidence: fc.double({ min: 0.2, max: 1, noNaN: true }),
        kind: fc.constantFrom<Candidate['kind']>('cut', 'fade', 'dissolve', 'wipe', 'drift'),
      }),
      { maxLength: 40 },
    ),
  })
  .map(({ endTime, found }) => ({
    endTime,
    candidates: found
      .map(({ share, ...rest }) => ({
        ...rest,
        lasting: 0,
        time: share * endTime,
        frame: Math.round(share * endTime * 25),
      }))
      .toSorted((a, b) => a.time - b.time),
  }))

const anySettings: fc.Arbitrary<SceneSettings> = fc.record({
  sensitivity: fc.double({ min: 0, max: 1, noNaN: true }),
  minimumSceneSeconds: fc.double({ min: 0, max: 20, noNaN: true }),
  splitLongScenes: fc.boolean(),
})

test('whatever is asked, scenes are contiguous, long enough, and from 0 to the end', () => {
  fc.assert(
    fc.property(anyDetected, anySettings, (detected, settings) => {
      const scenes = cutScenes(detected, settings)
      expect(scenes[0]?.startTime).toBe(0)
      expect(scenes.at(-1)?.endTime).toBe(detected.endTime)
      for (const [index, { startTime, endTime }] of scenes.entries()) {
        expect(endTime).toBe(scenes[index + 1]?.startTime ?? detected.endTime)
        if (scenes.length > 1) expect(endTime - startTime).toBeGreaterThan(settings.minimumSceneSeconds - 1e-5)
        expect(endTime).toBeGreaterThan(startTime)
      }
    }),
  )
})

test('more sensitivity adds scenes and never takes one away', () => {
  fc.assert(
    fc.property(anyDetected, anySettings, fc.double({ min: 0, max: 1, noNaN: true }), (detected, settings, more) => {
      const cuts = { ...settings, splitLongScenes: false }
      const sensitivity = Math.max(cuts.sensitivity, more)
      const [fewer, many] = [cuts, { ...cuts, sensitivity }].map((by) => selectBoundaries(detected, by))
      expect(many).toEqual(expect.arrayContaining(fewer ?? []))
    }),
  )
})

test('no boundary is left out without a surer one, or an end, in its way', () => {
  fc.assert(
    fc.property(anyDetected, fc.double({ min: 0, max: 20, noNaN: true }), ({ candidates, endTime }, least) => {
      const kept = new MinimumSceneLength(least).choose(candidates, 0, endTime)
      for (const left of candidates.filter((one) => !kept.includes(one))) {
        const blocked = [0, endTime, ...kept.filter((one) => one.confidence >= left.confidence).map(({ time }) => time)]
        expect(blocked.some((time) => Math.abs(time - left.time) < Math.max(least, 1e-5))).toBe(true)
      }
    }),
  )
})
