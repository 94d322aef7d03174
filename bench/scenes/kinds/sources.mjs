// @ts-check
// Where the shots of a film come from.
import { filmed, filmedBy, OWN_PHOTOS, photo } from './footage.mjs'
import { canvasSize, paintPlace, STYLE_NAMES } from './places.mjs'
import { Place } from './shots.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./footage.mjs').Take} Take */
/** @typedef {import('./shots.mjs').Shot} Shot */
/** @typedef {import('./places.mjs').Style} Style */

/** Share of the shots that are real footage, where there is any that was not used yet: with few takes, and with many. */
const REAL = 0.4
const REAL_OF_MANY = 0.75
const MANY = 8
/** Share of the other places that are photos. */
const PHOTOS = 0.4

/**
 * How a film looks as a whole: its colours are strong or faint, warm or cold in all shots.
 * @param {Random} random
 * @returns {import('./shots.mjs').Grade}
 */
function gradeOf(random) {
  const [strong, contrast, level] = [random.between(0.2, 1), random.between(0.65, 1.05), random.between(100, 140)]
  const warm = random.between(-0.08, 0.08)
  return ([red, green, blue]) => {
    const grey = 0.3 * red + 0.59 * green + 0.11 * blue
    const channel = (/** @type {number} */ value, /** @type {number} */ tint) =>
      (level + (grey + (value - grey) * strong - level) * contrast) * tint
    return [channel(red, 1 + warm), channel(green, 1), channel(blue, 1 - warm)]
  }
}

/** Gives shots of different things, in one look. */
export class Sources {
  /**
   * @param {Random} random
   * @param {readonly Take[]} takes
   */
  constructor(random, takes) {
    this.random = random
    this.share = takes.length > MANY ? REAL_OF_MANY : REAL
    this.takes = random.fork('takes').shuffled(takes)
    this.photos = random.fork('photos').shuffled([...OWN_PHOTOS, ...(takes.length > MANY ? takes : [])])
    this.styles = random.fork('styles').shuffled(STYLE_NAMES)
    this.grade = gradeOf(random.fork('grade'))
    this.count = 0
  }

  /**
   * The next shot, real or drawn.
   * @param {import('./shots.mjs').Filming} [filming] of a drawn one
   * @returns {Shot}
   */
  shot(filming) {
    const random = this.random.fork(`shot ${this.count}`)
    const take = random.chance(this.share) ? this.take() : undefined
    return take ? filmed(random, take) : this.place().shot(filming)
  }

  /**
   * The next shot, real or drawn, by a camera of one's own.
   * @param {import('./shots.mjs').Camera} camera
   * @returns {Shot}
   */
  shotBy(camera) {
    const random = this.random.fork(`shot ${this.count}`)
    const take = random.chance(this.share) ? this.take() : undefined
    return take ? filmedBy(random, take, camera) : this.place().shot({ camera })
  }

  /** The next recording. Each is given once: two parts of one might be the same view. */
  take() {
    const take = this.takes[0]
    this.takes = this.takes.filter((other) => other.file !== take?.file)
    this.count++
    return take
  }

  /**
   * The next place: a photo, or drawn in another style than the ones before.
   * @param {readonly Style[]} [styles] drawn in one of these
   */
  place(styles) {
    const random = this.random.fork(`place ${this.count++}`)
    const still = !styles && random.chance(PHOTOS) ? this.photos.shift() : undefined
    if (still) return new Place(random, (height) => photo(still, canvasSize(height)), this.grade)
    const style = styles ? random.pick(styles) : /** @type {Style} */ (this.styles.shift())
    if (!styles) this.styles.push(style)
    return new Place(random, (height) => paintPlace(random.fork('paint'), style, height), this.grade)
  }

  /**
   * @param {number} count
   * @param {import('./shots.mjs').Filming} [filming]
   */
  shots(count, filming) {
    return Array.from({ length: count }, () => this.shot(filming))
  }
}
