import { expect, test } from 'vitest'
import { judgeEach, reliability, reliabilityLines } from '../../bench/scenes/reliability.mjs'

const labels = { hard: [100, 103], gradual: [{ start: 200, end: 220 }], ignore: [[300, 310] as const] }
const at = (frame: number, confidence: number) => ({ frame, confidence })

test('of two boundaries near one cut, only the surest is real', () => {
  const alone = { ...labels, hard: [100] }
  expect(judgeEach([at(99, 0.4), at(101, 0.8)], alone)).toEqual([
    { confidence: 0.8, isReal: true },
    { confidence: 0.4, isReal: false },
  ])
})

test('cuts close together take a boundary each', () => {
  expect(judgeEach([at(101, 0.9), at(102, 0.8)], labels).every(({ isReal }) => isReal)).toBe(true)
})

test('all boundaries within a slow transition are real; those in ignored ranges do not count', () => {
  expect(judgeEach([at(198, 0.3), at(222, 0.9), at(223, 0.7), at(305, 0.6)], labels)).toEqual([
    { confidence: 0.9, isReal: true },
    { confidence: 0.7, isReal: false },
    { confidence: 0.3, isReal: true },
  ])
})

test('a bin says how sure its boundaries were on average, and which share of them is real', () => {
  const bins = reliability([
    { confidence: 0.52, isReal: true },
    { confidence: 0.58, isReal: false },
    { confidence: 0.99, isReal: true },
    { confidence: 0.995, isReal: false },
    { confidence: 1, isReal: true },
  ])
  expect(bins.map(({ from, count, real }) => [from, count, real])).toEqual([
    [0.5, 2, 0.5],
    [0.9, 1, 1],
    [0.995, 2, 0.5],
  ])
  expect(bins[0]?.said).toBeCloseTo(0.55)
})

test('a bin that is wrong by more than five hundredths is marked, or that it has too few to say', () => {
  const lineOf = (count: number, real: number) =>
    reliabilityLines(Array.from({ length: count }, (_, index) => ({ confidence: 0.75, isReal: index < real }))).at(-1)
  expect(lineOf(40, 20)).toMatch(/^70–80 .*50\.0 % {2}off$/)
  expect(lineOf(40, 32)).toMatch(/80\.0 %$/)
  expect(lineOf(10, 5)).toMatch(/few$/)
})
