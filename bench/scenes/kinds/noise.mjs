// @ts-check

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {(x: number, y: number) => number} Noise 0..1 */

const SIDE = 64

/**
 * Smooth noise with one hill per unit.
 * @param {Random} random
 * @returns {Noise}
 */
export function smoothNoise(random) {
  const lattice = Float32Array.from({ length: SIDE * SIDE }, () => random.next())
  const value = (/** @type {number} */ x, /** @type {number} */ y) =>
    lattice[(y & (SIDE - 1)) * SIDE + (x & (SIDE - 1))] ?? 0
  return (x, y) => {
    const [left, top] = [Math.floor(x), Math.floor(y)]
    const [u, v] = [x - left, y - top]
    const [s, t] = [u * u * (3 - 2 * u), v * v * (3 - 2 * v)]
    const upper = value(left, top) + (value(left + 1, top) - value(left, top)) * s
    const lower = value(left, top + 1) + (value(left + 1, top + 1) - value(left, top + 1)) * s
    return upper + (lower - upper) * t
  }
}

/**
 * Noise with as much detail as natural pictures: each octave is twice as fine and half as strong.
 * @param {Random} random
 * @param {number} [octaves]
 * @returns {Noise}
 */
export function naturalNoise(random, octaves = 5) {
  const noise = smoothNoise(random)
  const all = 2 - 2 ** (1 - octaves)
  return (x, y) => {
    let sum = 0
    for (let octave = 0, strength = 1; octave < octaves; octave++, strength /= 2) {
      const scale = 2 ** octave
      sum += strength * noise(x * scale + 17.3 * octave, y * scale + 9.1 * octave)
    }
    return sum / all
  }
}

const GRAIN = 1 << 16

/**
 * Grain of a film or sensor, other in every frame.
 * @param {Random} random
 * @param {number} strength standard deviation, grey levels
 * @returns {(picture: import('./picture.mjs').Picture, frame: number) => void}
 */
export function grain(random, strength) {
  const tile = Int8Array.from({ length: GRAIN }, () => {
    const normal = random.next() + random.next() + random.next() + random.next() - 2
    return Math.max(-127, Math.min(127, Math.round(normal * 1.73 * strength)))
  })
  return ({ data }, frame) => {
    let place = (Math.imul(frame + 1, 0x9e37_79b1) >>> 8) & (GRAIN - 1)
    for (let at = 0; at + 2 < data.length; at += 3) {
      place = (place + 1) & (GRAIN - 1)
      if (place === 0) place = (frame * 7919 + at) & (GRAIN - 1)
      const change = tile[place] ?? 0
      data[at] = (data[at] ?? 0) + change
      data[at + 1] = (data[at + 1] ?? 0) + change
      data[at + 2] = (data[at + 2] ?? 0) + change
    }
  }
}
