import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { FrameIndex } from '../../../main/contract/index.ts'
import { select } from '../../../main/engine/pipeline/sampling.ts'
import { aboutDueFrames, dueFrames } from '../../../renderer/features/pipeline/composer/due-frames.ts'
import {
  changeInput,
  changeUrl,
  clearDraft,
  mediaIdOf,
  problemsOf,
  requestOf,
  useDraft,
} from '../../../renderer/features/pipeline/composer/draft.ts'
import { movedEnds } from '../../../renderer/features/pipeline/composer/range-ends.ts'

/** Frames at these times, in milliseconds; every tenth is a key frame. */
function indexOf(ticks: number[]): FrameIndex {
  const keys = new Set([...ticks.keys()].filter((frame) => frame % 10 === 0))
  return new FrameIndex({ ticks, ticksPerSecond: [1000, 1], lastTicks: 40, keys })
}
const steady = indexOf(Array.from({ length: 100 }, (_, frame) => frame * 40))

describe('how many frames to analyse', () => {
  it.each([
    [{ mode: 'fps', value: 5 }, 20],
    [{ mode: 'fps', value: 1000 }, 100],
    [{ mode: 'interval', value: 3 }, 2],
    [{ mode: 'keyframe' }, 10],
  ] as const)('by %o', (sampling, frames) => {
    expect(dueFrames(steady, { sampling })).toEqual({ frames, limited: false })
  })

  it('is one a second where nothing is said', () => {
    expect(dueFrames(steady, {}).frames).toBe(4)
  })

  it('keeps to a half-open range of seconds or frames', () => {
    const sampling = { mode: 'fps', value: 25 } as const
    expect(dueFrames(steady, { sampling, range: { start: 1, end: 2 } }).frames).toBe(25)
    expect(dueFrames(steady, { sampling, range: { start: 10, end: 20, unit: 'frames' } }).frames).toBe(10)
    expect(dueFrames(steady, { sampling, range: { start: 1000 } }).frames).toBe(0)
  })

  it('says when the limit leaves some out, and only then', () => {
    const sampling = { mode: 'fps', value: 5 } as const
    expect(dueFrames(steady, { sampling, max_frames: 19 })).toEqual({ frames: 19, limited: true })
    expect(dueFrames(steady, { sampling, max_frames: 20 })).toEqual({ frames: 20, limited: false })
  })

  it('is what the engine will choose, also at an uneven rate', async () => {
    const intervals = fc.array(fc.integer({ min: 10, max: 900 }), { minLength: 2, maxLength: 60 })
    const value = fc.double({ min: 0.2, max: 30, noNaN: true })
    const start = fc.double({ min: 0, max: 20, noNaN: true })
    await fc.assert(
      fc.asyncProperty(
        intervals,
        fc.record({ mode: fc.constantFrom('fps' as const, 'interval' as const), value }),
        fc.record({ start, unit: fc.constantFrom('seconds' as const, 'frames' as const) }),
        async (between, sampling, range) => {
          let at = 0
          const index = indexOf(between.map((interval) => (at += interval)))
          const wanted = { sampling, range, max_frames: 25 }
          const { frames, isCut } = await select(index, wanted)
          expect(dueFrames(index, wanted)).toEqual({ frames: frames.length, limited: isCut })
        },
      ),
    )
  })

  it('is approximate where the frames are not known, and absent for keyframes', () => {
    expect(aboutDueFrames(4, 25, { sampling: { mode: 'fps', value: 5 } })?.frames).toBe(20)
    expect(aboutDueFrames(4, 25, { sampling: { mode: 'keyframe' } })).toBeNull()
  })
})

describe('a request that is put together', () => {
  const ID = '23859c77-4fc4-4872-9f42-ab257fd02ed9'
  beforeEach(clearDraft)

  it('names a video of the library, and drops the range of the one before', () => {
    changeInput({ range: { start: 3 }, max_frames: 10 })
    changeUrl(`store://${ID}`)
    const [input] = useDraft.getState().request.input
    expect(input).toEqual({
      type: 'video_url',
      url: `store://${ID}`,
      sampling: { mode: 'fps', value: 5 },
      max_frames: 10,
    })
    expect(mediaIdOf(input)).toBe(ID)
  })

  it('leaves out what is taken back', () => {
    changeInput({ max_frames: 10 })
    changeInput({ max_frames: undefined })
    expect(useDraft.getState().request.input[0]).not.toHaveProperty('max_frames')
  })

  it('lacks only its video at first', () => {
    expect([...problemsOf(useDraft.getState().request).keys()]).toEqual(['input.0.url'])
  })

  it('is read from JSON, with errors per field', () => {
    const text = JSON.stringify({ ...useDraft.getState().request, steps: [{ model: '' }] })
    const read = requestOf(text)
    expect('problems' in read && [...read.problems.keys()]).toContain('steps.0.model')
    expect(requestOf('{')).toHaveProperty('problems')
    expect(requestOf('null')).toHaveProperty('problems')
  })

  it('keeps what the form has no field for', () => {
    const request = { ...useDraft.getState().request, model: 'local', track: false }
    expect(requestOf(JSON.stringify(request))).toEqual({ request })
  })
})

it('keeps a frame between both ends of a range', () => {
  const scale = { duration: 10, frameRate: 25 }
  expect(movedEnds({ start: 2, end: 4 }, 'start', 9, scale)).toEqual({ start: 3.96, end: 4 })
  expect(movedEnds({ start: 2, end: 4 }, 'end', 0, scale)).toEqual({ start: 2, end: 2.04 })
  expect(movedEnds({ start: 2, end: 4 }, 'end', 90, scale)).toEqual({ start: 2, end: 10 })
  expect(movedEnds({ start: 2, end: 4 }, 'start', -1, scale)).toEqual({ start: 0, end: 4 })
})
