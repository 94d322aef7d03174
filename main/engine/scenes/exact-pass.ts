import { inOrder } from '../../base/in-order.ts'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { AnalysisFrame, Boundary } from './detector.ts'
import { CutDetector } from './detectors/cut.ts'
import { measure, type MeasuredFrame } from './detectors/measured-frame.ts'
import type { Segment } from './segment.ts'
import { readSegment, type SegmentReading } from './segment-reader.ts'

/** A cut that is surer than this is not judged again, unless its exact frame is unknown. */
const SURE = 0.75
/** Frames around a candidate that the cut detector needs: at least these, and all within this many seconds. */
const AROUND_FRAMES = 12
const AROUND_SECONDS = 0.4

/** A cut of the first pass, certain or not. */
interface Candidate {
  /** The last decoded frame before the cut. */
  readonly after: number
  readonly boundary: Boundary
}

/** A segment that is decoded completely, for one or more candidates. */
export interface OpenSegment extends Segment {
  readonly candidates: readonly Candidate[]
}

/**
 * Segments around the cuts that the first pass left open: those between two decoded frames, and those of low confidence.
 * @param seen 1 for every frame that the first pass decoded.
 * @returns segments that do not overlap, including the frames decoded before them.
 */
export function openSegments(boundaries: readonly Boundary[], seen: Uint8Array, frames: FrameIndex): OpenSegment[] {
  const segments: { from: number; to: number; candidates: Candidate[] }[] = []
  for (const boundary of boundaries.toSorted((a, b) => a.frame - b.frame)) {
    if (boundary.kind !== 'cut') continue
    const after = lastSeen(seen, boundary.frame - 1)
    const [from, to] = aroundOf({ after, boundary }, frames)
    if (after === boundary.frame - 1 && (boundary.confidence >= SURE || isWholeSeen(seen, from, to))) continue
    const before = segments.at(-1)
    if (before && frames.keyBefore(from) < before.to) {
      before.to = Math.max(before.to, to)
      before.candidates.push({ after, boundary })
    } else segments.push({ from, to, candidates: [{ after, boundary }] })
  }
  return segments
}

/** Frames that have to be decoded for these segments, including those from the key frame on. */
export function costOf(segments: readonly OpenSegment[], frames: FrameIndex): number {
  return segments.reduce((sum, { from, to }) => sum + to - frames.keyBefore(from), 0)
}

/**
 * Decodes every frame of the open segments and detects cuts there again.
 * @returns all boundaries, with the new cuts in place of the candidates.
 */
export async function settleSegments(
  reading: SegmentReading,
  boundaries: readonly Boundary[],
  segments: readonly OpenSegment[],
  { parallel, threads }: { parallel: number; threads: number },
): Promise<Boundary[]> {
  const open = new Set(segments.flatMap(({ candidates }) => candidates.map(({ boundary }) => boundary)))
  const settled = boundaries.filter((boundary) => !open.has(boundary))
  const work = (segment: OpenSegment, signal: AbortSignal): Promise<AnalysisFrame[]> => {
    const ranges = segment.candidates.map((candidate) => aroundOf(candidate, reading.frames))
    const isNeeded = (frame: number): boolean => ranges.some(([from, to]) => frame >= from && frame < to)
    return readSegment({ ...reading, signal }, segment, { threads, onlyReferences: false, isNeeded })
  }
  await inOrder(segments, { parallel, signal: reading.signal }, work, (read, { candidates }) => {
    for (const cut of cutsIn(read)) {
      if (candidates.some(({ after, boundary }) => cut.frame > after && cut.frame <= boundary.frame)) settled.push(cut)
    }
  })
  return settled
}

/** Frames [from, to) that tell whether a candidate is a cut. */
function aroundOf({ after, boundary }: Candidate, frames: FrameIndex): [from: number, to: number] {
  const [earliest, latest] = [frames.timeOf(after) - AROUND_SECONDS, boundary.time + AROUND_SECONDS]
  let from = Math.max(0, after - AROUND_FRAMES)
  while (from > 0 && frames.timeOf(from - 1) >= earliest) from--
  let to = Math.min(frames.count, boundary.frame + AROUND_FRAMES + 1)
  while (to < frames.count && frames.timeOf(to) <= latest) to++
  return [from, to]
}

/** Cuts among frames with gaps: each run without a gap is judged by itself. */
function cutsIn(read: readonly AnalysisFrame[]): Boundary[] {
  const cuts: Boundary[] = []
  let detector = new CutDetector()
  let before: MeasuredFrame | null = null
  for (const frame of read) {
    if (before && frame.index !== before.index + 1) {
      cuts.push(...detector.finish())
      detector = new CutDetector()
      before = null
    }
    const picture = measure(frame, before)
    before = picture
    cuts.push(...detector.process(picture))
  }
  return [...cuts, ...detector.finish()]
}

function lastSeen(seen: Uint8Array, frame: number): number {
  let at = frame
  while (at > 0 && seen[at] !== 1) at--
  return Math.max(0, at)
}

function isWholeSeen(seen: Uint8Array, from: number, to: number): boolean {
  return seen.subarray(from, to).every((one) => one === 1)
}
