import { describe, expect, it } from 'vitest'
import { clock, clockRange, dayName, longDate, span, timeLeft } from '../../../renderer/shared/format/time.ts'
import { timecode } from '../../../renderer/shared/format/timecode.ts'

describe('clock', () => {
  it.each([
    [0, '0:00'],
    [59.999, '0:59'],
    [402, '6:42'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('shows %d s as %s', (seconds, text) => {
    expect(clock(seconds)).toBe(text)
  })

  it('joins a range', () => {
    expect(clockRange(161, 199.5)).toBe('2:41-3:19')
  })
})

describe('timecode', () => {
  it('counts hours, minutes, seconds and frames', () => {
    expect(timecode(3 * 60 + 12 + 10 / 25, 25)).toBe('00:03:12:10')
    expect(timecode(3600, 25)).toBe('01:00:00:00')
  })

  it.each([23.976, 24, 25, 29.97, 30, 50, 59.94])('never shows the frame before at a frame start of %d fps', (rate) => {
    const whole = Math.round(rate)
    for (const frame of [0, 1, 7, 23, 100, 1799, 107_892]) {
      const shown = timecode(frame / rate, rate)
      const [hours = 0, minutes = 0, seconds = 0, frames = 0] = shown.split(':').map(Number)
      expect(((hours * 60 + minutes) * 60 + seconds) * whole + frames).toBe(frame)
    }
  })

  it('stays on a frame until its end', () => {
    expect(timecode(10.9 / 25, 25)).toBe('00:00:00:10')
  })
})

describe('span', () => {
  it.each([
    [43, '43 s'],
    [59.6, '1 min'],
    [150, '3 min'],
    [3599, '1 h'],
    [5880, '1 h 38 min'],
    [47 * 3600, '47 h'],
    [75 * 3600, '3 days 3 h'],
    [99_322 * 3600, '4,138 days'],
  ])('says %d s as %s', (seconds, text) => {
    expect(span(seconds)).toBe(text)
  })

  it('says nothing about a time left that is not known', () => {
    expect(timeLeft(null)).toBe('')
    expect(timeLeft(28)).toBe('28 s left')
  })
})

describe('dayName', () => {
  const now = new Date(2026, 3, 12, 0, 30)
  const at = (day: number, hour: number): string => new Date(2026, 3, day, hour).toISOString()

  it('goes by the calendar, not by 24 hours', () => {
    expect(dayName(at(12, 0), now)).toBe('Today')
    expect(dayName(at(11, 23), now)).toBe('Yesterday')
    expect(dayName(at(9, 12), now)).toBe('Thursday')
  })

  it('names older days, and those to come, by date', () => {
    expect(dayName(at(5, 12), now)).toBe(longDate(at(5, 12)))
    expect(dayName(at(13, 12), now)).toBe('13 April 2026')
  })
})
