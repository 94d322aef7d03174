import type { FrameIndex, Sampling, TaskInput } from '../../contract/index.ts'

/** "Default: 1 FPS." */
const DEFAULT_SAMPLING: Sampling = { mode: 'fps', value: 1 }
/** "Default: 3000." */
const DEFAULT_MAX_FRAMES = 3000

/** The source frames a task may look at: half-open, and from which time on samples are counted. */
export interface FrameRange {
  readonly start: number
  readonly end: number
  /** Seconds on the player's clock that sampling counts from. */
  readonly from: number
}

/** What of an input says which frames are looked at. */
export type Wanted = Pick<TaskInput, 'sampling' | 'range' | 'max_frames'>

/** "half-open [start,end); seconds by pts or frames by index; past the end: empty result". */
export function rangeOf(index: FrameIndex, range: Wanted['range']): FrameRange {
  const { start = 0, end = Infinity, unit = 'seconds' } = range ?? {}
  if (unit === 'frames') {
    const first = Math.min(index.count, Math.ceil(start))
    return { start: first, end: Math.min(index.count, Math.ceil(end)), from: index.timeOf(first) }
  }
  return { start: index.firstFrom(start), end: end === Infinity ? index.count : index.firstFrom(end), from: start }
}

/** The range's first frame as far as the request alone tells, for a video that could not be opened. */
export function unopenedStart(range: Wanted['range']): number {
  return range?.unit === 'frames' ? Math.ceil(range.start ?? 0) : 0
}

/** Every frame that sampling asks for, ascending, as if there were no `max_frames`. */
export function* sampled(
  index: FrameIndex,
  { sampling = DEFAULT_SAMPLING }: Wanted,
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
      // "seconds between samples = fps 1/v"
      yield* atRate(index, range, 1 / sampling.value)
  }
}

/** "emit the first frame whose pts >= k/v from range start; v above source rate = every frame". */
function* atRate(index: FrameIndex, { start, end, from }: FrameRange, rate: number): Generator<number> {
  for (let frame = start; frame < end;) {
    yield frame
    frame = nextAtRate(index, frame, from, rate)
  }
}

function nextAtRate(index: FrameIndex, frame: number, from: number, rate: number): number {
  const time = index.timeOf(frame)
  // Some sample is due before the next frame begins: it is that frame's.
  if (1 / rate <= index.endOf(frame) - time) return frame + 1
  // Times come rounded to a tick: the sample that this very frame was may seem to lie just ahead.
  for (let sample = Math.floor((time - from) * rate) + 1; ; sample += 1) {
    const next = index.firstFrom(from + sample / rate)
    if (next > frame) return next
  }
}

export interface Selection {
  readonly range: FrameRange
  /** The frames to look at, ascending. */
  readonly frames: readonly number[]
  /** '"max_frames" only if at least one more was due, else "stop"'. */
  readonly isCut: boolean
}

/** Frames chosen in one go: hours of film must not hold up everybody else. */
const AT_ONCE = 2000

/** Chooses the frames to look at, with pauses in which others get their turn. */
export async function select(index: FrameIndex, wanted: Wanted, signal?: AbortSignal): Promise<Selection> {
  const range = rangeOf(index, wanted.range)
  const most = wanted.max_frames ?? DEFAULT_MAX_FRAMES
  const frames: number[] = []
  for (const frame of sampled(index, wanted, range)) {
    if (frames.length === most) return { range, frames, isCut: true }
    frames.push(frame)
    if (frames.length % AT_ONCE === 0) await new Promise(setImmediate)
    signal?.throwIfAborted()
  }
  return { range, frames, isCut: false }
}
