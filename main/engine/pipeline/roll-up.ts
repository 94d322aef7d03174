import type { Counting, StreamChunk, StreamTarget, TaskResults, TrackResult } from '../../contract/index.ts'
import { Counter } from './counting.ts'
import { middleOf, type Point } from './geometry.ts'

/** Points of a path that are kept; a longer path is thinned evenly. */
const MOST_POINTS = 256
/** Frames with a high confidence that are kept as samples, and how far they are apart. */
const SAMPLES = 4
const SAMPLES_APART_SECONDS = 1

type Sample = TrackResult['samples'][number]

/** Results from the events alone (PI-61). Its memory grows with the number of tracks, not of frames. */
export class RollUp {
  readonly #tracks = new Map<number, Track>()
  readonly #counter: Counter | null

  constructor(counting: Counting | undefined) {
    this.#counter = counting ? new Counter(counting) : null
  }

  add({ stream_info: { frame_index: frame, pts = 0 }, delta }: StreamChunk): void {
    for (const { targets } of delta.results) {
      for (const target of targets) {
        if (target.track_id === undefined) continue
        const known = this.#tracks.get(target.track_id)
        const here = middleOf(target.roi)
        this.#counter?.move(known?.place ?? null, here, known ? pts - known.lastPts : 0)
        if (known) known.add(target, frame, pts)
        else this.#tracks.set(target.track_id, new Track(target, frame, pts))
      }
    }
  }

  results(facts: Pick<TaskResults, 'id' | 'model' | 'usage'>): TaskResults {
    const { id, model, usage } = facts
    const tracks = [...this.#tracks].sort(([a], [b]) => a - b).map(([trackId, track]) => track.result(trackId))
    const counts = this.#counter ? { counts: this.#counter.counts() } : {}
    return { id, object: 'mm.pipeline.result', model, usage, tracks, ...counts }
  }
}

class Track {
  place: Point
  lastPts: number
  readonly #firstFrame: number
  readonly #firstPts: number
  #lastFrame: number
  #framesSeen = 0
  /** PI-62 */
  readonly #sums = new Map<string, number>()
  #best = 0
  #digest: { readonly confidence: number; readonly text: string } | null = null
  #samples: Sample[] = []
  readonly #path = new Path()

  constructor(target: StreamTarget, frame: number, pts: number) {
    this.#firstFrame = this.#lastFrame = frame
    this.#firstPts = this.lastPts = pts
    this.place = middleOf(target.roi)
    this.add(target, frame, pts)
  }

  add(target: StreamTarget, frame: number, pts: number): void {
    const { confidence, feature, roi } = target
    this.#lastFrame = frame
    this.lastPts = pts
    this.place = middleOf(roi)
    this.#framesSeen += 1
    this.#best = Math.max(this.#best, confidence)
    this.#sums.set(target.class, (this.#sums.get(target.class) ?? 0) + confidence)
    // PI-63, of the frames that have one.
    if (feature && confidence > (this.#digest?.confidence ?? -1)) {
      this.#digest = { confidence, text: `dim=${feature.dim};norm=${feature.norm.toFixed(4)}` }
    }
    this.#path.add([frame, ...this.place])
    this.#sample({ frame_index: frame, pts, confidence, roi })
  }

  result(trackId: number): TrackResult {
    const classes = [...this.#sums].sort(([, a], [, b]) => b - a)
    return {
      track_id: trackId,
      class: classes[0]?.[0] ?? '',
      first_frame: this.#firstFrame,
      last_frame: this.#lastFrame,
      frames_seen: this.#framesSeen,
      best_confidence: Number(this.#best.toFixed(2)),
      feature_digest: this.#digest?.text ?? null,
      dwell_seconds: Number((this.lastPts - this.#firstPts).toFixed(3)),
      samples: this.#samples,
      path: this.#path.points(),
    }
  }

  #sample(sample: Sample): void {
    const near = this.#samples.find(({ pts }) => Math.abs(pts - sample.pts) < SAMPLES_APART_SECONDS)
    if (near && near.confidence >= sample.confidence) return
    const others = this.#samples.filter(({ pts }) => Math.abs(pts - sample.pts) >= SAMPLES_APART_SECONDS)
    this.#samples = [...others, sample].sort((a, b) => b.confidence - a.confidence).slice(0, SAMPLES)
  }
}

class Path {
  #points: TrackResult['path'] = []
  #last: TrackResult['path'][number] | null = null
  #stride = 1
  #count = 0

  add(point: TrackResult['path'][number]): void {
    this.#last = point
    if (this.#count % this.#stride === 0) this.#points.push(point)
    this.#count += 1
    if (this.#points.length < MOST_POINTS) return
    this.#points = this.#points.filter((_point, at) => at % 2 === 0)
    this.#stride *= 2
  }

  /** The last point is always among them. */
  points(): TrackResult['path'] {
    return this.#last && this.#points.at(-1) !== this.#last ? [...this.#points, this.#last] : this.#points
  }
}
