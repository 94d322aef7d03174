import { describe, expect, it } from 'vitest'
import type { StreamChunk, StreamTarget, TaskResults } from '../../../main/contract/index.ts'
import { RollUp } from '../../../main/engine/pipeline/roll-up.ts'

type Seen = readonly [className: string, confidence: number, more?: Partial<StreamTarget>]

/** One track, seen once a frame, `apart` seconds apart. */
function trackOf(seen: readonly (Seen | null)[], apart = 0.2): TaskResults['tracks'][number] {
  const all = new RollUp(undefined)
  for (const [at, one] of seen.entries()) {
    const targets: StreamTarget[] = one
      ? [{ track_id: 7, class: one[0], confidence: one[1], roi: { left: at, top: 0, width: 2, height: 2 }, ...one[2] }]
      : []
    all.add(chunk(at * 3, at * apart, targets))
  }
  const { tracks } = all.results({ id: 't', model: null, usage: { processed_frames: 1, processing_time_ms: 1 } })
  return tracks[0]!
}

function chunk(frame: number, pts: number, targets: StreamTarget[]): StreamChunk {
  const info = { total_frames: 100, decoded_frames: 0, dropped_frames: 0, fps: 25, elapsed_ms: 0 }
  return {
    ...{ id: '', object: 'mm.pipeline.chunk', finish_reason: null },
    stream_info: { frame_index: frame, pts, ...info },
    delta: { results: [{ index: 0, targets }] },
  }
}

describe('the class of a track', () => {
  it('is the one of the highest summed confidence, not the one seen most often', () => {
    expect(
      trackOf([
        ['car', 0.3],
        ['truck', 0.9],
        ['car', 0.3],
      ]).class,
    ).toBe('truck')
  })

  it('is not the one that was surest once', () => {
    expect(
      trackOf([
        ['truck', 0.95],
        ['car', 0.5],
        ['car', 0.5],
      ]).class,
    ).toBe('car')
  })

  it('is neither the first nor the last one seen', () => {
    expect(
      trackOf([
        ['bus', 0.4],
        ['car', 0.4],
        ['car', 0.4],
        ['van', 0.4],
      ]).class,
    ).toBe('car')
  })

  it('is the earlier of two equal ones', () => {
    expect(
      trackOf([
        ['car', 0.5],
        ['truck', 0.5],
      ]).class,
    ).toBe('car')
    expect(
      trackOf([
        ['truck', 0.5],
        ['car', 0.5],
      ]).class,
    ).toBe('truck')
  })
})

describe('a track', () => {
  it('begins and ends with the frames that show it, and counts those', () => {
    expect(trackOf([null, ['car', 0.5], null, ['car', 0.6], null])).toMatchObject({
      ...{ first_frame: 3, last_frame: 9, frames_seen: 2, dwell_seconds: 0.4, best_confidence: 0.6 },
    })
  })

  it('has the digest of the surest frame with an embedding', () => {
    const feature = (norm: number) => ({ feature: { dim: 4, norm } })
    const seen: Seen[] = [
      ['car', 0.5, feature(1)],
      ['car', 0.7, feature(2)],
      ['car', 0.99],
      ['car', 0.7, feature(3)],
    ]
    expect(trackOf(seen).feature_digest).toBe('dim=4;norm=2.0000')
  })

  it('keeps its four surest samples, a second apart at least', () => {
    const confidences = [0.5, 0.6, 0.9, 0.8, 0.3, 0.7, 0.4, 0.2, 0.95, 0.1]
    const { samples } = trackOf(
      confidences.map((confidence): Seen => ['car', confidence]),
      0.5,
    )
    expect(samples.map(({ pts, confidence }) => [pts, confidence])).toEqual([
      [4, 0.95],
      [1, 0.9],
      [2.5, 0.7],
    ])
  })

  it('keeps the earlier one of two samples that are equally sure', () => {
    const { samples } = trackOf(
      [
        ['car', 0.5],
        ['car', 0.5],
        ['car', 0.4],
      ],
      0.3,
    )
    expect(samples.map(({ pts }) => pts)).toEqual([0])
  })

  it('may have samples exactly a second apart', () => {
    const { samples } = trackOf(
      [
        ['car', 0.9],
        ['car', 0.8],
        ['car', 0.7],
        ['car', 0.6],
        ['car', 0.5],
      ],
      1,
    )
    expect(samples.map(({ pts }) => pts)).toEqual([0, 1, 2, 3])
  })

  it('is not made of targets without a number, and those of one number are one', () => {
    const all = new RollUp(undefined)
    const roi = { left: 0, top: 0, width: 2, height: 2 }
    const target = (track_id?: number): StreamTarget => ({
      ...{ class: 'car', confidence: 0.5, roi },
      ...(track_id === undefined ? {} : { track_id }),
    })
    all.add(chunk(0, 0, [target(2), target(), target(1)]))
    all.add(chunk(1, 1, [target(1)]))
    const { tracks } = all.results({ id: 't', model: 'm', usage: { processed_frames: 2, processing_time_ms: 1 } })
    expect(tracks.map(({ track_id, frames_seen }) => [track_id, frames_seen])).toEqual([
      [1, 2],
      [2, 1],
    ])
  })
})
