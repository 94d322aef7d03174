import type { Boundary } from '../detector.ts'
import { mismatch } from './mismatch.ts'
import { difference, mixtureError, type MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** Contrast of an empty frame, grey levels. */
const EMPTY_CONTRAST = 4
/** Seconds of a ramp that are examined, and at least so many frames. */
const RAMP_SECONDS = 0.5
const RAMP_FRAMES_AT_LEAST = 4
/** More frames than these tell no more of a ramp. */
const RAMP_FRAMES = 24
/** On a ramp, the frame next to the empty ones has less than this share of the largest contrast. */
const RAMP_SHARE = 0.6
/** Largest error, as a share of the difference to the empty frame, between a frame of the ramp and a paler copy of the full one. */
const MOST_ERROR = 0.3
/** Empty frames for at most this long between two similar ones are a flash. */
const FLASH_SECONDS = 0.32
/** Below this mismatch, two frames show the same. */
const SAME_MISMATCH = 0.5

interface EmptyRun {
  /** Numbers and times only: an hour behind a lens cap must not stay in memory. */
  indexes: number[]
  times: number[]
  last: MeasuredFrame
  fadedOut: boolean
  /** The earliest of the frames before it. */
  before: MeasuredFrame | undefined
}

/**
 * Fades: contrast falls to nothing (black, white or a colour) and returns. The new scene begins in the middle of the empty
 * frames, or after them when it does not fade in. Empty frames at the start or end of the video open no scene.
 */
export class FadeDetector implements TransitionDetector {
  /** Frames before the empty run, the latest last. */
  #before: MeasuredFrame[] = []
  #run: EmptyRun | null = null
  /** Frames after the run, until there are enough to decide. */
  #after: MeasuredFrame[] = []

  process(picture: MeasuredFrame): Boundary[] {
    const empty = picture.contrast < EMPTY_CONTRAST
    if (this.#run && this.#after.length > 0) return this.#follow(picture, empty)
    if (empty) this.#extend(picture)
    else if (this.#run) this.#after.push(picture)
    else this.#remember(picture)
    return []
  }

  finish(): Boundary[] {
    return this.#after.length > 0 ? this.#close() : []
  }

  #extend(picture: MeasuredFrame): void {
    const [before] = this.#before
    this.#run ??= { indexes: [], times: [], last: picture, fadedOut: isRamp(this.#before, picture), before }
    this.#run.indexes.push(picture.index)
    this.#run.times.push(picture.time)
    this.#run.last = picture
  }

  #follow(picture: MeasuredFrame, empty: boolean): Boundary[] {
    if (!empty) this.#after.push(picture)
    if (!empty && !isRampLong(this.#after)) return []
    const boundaries = this.#close()
    if (empty) this.#extend(picture)
    return boundaries
  }

  #close(): Boundary[] {
    const run = this.#run
    const fadedIn = isRamp([...this.#after].reverse(), run?.last)
    const begins = fadedIn ? run && middleOf(run) : this.#after[0]
    const last = this.#after.at(-1)
    this.#before = this.#after
    this.#after = []
    this.#run = null
    if (!run?.fadedOut || !begins || isFlash(run, last)) return []
    const confidence = fadedIn ? 0.95 : 0.8
    return [
      { frame: begins.index, time: begins.time, kind: 'fade', confidence, lasting: lastingOf(run, last, fadedIn) },
    ]
  }

  #remember(picture: MeasuredFrame): void {
    this.#before.push(picture)
    while (isRampLong(this.#before.slice(1))) this.#before.shift()
  }
}

/** Whether frames are all that a ramp is judged by. */
function isRampLong(pictures: readonly MeasuredFrame[]): boolean {
  const [first, last] = [pictures[0], pictures.at(-1)]
  if (!first || !last || pictures.length < RAMP_FRAMES_AT_LEAST) return false
  return pictures.length >= RAMP_FRAMES || last.time - first.time >= RAMP_SECONDS
}

function middleOf({ indexes, times }: EmptyRun): { index: number; time: number } {
  const middle = indexes.length >> 1
  return { index: indexes[middle] ?? 0, time: times[middle] ?? 0 }
}

/** Whether frames, the last of them next to an empty one, pale towards it: a pan to a wall also loses contrast, but moves. */
function isRamp(pictures: readonly MeasuredFrame[], nothing: MeasuredFrame | undefined): boolean {
  const end = pictures.at(-1)
  if (!end || !nothing || pictures.length <= 2) return false
  const full = pictures.reduce((best, one) => (one.contrast > best.contrast ? one : best))
  if (end.contrast >= RAMP_SHARE * full.contrast) return false
  const between = pictures.slice(pictures.indexOf(full) + 1)
  const middle = between.find((one) => one.contrast < 0.75 * full.contrast) ?? end
  const share = 1 - (middle.contrast - nothing.contrast) / (full.contrast - nothing.contrast)
  return mixtureError(full, nothing, middle, share) < MOST_ERROR * difference(full, nothing)
}

/** From the last full frame of the old scene to the first one of the new, as far as they were examined. */
function lastingOf({ before, times, last }: EmptyRun, after: MeasuredFrame | undefined, fadedIn: boolean): number {
  const from = before?.time ?? times[0]
  const to = fadedIn ? after : last
  return from !== undefined && to ? Math.max(0, to.time - from) : 0
}

function isFlash({ times, last, before }: EmptyRun, after: MeasuredFrame | undefined): boolean {
  const lasting = last.time - (times[0] ?? last.time)
  return lasting <= FLASH_SECONDS && before && after ? mismatch(before, after) < SAME_MISMATCH : false
}
