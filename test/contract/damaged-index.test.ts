import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameIndex } from '../../main/contract/index.ts'

const STEADY = new FrameIndex({
  ticks: Array.from({ length: 500 }, (_, frame) => frame * 1001),
  ...{ ticksPerSecond: [30_000, 1], lastTicks: 1001, keys: new Set([0, 250]) },
})
const UNEVEN = new FrameIndex({
  ticks: Array.from({ length: 60 }, (_, frame) => frame * 40 + ((frame * 7919) % 13)),
  ...{ ticksPerSecond: [1000, 1], lastTicks: 40, keys: new Set([0, 7, 30, 59]) },
})
const LATE = new FrameIndex({ ticks: [-500, 540], ticksPerSecond: [1000, 3], lastTicks: 40, keys: new Set([0]) })
const INDEXES = [STEADY, UNEVEN, LATE]

/** All that an index tells. */
function told(index: FrameIndex) {
  const frames = Array.from({ length: index.count }, (_, frame) => frame)
  return {
    frames: frames.map((frame) => [index.timeOf(frame), index.endOf(frame), index.isKey(frame)]),
    keys: [...index.keys()],
    ...{ isVariable: index.isVariable, averageRate: index.averageRate },
  }
}

describe('a frame index with damaged bytes', () => {
  it('comes out as it went in while they are whole', () => {
    for (const index of INDEXES) expect(told(FrameIndex.unpack(index.pack()))).toEqual(told(index))
  })

  it('is refused for every single bit that was flipped', () => {
    for (const index of INDEXES) {
      const packed = index.pack()
      for (let bit = 0; bit < packed.length * 8; bit += 1) {
        const damaged = Uint8Array.from(packed)
        damaged[bit >> 3]! ^= 1 << (bit & 7)
        expect(() => FrameIndex.unpack(damaged), `bit ${bit}`).toThrow(RangeError)
      }
    }
  })

  it('is refused when it is cut short anywhere, or longer than it was', () => {
    for (const index of INDEXES) {
      const packed = index.pack()
      for (let length = 0; length < packed.length; length += 1) {
        expect(() => FrameIndex.unpack(packed.subarray(0, length))).toThrow(RangeError)
      }
      for (const more of [[0], [1], [0x80], [...packed]]) {
        expect(() => FrameIndex.unpack(Uint8Array.from([...packed, ...more]))).toThrow(RangeError)
      }
    }
  })

  it('is refused whatever was written over it', () => {
    const damage = fc.record({
      which: fc.nat(INDEXES.length - 1),
      at: fc.nat(400),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
    })
    fc.assert(
      fc.property(damage, ({ which, at, bytes }) => {
        const packed = INDEXES[which]!.pack()
        const damaged = Uint8Array.from(packed)
        damaged.set(bytes.subarray(0, packed.length - (at % packed.length)), at % packed.length)
        if (damaged.every((byte, index) => byte === packed[index])) return
        expect(() => FrameIndex.unpack(damaged)).toThrow(RangeError)
      }),
      { numRuns: 1000 },
    )
  })

  it('is refused when it is of no index at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => FrameIndex.unpack(bytes)).toThrow(RangeError)
        // With our own beginning.
        expect(() => FrameIndex.unpack(Buffer.concat([Buffer.from('FRI2'), bytes]))).toThrow(RangeError)
      }),
      { numRuns: 500 },
    )
  })
})
