import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameIndex } from '../../../main/contract/index.ts'
import { select, type SamplingRequest } from '../../../main/engine/pipeline/sampling.ts'

const steady = (count: number, rate: number, from = 0) =>
  new FrameIndex({
    ticks: Array.from({ length: count }, (_, frame) => from + frame * (90_000 / rate)),
    ticksPerSecond: [90_000, 1],
    lastTicks: 90_000 / rate,
    keys: new Set(Array.from({ length: Math.ceil(count / 10) }, (_, key) => key * 10)),
  })

/** Frames at any distance from each other, as phones and screen recorders write them; the shortest in milliseconds. */
interface Uneven {
  readonly index: FrameIndex
  readonly shortest: number
}

const uneven: fc.Arbitrary<Uneven> = fc
  .array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 120 })
  .map((gaps) => {
    const ticks = gaps.map((_, at) => gaps.slice(0, at).reduce((sum, gap) => sum + gap, 0))
    const index = new FrameIndex({ ticks, ticksPerSecond: [1000, 1], lastTicks: 40, keys: new Set([0]) })
    return { index, shortest: Math.min(40, ...gaps.slice(0, -1)) }
  })

/** PI-20, word for word and slow. A sample takes a frame that begins up to half a tick before it, or a quarter frame. */
function byTheRule({ index, shortest }: Uneven, rate: number, start: number, end: number): number[] {
  const half = Math.min(0.0005, shortest / 4000)
  const frames = Array.from({ length: index.count }, (_, frame) => frame)
  const within = frames.filter((frame) => index.timeOf(frame) >= start - half && index.timeOf(frame) < end - half)
  const chosen = new Set<number>()
  const last = within.at(-1)
  if (last === undefined) return []
  for (let sample = 0; start + sample / rate <= index.timeOf(last) + half; sample += 1) {
    const first = within.find((frame) => index.timeOf(frame) >= start + sample / rate - half)
    if (first !== undefined) chosen.add(first)
  }
  return [...chosen]
}

const framesOf = async (index: FrameIndex, wanted: SamplingRequest) => (await select(index, wanted)).frames

describe('sampling', () => {
  it.each<[what: string, wanted: SamplingRequest, frames: number[]]>([
    ['one a second, when nothing is said', {}, [0, 25, 50, 75]],
    ['5 a second', { sampling: { mode: 'fps', value: 5 }, range: { end: 1 } }, [0, 5, 10, 15, 20]],
    ['every frame above the rate', { sampling: { mode: 'fps', value: 60 }, range: { end: 0.2 } }, [0, 1, 2, 3, 4]],
    ['10 a second, unevenly', { sampling: { mode: 'fps', value: 10 }, range: { end: 0.5 } }, [0, 3, 5, 8, 10]],
    ['one in two seconds', { sampling: { mode: 'interval', value: 2 } }, [0, 50]],
    ['keys', { sampling: { mode: 'keyframe' }, range: { start: 15, end: 45, unit: 'frames' } }, [20, 30, 40]],
    ['from a second on', { range: { start: 1.5 } }, [38, 63, 88]],
    ['from a frame on', { range: { start: 30, end: 60, unit: 'frames' } }, [30, 55]],
    ['nothing past the end', { range: { start: 10 } }, []],
    ['nothing past the last frame', { range: { start: 500, unit: 'frames' } }, []],
  ])('takes %s', async (_what, wanted, frames) => {
    expect(await framesOf(steady(100, 25), wanted)).toEqual(frames)
  })

  it('is cut only where one more was due', async () => {
    const index = steady(100, 25)
    expect(await select(index, { max_frames: 4 })).toMatchObject({ isCut: false, frames: [0, 25, 50, 75] })
    expect(await select(index, { max_frames: 3 })).toMatchObject({ isCut: true, frames: [0, 25, 50] })
  })

  it('follows its rule on any film', async () => {
    await fc.assert(
      fc.asyncProperty(
        uneven,
        fc.double({ min: 0.2, max: 80, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        async (film, rate, start, lasting) => {
          const wanted: SamplingRequest = {
            sampling: { mode: 'fps', value: rate },
            range: { start, end: start + lasting },
          }
          expect(await framesOf(film.index, wanted)).toEqual(byTheRule(film, rate, start, start + lasting))
        },
      ),
      { numRuns: 300 },
    )
  })
})
