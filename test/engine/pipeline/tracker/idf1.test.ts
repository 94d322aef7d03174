import { describe, expect, test } from 'vitest'
import { type Labelled, scoreIdentities } from '../../../../bench/tracking/idf1.ts'

const at = (id: string | number, left: number): Labelled => ({ id, box: { left, top: 0, width: 10, height: 20 } })
const score = (truth: Labelled[][], found: Labelled[][]) => scoreIdentities(truth, found)

describe('IDF1', () => {
  const two = Array.from({ length: 10 }, () => [at('a', 0), at('b', 100)])

  test('is 1 when everybody keeps one number, whatever it is', () => {
    const found = two.map(() => [at(7, 1), at(3, 101)])
    expect(score(two, found)).toMatchObject({ idf1: 1, precision: 1, recall: 1, identities: 2, tracks: 2, switches: 0 })
  })

  test('counts one number only for each identity: half is lost when it changes halfway', () => {
    const found = two.map((_, frame) => [at(frame < 5 ? 1 : 2, 0), at(3, 100)])
    // 15 of 20 boxes are right, of 20 found
    expect(score(two, found)).toMatchObject({ idf1: 0.75, switches: 1 })
  })

  test('two that swap ids each count for the longer part', () => {
    const found = two.map((_, frame) => (frame < 7 ? [at(1, 0), at(2, 100)] : [at(2, 0), at(1, 100)]))
    expect(score(two, found)).toMatchObject({ idf1: 0.7, switches: 2 })
  })

  test('one number for two people is right for one of them', () => {
    const found = two.map(() => [at(1, 0), at(1, 100)])
    expect(score(two, found)).toMatchObject({ idf1: 0.5, tracks: 1 })
  })

  test('weighs what is missed and what is made up alike', () => {
    const missed = two.map(() => [at(1, 0)])
    expect(score(two, missed)).toMatchObject({ precision: 1, recall: 0.5 })
    expect(score(two, missed).idf1).toBeCloseTo(20 / 30)
    const madeUp = two.map(() => [at(1, 0), at(2, 100), at(3, 200)])
    expect(score(two, madeUp).idf1).toBeCloseTo(40 / 50)
  })

  test('wants boxes that share half of what they cover', () => {
    // moved by 3 of 10: 7 shared of 13; by 4: 6 of 14
    expect(score([[at('a', 0)]], [[at(1, 3)]]).idf1).toBe(1)
    expect(score([[at('a', 0)]], [[at(1, 4)]]).idf1).toBe(0)
  })

  test('assigns ids so that the total match is best, also where a greedy match is not', () => {
    // track 1 was with a for six frames and with b for five; track 2 was with a for five
    const truth = Array.from({ length: 6 }, () => [at('a', 0)]).concat(Array.from({ length: 5 }, () => [at('a', 0), at('b', 100)])) // prettier-ignore
    const found = Array.from({ length: 6 }, () => [at(1, 0)]).concat(Array.from({ length: 5 }, () => [at(2, 0), at(1, 100)])) // prettier-ignore
    // a–2 and b–1: 5 + 5; a–1 alone: 6
    expect(score(truth, found).idf1).toBeCloseTo((2 * 10) / (16 + 16))
  })

  test('is perfect where there is nothing and nothing is found', () => {
    expect(score([[], []], [[], []]).idf1).toBe(1)
    expect(score([[]], [[at(1, 0)]]).idf1).toBe(0)
  })
})
