// @ts-check
// More films out of kept ones, made of their small frames alone: light, flashes and slow transitions of every length, for
// which no film has to be encoded.
import { Random } from '../kinds/random.mjs'

/** @typedef {import('../score.mjs').Labels} Labels */
/** @typedef {{ time: number, pixels: Uint8Array }} Frame */
/** @typedef {(x: number, y: number) => number} Field a value a pixel; x and y 0..1 */
/** @typedef {{ frames: Frame[], truth: Labels }} Variation */

const [WIDTH, HEIGHT] = [48, 27]
const PLANE = WIDTH * HEIGHT
const RATE = 25
const BLACK = 16
const LEAST_CONTRAST = 18

/**
 * Runs of frames without an edit.
 * @param {readonly Frame[]} all
 * @param {Labels} truth
 * @param {number} least frames
 */
export function runsOf(all, { hard, gradual, ignore }, least) {
  const borders = [...hard.map((cut) => [cut, cut]), ...gradual.map(({ start, end }) => [start, end]), ...ignore]
  const ordered = [[0, 0], ...borders, [all.length, all.length]].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
  return ordered.flatMap(([, end], at) => {
    const next = ordered[at + 1]?.[0] ?? 0
    return next - (end ?? 0) >= least ? [all.slice(end, next)] : []
  })
}

/**
 * @param {readonly (readonly Frame[])[]} runs at 25 frames a second
 * @param {number} seed
 * @returns {Variation[]} one of light, where a shot has something to light, and one of slow transitions
 */
export function variationsOf(runs, seed) {
  const random = new Random(`variation ${seed}`)
  const run = () => /** @type {readonly Frame[]} */ (runs[random.whole(0, runs.length - 1)])
  // A plain grey in another light is another plain grey.
  const seen = runs.filter((one) => contrastOf(frameOf(one, 0)) >= LEAST_CONTRAST)
  const light = seen[random.whole(0, seen.length - 1)]
  return [...(light ? [lit(light, random)] : []), joined(run, random)]
}

/** @param {Uint8Array} pixels @returns {number} standard deviation of brightness, 0..255 */
function contrastOf(pixels) {
  const luma = pixels.subarray(0, PLANE)
  const mean = luma.reduce((sum, one) => sum + one, 0) / PLANE
  return Math.sqrt(luma.reduce((sum, one) => sum + (one - mean) ** 2, 0) / PLANE)
}

/** Frame `at` of a run that is played forward and backward. @param {readonly Frame[]} run @param {number} at */
function frameOf(run, at) {
  const way = at % (2 * run.length - 2)
  return /** @type {Frame} */ (run[way < run.length ? way : 2 * run.length - 2 - way]).pixels
}

/**
 * A shot in changing light: no boundary.
 * @param {readonly Frame[]} run @param {Random} random
 * @returns {Variation}
 */
function lit(run, random) {
  const isStill = random.chance(0.3)
  const out = Array.from({ length: 220 }, (_, at) => frameOf(run, isStill ? 0 : at))
  for (let at = random.whole(20, 40); at < 190; at += random.whole(25, 60)) {
    const [kind, angle] = [random.next(), random.next() * 2 * Math.PI]
    const slope = random.chance(0.5) ? 0 : random.next()
    const [gain, offset] = [
      random.chance(0.5) ? 0.3 + 0.5 * random.next() : 1.2 + 0.8 * random.next(),
      random.chance(0.3) ? 60 * random.next() : 0,
    ]
    const field = (/** @type {number} */ x, /** @type {number} */ y) => {
      const way = 0.5 + 0.7 * ((x - 0.5) * Math.cos(angle) + (y - 0.5) * Math.sin(angle))
      return 1 + (gain - 1) * (1 - slope * Math.min(1, Math.max(0, way)))
    }
    // a flash, or light that stays for a while, or for good
    const length = kind < 0.45 ? random.whole(1, 8) : kind < 0.75 ? random.whole(9, 50) : 220
    const isWhite = kind < 0.3
    for (let frame = at; frame < Math.min(out.length, at + length); frame++) {
      const from = /** @type {Uint8Array} */ (out[frame])
      out[frame] = isWhite ? relit(from, () => 0.15 + 0.4 * slope, 150 + 60 * gain) : relit(from, field, offset)
    }
  }
  return { frames: timed(out), truth: { hard: [], gradual: [], ignore: [] } }
}

