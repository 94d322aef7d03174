import { describe, expect, it } from 'vitest'
import { RateMeter } from '../../main/base/rate-meter.ts'

const SECOND = 1000

function steadily(meter: RateMeter, bytesPerSecond: number, seconds: number, from = 0): number {
  meter.begin(from)
  for (let second = 1; second <= seconds; second += 1) meter.add(bytesPerSecond, from + second * SECOND)
  return from + seconds * SECOND
}

describe('the rate of an upload', () => {
  it('is unknown before two samples and two seconds', () => {
    const meter = new RateMeter()
    expect(meter.bytesPerSecond(0)).toBeNull()
    meter.begin(0)
    meter.add(100, 500)
    expect(meter.secondsLeft(1000, 600)).toBeNull()
    meter.add(100, 1_000)
    expect(meter.secondsLeft(1000, 1_000)).toBeNull()
    meter.add(100, 2_000)
    expect(meter.secondsLeft(1000, 2_000)).not.toBeNull()
  })

  it('equals a steady pace', () => {
    const meter = new RateMeter()
    const now = steadily(meter, 5_000, 60)
    expect(meter.bytesPerSecond(now)).toBeCloseTo(5_000, 6)
    expect(meter.secondsLeft(12_000, now)).toBe(3)
  })

  it('adds parallel parts up, because they share the wall clock', () => {
    const meter = new RateMeter()
    meter.begin(0)
    for (let second = 1; second <= 30; second += 1) {
      for (let lane = 0; lane < 5; lane += 1) meter.add(1_000, second * SECOND)
    }
    expect(meter.bytesPerSecond(30_000)).toBeCloseTo(5_000, 6)
  })

  it('follows a change half-way within its half-life of ten seconds', () => {
    const meter = new RateMeter()
    const changed = steadily(meter, 1_000, 600)
    const now = steadily(meter, 3_000, 10, changed)
    expect(meter.bytesPerSecond(now)).toBeGreaterThan(1_900)
    expect(meter.bytesPerSecond(now)).toBeLessThan(2_100)
  })

  it('starts afresh after a gap of thirty seconds, as after sleep', () => {
    const meter = new RateMeter()
    const asleep = steadily(meter, 1_000_000, 30)
    const awake = asleep + 3_600_000
    expect(meter.bytesPerSecond(awake)).toBeNull()
    const now = steadily(meter, 2_000, 5, awake)
    expect(meter.bytesPerSecond(now)).toBeCloseTo(2_000, 6)
  })

  it('has nothing left to wait for when nothing remains', () => {
    expect(new RateMeter().secondsLeft(0, 0)).toBe(0)
  })
})

it('says nothing after one sample, however long it took, nor within two seconds', () => {
  const meter = new RateMeter()
  meter.begin(0)
  meter.add(1000, 3000)
  expect(meter.bytesPerSecond(3000)).toBeNull()
  meter.add(1000, 4000)
  expect(meter.bytesPerSecond(4000)).not.toBeNull()
  const hasty = new RateMeter()
  hasty.begin(0)
  hasty.add(1000, 900)
  hasty.add(1000, 1999)
  expect([hasty.bytesPerSecond(1999), hasty.bytesPerSecond(2000) !== null]).toEqual([null, true])
})
