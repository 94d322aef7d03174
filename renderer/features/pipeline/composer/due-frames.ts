import type { FrameIndex, TaskInput } from '../../../../main/contract/index.ts'

/** PI-5 */
export const USUAL_MOST_FRAMES = 3000
/** PI-20 */
const USUAL_SAMPLING = { mode: 'fps', value: 1 } as const

export interface Due {
  /** Frames that will be looked at. */
  readonly frames: number
  /** Whether there are more, which the limit leaves out. */
  readonly limited: boolean
}

/** How many frames an input calls for, counted on the video's own frames. */
export function dueFrames(index: FrameIndex, input: Pick<TaskInput, 'sampling' | 'range' | 'max_frames'>): Due {
  const { sampling = USUAL_SAMPLING, range, max_frames: most = USUAL_MOST_FRAMES } = input
  const isFrames = range?.unit === 'frames'
  const { start = 0, end = Infinity } = range ?? {}
  const first = isFrames ? Math.min(index.count, Math.ceil(start)) : index.firstFrom(start)
  const last = isFrames ? Math.min(index.count, Math.ceil(end)) : end === Infinity ? index.count : index.firstFrom(end)
  const begin = isFrames ? index.timeOf(first) : start
  const frames = sampling.mode === 'keyframe' ? keysIn(index, first, last) : 0
  if (sampling.mode === 'keyframe') return { frames: Math.min(frames, most), limited: frames > most }
  const rate = sampling.mode === 'fps' ? sampling.value : 1 / sampling.value
  return countAtRate(index, { first, last, begin, rate, most })
}

interface Steady {
  readonly first: number
  readonly last: number
  /** Seconds. */
  readonly begin: number
  readonly rate: number
  readonly most: number
}

/** PI-20 */
function countAtRate(index: FrameIndex, { first, last, begin, rate, most }: Steady): Due {
  let frames = 0
  for (let frame = first; frame < last;) {
    if (frames === most) return { frames, limited: true }
    frames += 1
    frame = nextAtRate(index, frame, begin, rate)
  }
  return { frames, limited: false }
}

/** The frame of the next sample behind a frame, in the way the engine finds it. */
function nextAtRate(index: FrameIndex, frame: number, begin: number, rate: number): number {
  const time = index.timeOf(frame)
  if (1 / rate <= index.endOf(frame) - time) return frame + 1
  for (let sample = Math.floor((time - begin) * rate) + 1; ; sample += 1) {
    const next = index.firstFrom(begin + sample / rate)
    if (next > frame) return next
  }
}

function keysIn(index: FrameIndex, first: number, last: number): number {
  let count = 0
  for (const key of index.keys()) if (key >= first && key < last) count += 1
  return count
}

/** The same where the frames are not known: near enough for steady footage. Null for what only its frames tell. */
export function aboutDueFrames(
  duration: number,
  frameRate: number,
  input: Pick<TaskInput, 'sampling' | 'range' | 'max_frames'>,
): Due | null {
  const { sampling = USUAL_SAMPLING, range, max_frames: most = USUAL_MOST_FRAMES } = input
  if (sampling.mode === 'keyframe') return null
  const scale = range?.unit === 'frames' ? 1 / frameRate : 1
  const start = (range?.start ?? 0) * scale
  const end = Math.min(duration, (range?.end ?? Infinity) * scale)
  const rate = Math.min(frameRate, sampling.mode === 'fps' ? sampling.value : 1 / sampling.value)
  const frames = Math.max(0, Math.ceil((end - start) * rate - 1e-6))
  return { frames: Math.min(frames, most), limited: frames > most }
}
