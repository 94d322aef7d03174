import { expect, test } from 'vitest'
import { judgeKinds } from '../../bench/scenes/budgets.mjs'
import { isWanted, seedsOf } from '../../bench/scenes/kinds/choice.mjs'
import { judge, kindsBelow, totals } from '../../bench/scenes/kinds/report.mjs'

const truth = { hard: [50, 100], gradual: [{ start: 200, end: 220 }], ignore: [] }
const at = (frame: number, kind: string, confidence = 0.9) => ({ frame, kind, confidence })
const film = (kind: string, candidates: ReturnType<typeof at>[], scenes = candidates.map(({ frame }) => frame)) =>
  judge({ kind, seed: 1, truth, candidates, scenes })

test('a false alarm counts against cuts or slow transitions, by what it is said to be', () => {
  const found = [at(50, 'cut'), at(100, 'cut'), at(210, 'dissolve'), at(130, 'cut'), at(150, 'wipe'), at(160, 'fade')]
  const total = totals([film('a', found)], 'before')
  expect(total).toMatchObject({ falseCuts: 1, hardHits: 2, hardF1: 0.8, gradualF1: 0.5 })
})

test('candidates that are not believed, and drifts, are no boundaries', () => {
  const total = totals([film('a', [at(50, 'cut'), at(130, 'cut', 0.49), at(150, 'drift')])], 'before')
  expect(total.counts).toMatchObject({ hits: 1, falseAlarms: 0 })
})

test('scenes at the default settings are judged apart', () => {
  const one = film('a', [at(50, 'cut'), at(100, 'cut'), at(104, 'cut')], [50, 100])
  expect([totals([one], 'before').falseCuts, totals([one], 'after').falseCuts]).toEqual([1, 0])
})

test('a kind is judged by all its films together', () => {
  const all = [at(50, 'cut'), at(100, 'cut'), at(210, 'dissolve')]
  expect(kindsBelow([film('good', all), film('bad', all), film('bad', [])], 'before')).toEqual(['bad'])
})

test('budgets are kept from their very figures on', () => {
  const kept = (hardF1: number, gradualF1: number, below: number) =>
    judgeKinds({ hardF1, gradualF1 }, below).map((verdict) => verdict.kept)
  expect(kept(0.99, 0.95, 0)).toEqual([true, true, true])
  expect(kept(0.989, 0.949, 1)).toEqual([false, false, false])
})

test('seeds are numbers and ranges, kinds are parts of names', () => {
  expect(seedsOf('1-3,7')).toEqual([1, 2, 3, 7])
  expect(() => seedsOf('one')).toThrow('no seed')
  expect(isWanted('plain greys', 'grain, grey')).toBe(true)
  expect(isWanted('plain greys', 'night')).toBe(false)
})
