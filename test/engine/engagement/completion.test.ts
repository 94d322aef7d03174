import { describe, expect, it } from 'vitest'
import { averageCompletion, completionOf, percentOf, quartersOf } from '../../../main/engine/engagement/completion.ts'

/** So many views that ended after this share of the video, in percent. */
const ended = (percent: number, views = 1) => ({
  ...{ device: 'desktop', step: Math.min(20, Math.floor(percent / 5)), views },
  completion: percent * 1_000_000 * views,
})

describe('how far people watched', () => {
  it('is put into quarters: half-open, but for the last one', () => {
    const endings = [0, 24.9, 25, 49.9, 50, 74.9, 75, 99.9, 100, 100].map((percent) => ended(percent))
    expect(quartersOf(endings)).toEqual([
      { from: 0, to: 25, views: 2, percentage: 20 },
      { from: 25, to: 50, views: 2, percentage: 20 },
      { from: 50, to: 75, views: 2, percentage: 20 },
      { from: 75, to: 100, views: 4, percentage: 40 },
    ])
    expect(quartersOf([]).map(({ views, percentage }) => [views, percentage])).toEqual(Array(4).fill([0, 0]))
  })

  it('is complete from 90 percent on', () => {
    const rate = (...percents: number[]) => completionOf(percents.map((percent) => ended(percent))).completionRate
    expect([rate(89.9), rate(90), rate(89.9, 90), rate(90, 100, 0)]).toEqual([0, 100, 50, 66.7])
  })

  it('says of each tenth how many ended in it, and how many reached it', () => {
    const {
      totalViews,
      averageCompletion: average,
      dropOff,
    } = completionOf([ended(5, 2), ended(15), ended(95), ended(100, 4)])
    expect([totalViews, average]).toEqual([8, 65])
    expect(dropOff.map((step) => [step.from, step.to, step.ended, step.reached, step.retention])).toEqual([
      [0, 10, 2, 8, 100],
      [10, 20, 1, 6, 75],
      ...[2, 3, 4, 5, 6, 7, 8].map((tenth) => [tenth * 10, tenth * 10 + 10, 0, 5, 62.5]),
      [90, 100, 5, 5, 62.5],
    ])
  })

  it('is 0 without views', () => {
    expect(completionOf([])).toMatchObject({ totalViews: 0, completionRate: 0, averageCompletion: 0 })
    expect([percentOf(0, 0), percentOf(1, 3), averageCompletion({ views: 0, completion: 0 })]).toEqual([0, 33.3, 0])
  })
})
