import type { FrameIndex } from '../../contract/media/frame-index.ts'
import { spanOf, type TimeSpan } from './frame-selection.ts'

/** A picture to make. */
export interface PictureRequest {
  /** Position in the list of times. */
  readonly index: number
  /** Seconds on the player's clock. */
  readonly time: number
  /** The frame nearest to the time, where the index is known. */
  readonly frame: RequestedFrame | null
}

export interface RequestedFrame extends TimeSpan {
  readonly number: number
  readonly time: number
  /** Time of the key frame that decoding begins with, or of the request before when there is none between. */
  readonly decodedFrom: number
}

/** Decoding on is cheaper than a new seek up to about this gap: files have a key frame every few seconds. */
const DENSE_GAP_SECONDS = 4
/** The same where key frames are known: seconds of decoding that a seek would spare. */
const WORTH_SEEKING_SECONDS = 0.5
/** Windows allows 32 KB for a command: a time takes two hundred characters of it, a frame forty. */
const MOST_TIMES_IN_A_RUN = 32
const MOST_FRAMES_IN_A_RUN = 256

/** Requests in the order of time, split where a seek is cheaper than decoding on. */
export function requestRuns(times: readonly number[], frames?: FrameIndex): PictureRequest[][] {
  const runs: PictureRequest[][] = []
  const most = frames ? MOST_FRAMES_IN_A_RUN : MOST_TIMES_IN_A_RUN
  for (const request of requestsOf(times, frames)) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (run && before && run.length < most && isNear(before, request)) run.push(request)
    else runs.push([request])
  }
  return runs
}

function isNear(before: PictureRequest, { time, frame }: PictureRequest): boolean {
  // Without a key frame between the two, a seek would decode again what is before the first.
  if (frame && before.frame) return frame.decodedFrom - before.frame.time <= WORTH_SEEKING_SECONDS
  return time - before.time <= DENSE_GAP_SECONDS
}

function requestsOf(times: readonly number[], frames: FrameIndex | undefined): PictureRequest[] {
  const inOrder = times.map((time, index) => ({ time: Math.max(0, time), index })).sort((a, b) => a.time - b.time)
  let before = 0
  return inOrder.map((request) => {
    if (!frames) return { ...request, frame: null }
    const number = frames.nearestTo(request.time)
    const decodedFrom = frames.timeOf(frames.keyBefore(number, before))
    before = number
    return { ...request, frame: { number, time: frames.timeOf(number), decodedFrom, ...spanOf(frames, number) } }
  })
}
