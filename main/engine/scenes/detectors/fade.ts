import type { Boundary } from '../detector.ts'
import type { Picture } from './picture.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** Contrast, in grey levels, of a picture with nothing on it. */
const EMPTY_CONTRAST = 4
/** Within this many frames a fade must show that it is one. */
const RAMP_FRAMES = 12
/** On a ramp the last picture before nothing has less than this share of the contrast some frames further. */
const RAMP_SHARE = 0.6

interface EmptyRun {
  pictures: Picture[]
  fadedOut: boolean
}

/**
 * Fades: contrast sinks to nothing (black, white or a colour) and comes back. The new scene begins in the middle of the
 * empty pictures, or where they end when it does not fade in. Empty pictures at either end of the video open none.
 */
export class FadeDetector implements TransitionDetector {
  /** Contrasts before the empty run, latest last. */
  #before: number[] = []
  #run: EmptyRun | null = null
  /** Pictures after the run, until there are enough to tell. */
  #after: Picture[] = []

  process(picture: Picture): Boundary[] {
    const empty = picture.contrast < EMPTY_CONTRAST
    if (this.#run && this.#after.length > 0) return this.#follow(picture, empty)
    if (empty) this.#extend(picture)
    else if (this.#run) this.#after.push(picture)
    else this.#remember(picture.contrast)
    return []
  }

  finish(): Boundary[] {
    return this.#after.length > 0 ? this.#close() : []
  }

  #extend(picture: Picture): void {
    this.#run ??= { pictures: [], fadedOut: isRamp(this.#before) }
    this.#run.pictures.push(picture)
  }

  #follow(picture: Picture, empty: boolean): Boundary[] {
    if (!empty) this.#after.push(picture)
    if (!empty && this.#after.length < RAMP_FRAMES) return []
    const boundaries = this.#close()
    if (empty) this.#extend(picture)
    return boundaries
  }

  #close(): Boundary[] {
    const run = this.#run
    const fadedIn = isRamp(this.#after.map((picture) => picture.contrast).reverse())
    const begins = fadedIn ? run?.pictures[run.pictures.length >> 1] : this.#after[0]
    this.#before = this.#after.map((picture) => picture.contrast)
    this.#after = []
    this.#run = null
    if (!run?.fadedOut || !begins) return []
    return [{ frame: begins.index, time: begins.time, kind: 'fade', confidence: fadedIn ? 0.95 : 0.8 }]
  }

  #remember(contrast: number): void {
    this.#before.push(contrast)
    if (this.#before.length > RAMP_FRAMES) this.#before.shift()
  }
}

/** Whether contrasts sink towards the end of the list. */
function isRamp(contrasts: readonly number[]): boolean {
  return contrasts.length > 2 && (contrasts.at(-1) ?? 0) < RAMP_SHARE * Math.max(...contrasts)
}
