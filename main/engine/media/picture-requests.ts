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
  /** Frames between it and the request before that a seek to that key frame would spare. */
  readonly spared: number
}

/** Decoding on is cheaper than a new seek up to about this gap: files have a key frame every few seconds. */
const DENSE_GAP_SECONDS = 4
/** The same where key frames are known: pixels whose decoding costs as much as the start of a decoder. */
const WORTH_SEEKING_PIXELS = 40e6
/** Of one frame, where it is not known. */
const HD_PIXELS = 1920 * 1080
/** Windows allows 32 KB for a command: a time takes two hundred characters of it, a frame forty. */
const MOST_TIMES_IN_A_RUN = 32
const MOST_FRAMES_IN_A_RUN = 256

/**
 * Requests in the order of time, split where a seek is cheaper than decoding on.
 * @param pixels of one frame.
 */
export function requestRuns(
  times: readonly number[],
  frames?: FrameIndex,
  pixels: number | null = null,
): PictureRequest[][] {
  const runs: PictureRequest[][] = []
  const most = frames ? MOST_FRAMES_IN_A_RUN : MOST_TIMES_IN_A_RUN
  for (const request of requestsOf(times, frames)) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (run && before && run.length < most && isNear(before, request, pixels ?? HD_PIXELS)) run.push(request)
    else runs.push([request])
  }
  return runs
}

function isNear(before: PictureRequest, { time, frame }: PictureRequest, pixels: number): boolean {
  // Without a key frame between the two, a seek would decode again what is before the first.
  if (frame && before.frame) return frame.spared * pixels <= WORTH_SEEKING_PIXELS
  return time - before.time <= DENSE_GAP_SECONDS
}

function requestsOf(times: readonly number[], frames: FrameIndex | undefined): PictureRequest[] {
  const inOrder = times.map((time, index) => ({ time: Math.max(0, time), index })).sort((a, b) => a.time - b.time)
  let before = 0
  return inOrder.map((request) => {
    if (!frames) return { ...request, frame: null }
    const number = frames.nearestTo(request.time)
    const key = frames.keyBefore(number, before)
    const spared = key - before
    before = number
    const times = { time: frames.timeOf(number), decodedFrom: frames.timeOf(key) }
    return { ...request, frame: { number, ...times, spared, ...spanOf(frames, number) } }
  })
}
