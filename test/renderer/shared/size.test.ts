import { describe, expect, it } from 'vitest'
import { count, rate, size, sizeOf } from '../../../renderer/shared/format/size.ts'

describe('size', () => {
  it.each([
    [0, '0 kB'],
    [1, '1 kB'],
    [18_000, '18 kB'],
    [412_300_000, '412 MB'],
    [12_550_000_000, '12.55 GB'],
    [186_400_000_000, '186 GB'],
  ])('shows %d bytes as %s', (bytes, text) => {
    expect(size(bytes)).toBe(text)
  })

  it('shows both amounts in the unit of the larger', () => {
    expect(sizeOf(1_170_000_000, 2_600_000_000)).toBe('1.17 of 2.60 GB')
    expect(sizeOf(0, 2_600_000_000)).toBe('0.00 of 2.60 GB')
  })

  it('shows a rate', () => {
    expect(rate(84_000_000)).toBe('84 MB/s')
  })
})

describe('count', () => {
  it('uses the plural for all but one', () => {
    expect([0, 1, 13].map((amount) => count(amount, 'scene'))).toEqual(['0 scenes', '1 scene', '13 scenes'])
    expect(count(2, 'person', 'people')).toBe('2 people')
  })

  it('groups thousands', () => {
    expect(count(12_480, 'video')).toBe('12,480 videos')
  })
})
