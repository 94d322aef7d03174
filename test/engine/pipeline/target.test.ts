import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxOf, roiOf, round, toStream } from '../../../main/engine/pipeline/target.ts'

const SIZE = { width: 640, height: 480 }

describe('where something is, in whole pixels of the frame', () => {
  it.each([
    [
      { left: 10.4, top: 20.6, width: 30, height: 40 },
      { left: 10, top: 21, width: 30, height: 40 },
    ],
    [
      { left: -5, top: -7, width: 10, height: 10 },
      { left: 0, top: 0, width: 5, height: 3 },
    ],
    [
      { left: 630, top: 470, width: 100, height: 100 },
      { left: 630, top: 470, width: 10, height: 10 },
    ],
    [
      { left: 700, top: 500, width: 10, height: 10 },
      { left: 639, top: 479, width: 1, height: 1 },
    ],
    [
      { left: 5, top: 5, width: 0, height: 0 },
      { left: 5, top: 5, width: 1, height: 1 },
    ],
    [
      { left: -50, top: -50, width: 10, height: 10 },
      { left: 0, top: 0, width: 1, height: 1 },
    ],
  ])('%j is %j', (box, roi) => {
    expect(roiOf(box, SIZE)).toEqual(roi)
  })

  it('is never empty and never outside, whatever it is', () => {
    const number = fc.double({ min: -2000, max: 2000, noNaN: true })
    fc.assert(
      fc.property(number, number, number, number, (left, top, width, height) => {
        const roi = roiOf({ left, top, width: Math.abs(width), height: Math.abs(height) }, SIZE)
        expect(Object.values(roi).every(Number.isInteger)).toBe(true)
        expect(Math.min(roi.left, roi.top)).toBeGreaterThanOrEqual(0)
        expect(Math.min(roi.width, roi.height)).toBeGreaterThanOrEqual(1)
        expect(roi.left + roi.width).toBeLessThanOrEqual(SIZE.width)
        expect(roi.top + roi.height).toBeLessThanOrEqual(SIZE.height)
      }),
    )
  })
})

describe('a target in the stream', () => {
  it('has a track id, text and an embedding only where it has them', () => {
    const target = { className: 'car', confidence: 0.5, box: { left: 0, top: 0, width: 10, height: 10 } }
    expect(Object.keys(toStream(target, SIZE)).toSorted()).toEqual(['class', 'confidence', 'roi'])
    const embedding = { vector: Float32Array.from([3, 4]), isSent: false }
    expect(toStream({ ...target, trackId: 0, embedding }, SIZE)).toMatchObject({
      ...{ track_id: 0, feature: { dim: 2, norm: 5 } },
    })
    expect(toStream({ ...target, embedding }, SIZE).feature).not.toHaveProperty('vector')
    expect(toStream({ ...target, embedding: { ...embedding, isSent: true } }, SIZE).feature?.vector).toEqual([3, 4])
  })

  it('has confidences of four decimals, and boxes around points', () => {
    expect([round(0.123_45), round(0.999_99), round(0)]).toEqual([0.1235, 1, 0])
    expect(
      boxOf([
        [5, 1],
        [2, 8],
        [9, 4],
      ]),
    ).toEqual({ left: 2, top: 1, width: 7, height: 7 })
  })
})
