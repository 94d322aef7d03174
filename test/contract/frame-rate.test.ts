import { expect, it } from 'vitest'
import { FrameIndex } from '../../main/contract/index.ts'

function indexOf(times: readonly number[], ticksPerSecond: readonly [number, number]): FrameIndex {
  const ticks = times.map((seconds) => Math.round((seconds * ticksPerSecond[0]) / ticksPerSecond[1]))
  return new FrameIndex({ ticks, ticksPerSecond, lastTicks: 1, keys: new Set([0]) })
}

const even = (rate: number, count: number): number[] => Array.from({ length: count }, (_, frame) => frame / rate)

it.each([
  [24_000 / 1001, 23.976],
  [30_000 / 1001, 29.97],
  [60_000 / 1001, 59.94],
  [12.5, 12.5],
  [0.1, 0.1],
  [25, 25],
  [240, 240],
])('%d frames a second are said the same by every container', (rate, said) => {
  for (const clock of [
    [1000, 1],
    [90_000, 1],
    [600, 1],
    [12_800, 1],
  ] as const) {
    // Milliseconds leave room for 239.76 within less than ten seconds of 240.
    expect(indexOf(even(rate, 3000), clock).rate(null)).toBe(said)
  }
  expect(indexOf(even(rate, 200), [Math.round(rate * 1001), 1001]).rate(null)).toBeCloseTo(said, 2)
})

it('believes the container where a film is too short to tell', () => {
  const short = indexOf(even(30_000 / 1001, 12), [1000, 1])
  expect([short.rate(29.97), short.rate(30)]).toEqual([29.97, 30])
  expect(indexOf([0], [1000, 1]).rate(25)).toBe(25)
  expect(indexOf([0], [1000, 1]).rate(null)).toBeNull()
})

it('is the usual one where few frames are missing, and the average where many are', () => {
  const film = even(25, 200)
  expect(indexOf(film.toSpliced(190, 3), [1000, 1]).rate(null)).toBe(25)
  const gap = film.map((time, frame) => (frame > 100 ? time + 7200 : time))
  expect(indexOf(gap, [12_800, 1]).rate(null)).toBe(25)
  const lossy = film.filter((_, frame) => frame % 7 !== 3)
  expect(
    [
      [1000, 1],
      [12_800, 1],
    ].map((clock) => indexOf(lossy, clock as [number, number]).rate(null)),
  ).toEqual([21.46, 21.46])
})

it('counts frames of AVI with gaps as uneven', () => {
  const full = even(25, 100)
  expect(indexOf(full, [25, 1]).isVariable).toBe(false)
  expect(
    indexOf(
      full.filter((_, frame) => frame % 3 !== 2),
      [25, 1],
    ).isVariable,
  ).toBe(true)
})
