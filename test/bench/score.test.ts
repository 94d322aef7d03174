import { expect, test } from 'vitest'
import { score, shares, sumOf } from '../../bench/scenes/score.mjs'

const labels = (hard: number[], gradual: { start: number; end: number }[] = [], ignore: [number, number][] = []) => ({
  hard,
  gradual,
  ignore,
})

test('a cut is met within two frames, and no further off', () => {
  expect(score([98, 202], labels([100, 200])).counts).toMatchObject({ hits: 2, exact: 0, falseAlarms: 0 })
  expect(score([97, 203], labels([100, 200]))).toMatchObject({
    missed: [100, 200],
    falseAlarms: [97, 203],
    counts: { hits: 0, truths: 2 },
  })
})

test('a boundary meets one cut, and a cut takes one boundary', () => {
  expect(score([101], labels([100, 102]))).toMatchObject({ missed: [102], falseAlarms: [] })
  expect(score([99, 101], labels([100])).counts).toMatchObject({ hits: 1, falseAlarms: 1 })
})

test('cuts close together are paired so that as many as can be are met', () => {
  // taking the nearest boundary first would leave 12 without one
  expect(score([8, 11], labels([10, 12])).counts).toMatchObject({ hits: 2, falseAlarms: 0 })
  expect(score([14, 11], labels([12, 10])).counts).toMatchObject({ hits: 2, falseAlarms: 0 })
})

test('exact are the cuts met on their very frame', () => {
  expect(shares(score([100, 201, 300], labels([100, 200, 300, 400])).counts).exactShare).toBe(0.5)
})

test('any boundary in a slow transition meets it, and more are free', () => {
  const slow = labels([], [{ start: 50, end: 70 }])
  for (const frame of [48, 50, 60, 72]) expect(score([frame], slow).counts).toMatchObject({ gradualHits: 1, hits: 1 })
  for (const frame of [47, 73])
    expect(score([frame], slow)).toMatchObject({ missedGradual: [50], falseAlarms: [frame] })
  expect(score([50, 55, 70], slow).counts).toMatchObject({ hits: 1, falseAlarms: 0 })
})

test('slow transitions side by side take a boundary each', () => {
  const pair = labels([], [{ start: 10, end: 20 }, { start: 20, end: 30 }]) // prettier-ignore
  expect(score([19, 21], pair).counts).toMatchObject({ hits: 2, falseAlarms: 0 })
  expect(score([20], pair)).toMatchObject({ missedGradual: [20], falseAlarms: [] })
})

test('a cut takes its boundary before a slow transition does', () => {
  const both = labels([100], [{ start: 100, end: 120 }])
  expect(score([100], both)).toMatchObject({ missed: [], missedGradual: [100] })
  expect(score([100, 110], both).counts).toMatchObject({ hits: 2, falseAlarms: 0 })
})

test('what is to be ignored counts neither way', () => {
  const title = labels([100], [], [[40, 60]])
  expect(score([38, 50, 62, 100], title).counts).toMatchObject({ hits: 1, truths: 1, falseAlarms: 0 })
  expect(score([37, 63], title).falseAlarms).toEqual([37, 63])
})

test('shares are of the truths and of what was found', () => {
  const { counts } = score([100, 160, 500], labels([100, 200], [{ start: 150, end: 170 }]))
  const of = shares(counts)
  expect(of).toMatchObject({ gradualRecall: 1, exactShare: 0.5 })
  for (const value of [of.f1, of.precision, of.recall]) expect(value).toBeCloseTo(2 / 3)
})

test('nothing found where there is nothing is perfect; anything found there is not', () => {
  expect(shares(score([], labels([])).counts)).toEqual({
    f1: 1,
    precision: null,
    recall: null,
    gradualRecall: null,
    exactShare: null,
  })
  expect(shares(score([7], labels([])).counts)).toMatchObject({ f1: 0, precision: 0 })
  expect(shares(score([], labels([7])).counts)).toMatchObject({ f1: 0, recall: 0 })
})

test('several videos are scored as one by what was counted, not by the mean of their shares', () => {
  const large = score([100, 200, 300], labels([100, 200, 300])).counts
  const small = score([], labels([100])).counts
  expect(shares(sumOf([large, small]))).toMatchObject({ recall: 0.75, precision: 1 })
})
