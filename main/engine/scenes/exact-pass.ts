import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { AnalysisFrame, Boundary } from './detector.ts'
import { CutDetector } from './detectors/cut.ts'
import { measure, type MeasuredFrame } from './detectors/measured-frame.ts'
import { inOrder } from './in-order.ts'
import { keyBefore, type Segment } from './segment.ts'
import { readSegment, type SegmentReading } from './segment-reader.ts'

/** A cut that is surer than this needs no second look; where it is may need one all the same. */
const SURE = 0.75
/** Frames around a candidate that the judgement of a cut asks for. */
const AROUND = 12

/** Where the first pass found a cut, or thought it might. */
interface Candidate {
  /** The last frame of which the first pass knows that it shows the old scene, if there is a cut. */
  readonly after: number
  readonly boundary: Boundary
}

/** Candidates that are looked at in one go. */
export interface OpenSegment extends Segment {
  readonly candidates: readonly Candidate[]
}

/**
 * What the first pass left open: cuts that lie between two frames it saw, and cuts that it is not sure of.
 * @param seen 1 for every frame that the first pass decoded.
 * @returns stretches to decode whole, none overlapping with what another one decodes.
 */
export function openSegments(boundaries: readonly Boundary[], seen: Uint8Array, frames: FrameIndex): OpenSegment[] {
  const stretches: { from: number; to: number; candidates: Candidate[] }[] = []
  for (const boundary of boundaries.toSorted((a, b) => a.frame - b.frame)) {
    if (boundary.kind !== 'cut') continue
    const after = lastSeen(seen, boundary.frame - 1)
    const [from, to] = [Math.max(0, after - AROUND), Math.min(frames.count, boundary.frame + AROUND + 1)]
    if (after === boundary.frame - 1 && (boundary.confidence >= SURE || isWholeSeen(seen, from, to))) continue
    const before = stretches.at(-1)
    if (before && keyBefore(frames, from) < before.to) {
      before.to = Math.max(before.to, to)
      before.candidates.push({ after, boundary })
    } else stretches.push({ from, to, candidates: [{ after, boundary }] })
  }
  return stretches
}

/** Frames that have to be decoded for these stretches, those before them back to a key frame included. */
export function costOf(stretches: readonly OpenSegment[], frames: FrameIndex): number {
  return stretches.reduce((sum, { from, to }) => sum + to - keyBefore(frames, from), 0)
}

/**
 * Decodes every frame of the open stretches and judges there anew.
 * @returns all boundaries, with what is now known in the place of the candidates.
 */
export async function settleSegments(
  reading: SegmentReading,
  boundaries: readonly Boundary[],
  stretches: readonly OpenSegment[],
  { parallel, threads }: { parallel: number; threads: number },
): Promise<Boundary[]> {
  const open = new Set(stretches.flatMap(({ candidates }) => candidates.map(({ boundary }) => boundary)))
  const settled = boundaries.filter((boundary) => !open.has(boundary))
  const work = (stretch: OpenSegment, signal: AbortSignal): Promise<AnalysisFrame[]> => {
    const wanted = (frame: number): boolean => stretch.candidates.some((candidate) => isAround(frame, candidate))
    return readSegment({ ...reading, signal }, stretch, { threads, onlyReferences: false, wanted })
  }
  await inOrder(stretches, { parallel, signal: reading.signal }, work, (read, { candidates }) => {
    for (const cut of cutsIn(read)) {
      if (candidates.some(({ after, boundary }) => cut.frame > after && cut.frame <= boundary.frame)) settled.push(cut)
    }
  })
  return settled
}

function isAround(frame: number, { after, boundary }: Candidate): boolean {
  return frame >= after - AROUND && frame <= boundary.frame + AROUND
}

/** Cuts among frames of which some runs may be missing: each run is judged by itself. */
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
