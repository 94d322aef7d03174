import type { Boundary } from '../detector.ts'
import { mismatch } from './mismatch.ts'
import { difference, mixtureError, type MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** Contrast, in grey levels, of a picture with nothing on it. */
const EMPTY_CONTRAST = 4
/** Within this many frames a fade must show that it is one. */
const RAMP_FRAMES = 12
/** On a ramp the last picture before nothing has less than this share of the contrast some frames further. */
const RAMP_SHARE = 0.6
/** How badly, as a share of the way to the empty picture, a picture on the ramp may be told from a paler one. */
const MOST_ERROR = 0.3
/** An emptiness of at most this many frames with the same picture on both sides was a flash. */
const FLASH_FRAMES = 7
/** Below this the same things are shown. */
const SAME_MISMATCH = 0.5

interface EmptyRun {
  /** Of each empty picture only when it is shown: an hour behind a lens cap must not stay in memory. */
  indexes: number[]
  times: number[]
  last: MeasuredFrame
  fadedOut: boolean
  /** The earliest picture known before it. */
  before: MeasuredFrame | undefined
}

/**
 * Fades: contrast sinks to nothing (black, white or a colour) and comes back. The new scene begins in the middle of the
 * empty pictures, or where they end when it does not fade in. Empty pictures at either end of the video open none.
 */
export class FadeDetector implements TransitionDetector {
  /** Pictures before the empty run, latest last. */
  #before: MeasuredFrame[] = []
  #run: EmptyRun | null = null
  /** Pictures after the run, until there are enough to tell. */
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
    if (!empty && this.#after.length < RAMP_FRAMES) return []
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
    if (this.#before.length > RAMP_FRAMES) this.#before.shift()
  }
}

function middleOf({ indexes, times }: EmptyRun): { index: number; time: number } {
  const middle = indexes.length >> 1
  return { index: indexes[middle] ?? 0, time: times[middle] ?? 0 }
}

/** Whether pictures, the last of them next to nothing, pale towards it: a pan to a wall sinks in contrast, but moves. */
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

/** From where the old picture was whole to where the new one is, as far as that was looked at. */
function lastingOf({ before, times, last }: EmptyRun, after: MeasuredFrame | undefined, fadedIn: boolean): number {
  const from = before?.time ?? times[0]
  const to = fadedIn ? after : last
  return from !== undefined && to ? Math.max(0, to.time - from) : 0
}

function isFlash({ indexes, last, before }: EmptyRun, after: MeasuredFrame | undefined): boolean {
  const frames = last.index - (indexes[0] ?? last.index) + 1
  return frames <= FLASH_FRAMES && before && after ? mismatch(before, after) < SAME_MISMATCH : false
}
