import { describe, expect, it } from 'vitest'
import type { Counting, StreamChunk, StreamTarget } from '../../../main/contract/index.ts'
import { crossing, isWithin } from '../../../main/engine/pipeline/geometry.ts'
import { RollUp } from '../../../main/engine/pipeline/roll-up.ts'

const target = (
  track_id: number,
  confidence: number,
  x: number,
  y = 50,
  more: Partial<StreamTarget> = {},
): StreamTarget => ({
  ...{ track_id, class: 'car', confidence, roi: { left: x - 5, top: y - 5, width: 10, height: 10 } },
  ...more,
})

function rolledUp(frames: StreamTarget[][], counting?: Counting) {
  const all = new RollUp(counting)
  for (const [frame, targets] of frames.entries()) {
    const info = {
      frame_index: frame * 5,
      total_frames: 100,
      decoded_frames: 0,
      dropped_frames: 0,
      fps: 25,
      elapsed_ms: 0,
    }
    const chunk: StreamChunk = {
      ...{ id: '', object: 'mm.pipeline.chunk', finish_reason: null },
      stream_info: { ...info, pts: frame / 5 },
      delta: { results: [{ index: 0, targets }] },
    }
    all.add(chunk)
  }
  return all.results({ id: 't', model: null, usage: { processed_frames: frames.length, processing_time_ms: 1 } })
}

describe('the roll-up', () => {
  it('adds up each track from the stream', () => {
    const feature = (norm: number) => ({ feature: { dim: 4, norm } })
    const { tracks } = rolledUp([
      [target(1, 0.5, 10, 50, { class: 'truck', ...feature(1) }), target(2, 0.6, 90)],
      [target(1, 0.936, 20, 50, feature(14.20314))],
      [],
      [target(1, 0.7, 40, 50, feature(3))],
    ])
    expect(tracks).toMatchObject([
      {
        ...{ track_id: 1, class: 'car', first_frame: 0, last_frame: 15, frames_seen: 3, best_confidence: 0.94 },
        ...{ feature_digest: 'dim=4;norm=14.2031', dwell_seconds: 0.6 },
        samples: [{ frame_index: 5, pts: 0.2, confidence: 0.936 }],
        path: [
          [0, 10, 50],
          [5, 20, 50],
          [15, 40, 50],
        ],
      },
      { track_id: 2, frames_seen: 1, feature_digest: null, dwell_seconds: 0 },
    ])
  })

  it('keeps a long path short, with its first and last point', () => {
    const { tracks } = rolledUp(Array.from({ length: 5000 }, (_, x) => [target(1, 0.5, x)]))
    const path = tracks[0]!.path
    expect(path.length).toBeLessThan(258)
    expect([path[0], path.at(-1)]).toEqual([
      [0, 0, 50],
      [24_995, 4999, 50],
    ])
  })

  it('counts who crosses lines and who is in zones', () => {
    const counting: Counting = {
      lines: [{ name: 'gate', from: [50, 100], to: [50, 0] }],
      zones: [
        {
          name: 'yard',
          points: [
            [40, 0],
            [70, 0],
            [70, 100],
            [40, 100],
          ],
        },
      ],
    }
    const there = [10, 45, 60, 90].map((x) => target(1, 0.5, x))
    const back = [95, 65, 48, 20].map((x) => target(2, 0.5, x))
    const beside = [10, 30, 10, 30].map((x) => target(3, 0.5, x))
    const { counts } = rolledUp(
      there.map((one, at) => [one, back[at]!, beside[at]!]),
      counting,
    )
    expect(counts).toEqual({
      lines: [{ name: 'gate', forward: 1, backward: 1 }],
      zones: [{ name: 'yard', entered: 2, left: 2, dwell_seconds: 0.4 }],
    })
  })
})

describe('geometry', () => {
  it('crosses between the ends of a line and not beyond them', () => {
    expect(crossing([0, 5], [10, 5], [5, 0], [5, 10])).toBe(-1)
    expect(crossing([10, 5], [0, 5], [5, 0], [5, 10])).toBe(1)
    expect(crossing([0, 15], [10, 15], [5, 0], [5, 10])).toBe(0)
    expect(crossing([0, 5], [4, 5], [5, 0], [5, 10])).toBe(0)
  })

  it('knows the inside of a polygon that is not convex', () => {
    const hook: [number, number][] = [
      [0, 0],
      [10, 0],
      [10, 10],
      [6, 10],
      [6, 4],
      [0, 4],
    ]
    expect([isWithin([8, 8], hook), isWithin([2, 2], hook), isWithin([2, 8], hook)]).toEqual([true, true, false])
  })
})
