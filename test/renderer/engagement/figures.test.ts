import { describe, expect, it } from 'vitest'
import {
  bucketName,
  hourName,
  percent,
  tooFew,
  trendText,
  wholeDay,
} from '../../../renderer/features/engagement/figures.ts'
import { leavingMost } from '../../../renderer/features/engagement/retention.ts'

it('shows neither something as nothing nor almost all', () => {
  expect([0, 0.2, 1, 62.4, 99.6, 100].map(percent)).toEqual(['0%', '<1%', '1%', '62%', '>99%', '100%'])
})

describe('a trend', () => {
  const words = (current: number, previous: number, change: number | null) =>
    trendText({ current, previous, change }, String, 5)

  it('is shown in percent of the period before', () => {
    expect(words(120, 100, 20)).toEqual({ direction: 'up', text: 'Up 20% on the previous period' })
    expect(words(95, 100, -5)).toEqual({ direction: 'down', text: 'Down 5% on the previous period' })
    expect(words(100, 100, 0)).toEqual({ direction: 'same', text: 'Same as the previous period' })
  })

  it('is shown without percent where there was little or nothing before', () => {
    expect(words(4, 2, 100)).toEqual({ direction: 'up', text: '2 in the previous period' })
    expect(words(4, 0, null)).toEqual({ direction: 'up', text: 'None in the previous period' })
    expect(words(0, 0, null)).toEqual({ direction: 'same', text: 'None in either period' })
  })
})

it('says when there is too little to show', () => {
  expect(tooFew(1, 'a curve')).toBe('1 view: too few for a curve.')
  expect(tooFew(3, 'a curve')).toBe('3 views: too few for a curve.')
})

describe('an axis of time', () => {
  it('names a bucket by where it begins', () => {
    const start = new Date(2026, 10, 19, 14).toISOString()
    expect(bucketName(start, 'hourly', true)).toBe('14:00')
    expect(bucketName(start, 'daily', true)).toBe('19 Nov')
    expect(bucketName(start, 'weekly')).toBe('Week from 19 Nov')
  })
})

it('puts the hours of a day in order, those without views too', () => {
  const day = wholeDay([
    { hour: 14, views: 9 },
    { hour: 0, views: 2 },
  ])
  expect(day).toHaveLength(24)
  expect([day[0], day[1], day[14], hourName(9)]).toEqual([2, 0, 9, '09:00'])
})

describe('the retention curve', () => {
  it('marks where most leave before the end, if anybody does', () => {
    expect(leavingMost([{ ended: 2 }, { ended: 7 }, { ended: 30 }])).toBe(1)
    expect(leavingMost([{ ended: 0 }, { ended: 0 }, { ended: 30 }])).toBeNull()
  })
})
