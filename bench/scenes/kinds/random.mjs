// @ts-check

/** Numbers that follow from a text alone: the same text gives the same film. */
export class Random {
  /** @param {string} seed */
  constructor(seed) {
    this.seed = seed
    let hash = 0x811c_9dc5
    for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x0100_0193)
    this.state = hash >>> 0
  }

  /** @returns {number} in [0, 1): mulberry32 */
  next() {
    this.state = (this.state + 0x6d2b_79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /**
   * @param {number} least
   * @param {number} most
   */
  between(least, most) {
    return least + (most - least) * this.next()
  }

  /**
   * @param {number} least
   * @param {number} most included
   */
  whole(least, most) {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  /** @param {number} share of 1 */
  chance(share) {
    return this.next() < share
  }

  /** Either sign. */
  sign() {
    return this.chance(0.5) ? 1 : -1
  }

  /**
   * @template T
   * @param {readonly T[]} list not empty
   * @returns {T}
   */
  pick(list) {
    return /** @type {T} */ (list[Math.floor(this.next() * list.length)])
  }

  /**
   * @template T
   * @param {readonly T[]} list
   * @returns {T[]}
   */
  shuffled(list) {
    const rest = [...list]
    for (let at = rest.length - 1; at > 0; at--) {
      const other = this.whole(0, at)
      const one = /** @type {T} */ (rest[at])
      rest[at] = /** @type {T} */ (rest[other])
      rest[other] = one
    }
    return rest
  }

  /**
   * Numbers of their own: what is drawn from them changes nothing here.
   * @param {string | number} name
   */
  fork(name) {
    return new Random(`${this.seed}/${name}`)
  }
}
