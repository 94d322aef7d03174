import type { FrameIndex } from '../../contract/media/frame-index.ts'

/** A picture to take. */
export interface Shot {
  /** Which of the times asked for. */
  readonly index: number
  /** Seconds on the player's clock. */
  readonly time: number
  /** The frame nearest to the time, where the index is known. */
  readonly frame: FrameSpan | null
}

/** A frame, and a span of time that holds its beginning and no other frame's. */
export interface FrameSpan {
  readonly time: number
  readonly from: number
  readonly until: number
  /** Time of the key frame that a decoder begins with on its way here, as far back as the shot before. */
  readonly decodedFrom: number
}

/** Decoding on is cheaper than a new seek up to about this gap: files have a key frame every few seconds. */
const DENSE_GAP_SECONDS = 4
/** The same where key frames are known: what a new seek would spare. */
const SPARED_SECONDS = 0.5
/** Commands are no longer than 32 KB on Windows: a time alone takes two hundred letters of it, a frame forty. */
const MOST_IN_A_RUN = 32
const MOST_FRAMES_IN_A_RUN = 256
/** No frame is further from the middle of its span, however far apart frames are. */
const WIDEST_SPAN_SECONDS = 0.25

/** Times in order, cut where a seek is cheaper than decoding on. */
export function runsOf(times: readonly number[], frames?: FrameIndex): Shot[][] {
  const runs: Shot[][] = []
  const most = frames ? MOST_FRAMES_IN_A_RUN : MOST_IN_A_RUN
  for (const shot of shotsOf(times, frames)) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (run && before && run.length < most && joins(before, shot)) run.push(shot)
    else runs.push([shot])
  }
  return runs
}

function joins(before: Shot, { time, frame }: Shot): boolean {
  // Without a key frame between the two, a seek would decode again what lies before the first.
  if (frame && before.frame) return frame.decodedFrom - before.frame.time <= SPARED_SECONDS
  return time - before.time <= DENSE_GAP_SECONDS
}

function shotsOf(times: readonly number[], frames: FrameIndex | undefined): Shot[] {
  const inOrder = times.map((time, index) => ({ time: Math.max(0, time), index })).sort((a, b) => a.time - b.time)
  let before = 0
  return inOrder.map((shot) => {
    if (!frames) return { ...shot, frame: null }
    const frame = frames.nearestTo(shot.time)
    const span = spanOf(frames, frame, before)
    before = frame
    return { ...shot, frame: span }
  })
}

function spanOf(frames: FrameIndex, frame: number, floor: number): FrameSpan {
  const time = frames.timeOf(frame)
  const previous = frame > 0 ? frames.timeOf(frame - 1) : -Infinity
  let key = frame
  while (key > floor && !frames.isKey(key)) key -= 1
  return {
    time,
    from: time - Math.min(WIDEST_SPAN_SECONDS, (time - previous) / 2),
    until: time + Math.min(WIDEST_SPAN_SECONDS, (frames.endOf(frame) - time) / 2),
    decodedFrom: frames.timeOf(key),
  }
}
