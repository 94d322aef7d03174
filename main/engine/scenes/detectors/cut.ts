import type { Boundary } from '../detector.ts'
import { type CutFeatures, quickCutFeatures, slowCutFeatures, usualChange } from './cut-features.ts'
import { model } from './cut-model.ts'
import { CutWindow } from './cut-window.ts'
import type { MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'
import { isPromising, probabilityOf } from './trees.ts'

/** A change below this many grey levels is no cut, even in a dark video. */
const LEAST_CHANGE = 2
/** Only a change this many times the usual one is examined. */
const LEAST_TIMES_USUAL = 1.3
/** The same after a frame that was on screen for long: a recorder that writes a frame on change has shots of one frame. */
const LONG_SECONDS = 0.3
const LEAST_CHANGE_AFTER_LONG = 6
/** Less sure cuts are dropped. */
const LEAST_CONFIDENCE = 0.02

/**
 * The features of a possible cut at a position; null where a cut is out of the question.
 * @param isPromising whether the quick features are worth the others.
 */
export function cutAt(
  window: CutWindow,
  position: number,
  isPromising: (quick: CutFeatures) => boolean,
): CutFeatures | null {
  const [before, after] = [window.at(position - 1), window.at(position)]
  if (!before || !after || after.change < LEAST_CHANGE) return null
  const usual = usualChange(window, position)
  const isLong = window.step(position) >= LONG_SECONDS && after.change >= LEAST_CHANGE_AFTER_LONG
  if (after.change < LEAST_TIMES_USUAL * usual.median && !isLong) return null
  const quick = quickCutFeatures(window, position, usual)
  return isPromising(quick) ? { ...quick, ...slowCutFeatures(window, position, before, after) } : null
}

/** Hard cuts: frames that differ from the one before as motion, light and titles do not. */
export class CutDetector implements TransitionDetector {
  readonly #window = new CutWindow()
  #judged = 1

  process(picture: MeasuredFrame): Boundary[] {
    this.#window.add(picture)
    const boundaries: Boundary[] = []
    while (this.#window.isComplete(this.#judged)) boundaries.push(...this.#judge(this.#judged++))
    return boundaries
  }

  finish(): Boundary[] {
    const boundaries: Boundary[] = []
    while (this.#judged <= this.#window.last) boundaries.push(...this.#judge(this.#judged++))
    return boundaries
  }

  #judge(position: number): Boundary[] {
    const picture = this.#window.at(position)
    const features = cutAt(this.#window, position, (quick) => isPromising(model, quick))
    if (!picture || !features) return []
    const confidence = probabilityOf(model, features)
    if (confidence < LEAST_CONFIDENCE) return []
    return [{ frame: picture.index, time: picture.time, kind: 'cut', confidence, lasting: 0 }]
  }
}
