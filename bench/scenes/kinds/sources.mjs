// @ts-check
// Where the shots of a film come from.
import { filmed } from './footage.mjs'
import { STYLE_NAMES } from './places.mjs'
import { Place } from './shots.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./footage.mjs').Take} Take */
/** @typedef {import('./shots.mjs').Shot} Shot */

/** Share of the shots that are real footage, where there is any that was not used yet. */
const REAL = 0.4

/** Gives shots that look different from each other. */
export class Sources {
  /**
   * @param {Random} random
   * @param {readonly Take[]} takes
   */
  constructor(random, takes) {
    this.random = random
    this.takes = random.fork('takes').shuffled(takes)
    this.styles = random.fork('styles').shuffled(STYLE_NAMES)
    this.count = 0
  }

  /**
   * The next shot, real or drawn.
   * @param {import('./shots.mjs').Filming} [filming] of a drawn one
   * @returns {Shot}
   */
  shot(filming) {
    const random = this.random.fork(`shot ${this.count}`)
    const take = this.takes[0]
    if (!take || !random.chance(REAL)) return this.place().shot(filming)
    this.count++
    // Each recording once: two parts of one might be the same view.
    this.takes = this.takes.filter(({ file, from }) => file !== take.file || from < take.from - 20)
    return filmed(random, take)
  }

  /** The next drawn place, of another style than the ones before. */
  place() {
    const style = /** @type {import('./places.mjs').Style} */ (this.styles.shift())
    this.styles.push(style)
    return new Place(this.random.fork(`place ${this.count++}`), style)
  }

  /**
   * @param {number} count
   * @param {import('./shots.mjs').Filming} [filming]
   */
  shots(count, filming) {
    return Array.from({ length: count }, () => this.shot(filming))
  }
}
