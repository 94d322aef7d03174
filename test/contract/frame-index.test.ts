import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FrameIndex } from '../../main/contract/index.ts'

const NTSC = [30_000, 1] as const

function steady(count: number, interval = 1001): FrameIndex {
  const ticks = Array.from({ length: count }, (_, frame) => frame * interval)
  return new FrameIndex({ ticks, ticksPerSecond: NTSC, lastTicks: interval, keys: new Set([0]) })
}

it('tells frames by time and times by frame, at every edge', () => {
  const index = steady(100)
  for (let frame = 0; frame < 100; frame += 1) {
    const [start, end] = [(frame * 1001) / 30_000, ((frame + 1) * 1001) / 30_000]
    expect(index.timeOf(frame)).toBeCloseTo(start, 9)
    expect(index.endOf(frame)).toBeCloseTo(end, 9)
    // Rounded to microseconds, as scenes and the window's player say it.
    const asked = [start, Math.floor(start * 1e6) / 1e6, (start + end) / 2, end - 0.0001]
    expect(asked.map((time) => index.frameAt(time))).toEqual([frame, frame, frame, frame])
  }
})

it('answers with the nearest there is outside of the video', () => {
  const late = new FrameIndex({ ticks: [500, 540], ticksPerSecond: [1000, 1], lastTicks: 40, keys: new Set([0]) })
  expect([late.frameAt(0), late.frameAt(-1), late.frameAt(9), late.nearestTo(0.521)]).toEqual([0, 0, 1, 1])
  expect([late.timeOf(-3), late.timeOf(7), late.endOf(7)]).toEqual([0.5, 0.54, 0.58])
})

it('calls a rate variable only beyond the rounding of the container', () => {
  const rounded = Array.from({ length: 50 }, (_, frame) => Math.round((frame * 1001) / 30))
  const webm = { ticksPerSecond: [1000, 1] as const, lastTicks: 33, keys: new Set([0]) }
  expect(new FrameIndex({ ...webm, ticks: rounded }).isVariable).toBe(false)
  expect(new FrameIndex({ ...webm, ticks: rounded.toSpliced(20, 1) }).isVariable).toBe(true)
  expect(steady(3).averageRate).toBeCloseTo(30_000 / 1001, 9)
  expect(steady(1).averageRate).toBeNull()
})

it('packs two hours of steady video into a few bytes, and an uneven one into about two a frame', () => {
  expect(steady(431_568).pack().length).toBeLessThan(40)
  let tick = 0
  const ticks = Array.from({ length: 10_000 }, (_, frame) => (tick += 30 + ((frame * 7919) % 13)))
  const uneven = new FrameIndex({ ticks, ticksPerSecond: [1000, 1], lastTicks: 30, keys: new Set([0]) })
  expect(uneven.pack().length).toBeLessThan(2.1 * 10_000)
})

it('comes out of its packed form as it went in, whatever the times', () => {
  const intervals = fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2 ** 40 })), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), intervals, fc.nat(59), (first, steps, key) => {
      let tick = first
      const ticks = [first, ...steps.map((step) => (tick += step))]
      const keys = new Set([0, Math.min(key, ticks.length - 1)])
      const index = new FrameIndex({ ticks, ticksPerSecond: [90_000, 1], lastTicks: 3, keys })
      const again = FrameIndex.unpack(index.pack())
      const tell = (of: FrameIndex) => ticks.map((_, frame) => [of.timeOf(frame), of.endOf(frame), of.isKey(frame)])
      expect([again.count, again.isVariable, tell(again)]).toEqual([ticks.length, index.isVariable, tell(index)])
    }),
  )
})

it('says so when bytes are no index, or half of one', () => {
  const packed = steady(100).pack()
  for (let length = 0; length < packed.length; length += 1) {
    expect(() => FrameIndex.unpack(packed.subarray(0, length))).toThrow(RangeError)
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(() => FrameIndex.unpack(bytes)).toThrow(RangeError)
    }),
  )
})
