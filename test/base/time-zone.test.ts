import { describe, expect, it } from 'vitest'
import { TimeZone } from '../../main/base/time-zone.ts'

describe('a day of a time zone begins', () => {
  it.each([
    ['UTC', '2026-03-29', '2026-03-29T00:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['Asia/Kolkata', '2026-06-01', '2026-05-31T18:30:00.000Z'],
    // Clocks jump over midnight: there the day begins at one.
    ['America/Havana', '2026-03-08', '2026-03-08T05:00:00.000Z'],
    // Clocks show midnight twice: the day begins with the first.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['Pacific/Chatham', '2026-04-05', '2026-04-04T10:15:00.000Z'],
  ])('%s %s at %s', (zone, date, instant) => {
    const calendar = new TimeZone(zone)
    const day = Date.parse(date)
    expect(new Date(calendar.startOfDay(day)).toISOString()).toBe(instant)
    expect(calendar.dayAt(calendar.startOfDay(day))).toBe(day)
    expect(calendar.dayAt(calendar.startOfDay(day) - 1)).toBe(day - 86_400_000)
  })
})

it('the offsets of a span change when the clocks do', () => {
  const from = Date.parse('2026-03-01T00:00:00Z')
  const offsets = new TimeZone('Europe/Berlin').offsetsIn(from, Date.parse('2026-04-01T00:00:00Z'))
  expect(offsets).toEqual([
    { from, offset: 3_600_000 },
    { from: Date.parse('2026-03-29T01:00:00Z'), offset: 7_200_000 },
  ])
})
