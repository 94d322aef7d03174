import type { FrameIndex, Sampling, TaskInput } from '../../contract/index.ts'

/** PI-20 */
const DEFAULT_SAMPLING: Sampling = { mode: 'fps', value: 1 }
/** PI-5 */
const DEFAULT_MAX_FRAMES = 3000

/** The source frames that a task may use: half-open. */
export interface FrameRange {
  readonly start: number
  readonly end: number
  /** Time that sampling counts from, seconds on the player's clock. */
  readonly from: number
}

/** The parts of an input that select its frames. */
export type SamplingRequest = Pick<TaskInput, 'sampling' | 'range' | 'max_frames'>

/** PI-23 */
export function rangeOf(index: FrameIndex, range: SamplingRequest['range']): FrameRange {
  const { start = 0, end = Infinity, unit = 'seconds' } = range ?? {}
  if (unit === 'frames') {
    const first = Math.min(index.count, Math.ceil(start))
    return { start: first, end: Math.min(index.count, Math.ceil(end)), from: index.timeOf(first) }
  }
  return { start: index.firstFrom(start), end: end === Infinity ? index.count : index.firstFrom(end), from: start }
}

/** The range's first frame as far as it is known without the video, for one that could not be opened. */
export function unopenedStart(range: SamplingRequest['range']): number {
  return range?.unit === 'frames' ? Math.ceil(range.start ?? 0) : 0
}

/** The sampled frames, ascending, without the limit of `max_frames`. */
export function* sampled(
  index: FrameIndex,
  { sampling = DEFAULT_SAMPLING }: SamplingRequest,
  range: FrameRange,
): Generator<number> {
  switch (sampling.mode) {
    case 'keyframe':
      for (const key of index.keys()) if (key >= range.start && key < range.end) yield key
      return
    case 'fps':
      yield* atRate(index, range, sampling.value)
      return
    case 'interval':
      // PI-22
      yield* atRate(index, range, 1 / sampling.value)
  }
}

/** PI-20 */
function* atRate(index: FrameIndex, { start, end, from }: FrameRange, rate: number): Generator<number> {
  for (let frame = start; frame < end;) {
    yield frame
    frame = nextAtRate(index, frame, from, rate)
  }
}

function nextAtRate(index: FrameIndex, frame: number, from: number, rate: number): number {
  const time = index.timeOf(frame)
  // Another sample is due before the next frame begins: it selects the next frame.
  if (1 / rate <= index.endOf(frame) - time) return frame + 1
  // Times are rounded to a tick: the sample that selected this frame may seem to be just after it.
  for (let sample = Math.floor((time - from) * rate) + 1; ; sample += 1) {
    const next = index.firstFrom(from + sample / rate)
    if (next > frame) return next
  }
}

export interface Selection {
  readonly range: FrameRange
  /** Ascending. */
  readonly frames: readonly number[]
  /** Whether `max_frames` left out at least one (PI-24). */
  readonly isCut: boolean
}

/** Frames selected without a pause: hours of video must not block the process. */
const BATCH = 2000

/** Selects the frames of a task, with pauses for other work. */
export async function select(index: FrameIndex, wanted: SamplingRequest, signal?: AbortSignal): Promise<Selection> {
  const range = rangeOf(index, wanted.range)
  const most = wanted.max_frames ?? DEFAULT_MAX_FRAMES
  const frames: number[] = []
  for (const frame of sampled(index, wanted, range)) {
    if (frames.length === most) return { range, frames, isCut: true }
    frames.push(frame)
    if (frames.length % BATCH === 0) await new Promise(setImmediate)
    signal?.throwIfAborted()
  }
  return { range, frames, isCut: false }
}
