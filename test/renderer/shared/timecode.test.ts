import { describe, expect, it } from 'vitest'
import { countedTimecode, hasDropFrame, timecode } from '../../../renderer/shared/format/timecode.ts'

describe('drop-frame timecode', () => {
  it.each([
    [0, 30, '00:00:00;00'],
    [1799, 30, '00:00:59;29'],
    [1800, 30, '00:01:00;02'],
    [17_981, 30, '00:09:59;29'],
    [17_982, 30, '00:10:00;00'],
    [107_892, 30, '01:00:00;00'],
    [3600, 60, '00:01:00;04'],
    [215_784, 60, '01:00:00;00'],
  ])('of frame %d, %d to a second: %s', (frame, whole, text) => {
    expect(countedTimecode(frame, whole, true)).toBe(text)
  })

  it('stays with the clock, where counting falls behind', () => {
    expect([timecode(3600, 29.97, true), timecode(3600, 29.97)]).toEqual(['01:00:00;00', '00:59:56:12'])
  })

  it('exists for 29.97 and 59.94 frames a second only', () => {
    expect([29.97, 59.94, 23.976, 30, 25].map(hasDropFrame)).toEqual([true, true, false, false, false])
    expect(timecode(60, 25, true)).toBe('00:01:00:00')
  })
})

it.each([
  [39.92, 12.5, '00:00:39:11'],
  [40, 12.5, '00:00:40:00'],
  [30, 0.1, '00:00:30:00'],
  [4.004, 23.976, '00:00:04:00'],
  [9.999_9, 7.5, '00:00:10:00'],
])('%d s at %d frames a second is %s', (seconds, rate, text) => {
  expect(timecode(seconds, rate)).toBe(text)
})