/** @param {Uint8Array} pixels @param {Field} gain @param {number} offset */
function relit(pixels, gain, offset) {
  const out = new Uint8Array(pixels)
  for (let at = 0; at < PLANE; at++) {
    const factor = gain((at % WIDTH) / WIDTH, Math.floor(at / WIDTH) / HEIGHT)
    out[at] = clamp(BLACK + factor * ((pixels[at] ?? 0) - BLACK) + offset)
    const colour = Math.min(1, factor)
    for (const plane of [PLANE, 2 * PLANE]) out[at + plane] = clamp(128 + colour * ((pixels[at + plane] ?? 0) - 128))
  }
  return out
}

/**
 * Shots joined by slow transitions.
 * @param {() => readonly Frame[]} run @param {Random} random
 * @returns {Variation}
 */
function joined(run, random) {
  /** @type {Uint8Array[]} */
  const out = []
  /** @type {{ start: number, end: number }[]} */
  const gradual = []
  let [shot, place] = [run(), 0]
  for (let join = 0; join < 4; join++) {
    const alone = random.whole(20, 45)
    for (let frame = 0; frame < alone; frame++) out.push(frameOf(shot, place++))
    if (join === 3) break
    const next = another(run, shot)
    const length = random.chance(0.5) ? random.whole(6, 30) : random.whole(20, 75)
    const mix = mixOf(random)
    gradual.push({ start: out.length, end: out.length + length })
    for (let frame = 0; frame < length; frame++) {
      out.push(mix(frameOf(shot, place++), frameOf(next, frame), (frame + 1) / (length + 1)))
    }
    shot = next
    place = length
  }
  return { frames: timed(out), truth: { hard: [], gradual, ignore: [] } }
}

/** @param {() => readonly Frame[]} run @param {readonly Frame[]} shot */
function another(run, shot) {
  let next = run()
  while (next === shot) next = run()
  return next
}

/** @param {Random} random @returns {(one: Uint8Array, other: Uint8Array, share: number) => Uint8Array} */
function mixOf(random) {
  const kind = random.next()
  if (kind < 0.4) return (one, other, share) => blended(one, other, () => share)
  if (kind < 0.6) {
    const colour = [random.whole(16, 235), random.whole(60, 196), random.whole(60, 196)]
    if (random.chance(0.6)) colour.splice(0, 3, random.chance(0.7) ? 16 : 235, 128, 128)
    const flat = Uint8Array.from({ length: 3 * PLANE }, (_, at) => colour[Math.floor(at / PLANE)] ?? 0)
    const hold = random.next() * 0.4
    return (one, other, share) => {
      if (share < 0.5 - hold / 2) return blended(one, flat, () => share / (0.5 - hold / 2))
      if (share <= 0.5 + hold / 2) return flat
      return blended(flat, other, () => (share - 0.5 - hold / 2) / (0.5 - hold / 2))
    }
  }
  const [angle, soft] = [random.next() * 2 * Math.PI, random.chance(0.5) ? 0.02 : 0.3 * random.next() + 0.02]
  const isRound = random.chance(0.3)
  return (one, other, share) =>
    blended(one, other, (x, y) => {
      const way = isRound
        ? Math.hypot(x - 0.5, y - 0.5) / 0.71
        : 0.5 + ((x - 0.5) * Math.cos(angle) + (y - 0.5) * Math.sin(angle)) / 1.42
      return Math.min(1, Math.max(0, (share * (1 + soft) - way) / soft))
    })
}

/** @param {Uint8Array} one @param {Uint8Array} other @param {Field} share */
function blended(one, other, share) {
  const out = new Uint8Array(3 * PLANE)
  for (let at = 0; at < PLANE; at++) {
    const part = share((at % WIDTH) / WIDTH, Math.floor(at / WIDTH) / HEIGHT)
    for (let to = at; to < 3 * PLANE; to += PLANE)
      out[to] = clamp((1 - part) * (one[to] ?? 0) + part * (other[to] ?? 0))
  }
  return out
}

/** @param {number} value */
function clamp(value) {
  return Math.max(0, Math.min(255, Math.round(value)))
}

/** @param {readonly Uint8Array[]} all @returns {Frame[]} */
function timed(all) {
  return all.map((pixels, at) => ({ time: at / RATE, pixels }))
}
