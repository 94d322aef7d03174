// @ts-check
// The light changes, the shot does not: none of it is a cut. Some real cuts are among them.
import { assemble, insideShots, kind, wide } from './plans.mjs'
import { lit } from './shots.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./film.mjs').Effect} Effect */
/** @typedef {import('./film.mjs').Plan} Plan */
/** @typedef {import('./picture.mjs').Picture} Picture */
/** @typedef {import('./picture.mjs').Colour} Colour */
/** @typedef {{ from: number, to: number }} Span seconds */

const LOW = [25, 30]
const HIGH = [50, 60, 120, 240]
/** @type {readonly Colour[]} */
const LAMPS = [[1, 1, 1], [1.15, 1, 0.8], [0.85, 1, 1.15]] // prettier-ignore
/** @type {readonly [number, number]} */
const SECONDS = [2, 3.2]
/** @type {readonly [number, number]} */
const SECONDS_OF_MANY = [1.3, 2]

/**
 * A photographer's flash: stronger where things are near, white where it is too much.
 * @param {Random} random
 * @returns {(out: Picture) => void}
 */
function flashLight(random) {
  const [gain, veil] = [random.between(1.6, 4), random.between(20, 150)]
  const [x, y, reach] = [random.next(), random.next(), random.between(0.6, 3)]
  return (out) => {
    const { data, width, height } = out
    for (let row = 0, at = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const away = Math.hypot(column / width - x, row / height - y) / reach
        const share = Math.max(0, 1 - away)
        for (let channel = 0; channel < 3; channel++, at++) {
          data[at] = (data[at] ?? 0) * (1 + (gain - 1) * share) + veil * share
        }
      }
    }
  }
}

/** @param {Random} random @param {Plan} plan @returns {Effect} */
function flashes(random, plan) {
  const all = insideShots(plan, 0.3).flatMap(({ from, to }) => {
    const begin = random.between(from, to - 0.15)
    const lasts = random.between(0.04, 0.15)
    const twice = random.chance(0.3) ? [{ from: begin + 0.3, to: Math.min(to, begin + 0.3 + lasts) }] : []
    return [{ from: begin, to: begin + lasts }, ...twice].map((span) => ({ ...span, apply: flashLight(random) }))
  })
  return (out, { seconds }) => all.find((one) => seconds >= one.from && seconds < one.to)?.apply(out)
}

/** A disco: bright and dark in turns, some times a second. @param {Random} random @param {Plan} plan @returns {Effect} */
function strobe(random, plan) {
  const all = insideShots(plan, 0.3).map((span) => ({
    ...span,
    rate: random.between(3, 12),
    share: random.between(0.3, 0.6),
    bright: flashLight(random),
    dark: random.between(0.1, 0.5),
    isDark: random.chance(0.5),
  }))
  return (out, { seconds }) => {
    const one = all.find(({ from, to }) => seconds >= from && seconds < to)
    if (!one || ((seconds - one.from) * one.rate) % 1 >= one.share) return
    if (one.isDark) lit(out, { gain: one.dark, tint: [1, 1, 1] })
    else one.bright(out)
  }
}

/** A lamp of the room, which stays on or off for a while. @param {Random} random @param {Plan} plan @returns {Effect} */
function lamp(random, plan) {
  const all = insideShots(plan, 0.5).map(({ from, to }) => {
    const begin = random.between(from, from + (to - from) * 0.4)
    return {
      from: begin,
      to: random.chance(0.5) ? to + 9 : random.between(begin + (to - begin) * 0.5, to),
      part: 0,
      gain: random.pick([random.between(0.25, 0.55), random.between(1.5, 2.2)]),
      tint: random.pick(LAMPS),
    }
  })
  const parts = insideShots(plan, 0.5).map(({ part }) => part)
  return (out, { seconds, part }) => {
    const one = all[parts.indexOf(part)]
    if (one && seconds >= one.from && seconds < one.to) lit(out, one)
  }
}

/**
 * A camera that sets itself anew, at once or in some steps.
 * @param {Random} random
 * @param {Plan} plan
 * @param {() => { gain: number, tint: Colour }} setting
 * @returns {Effect}
 */
function steps(random, plan, setting) {
  const all = insideShots(plan, 0.3).map(({ from, to, part }) => ({
    part,
    levels: Array.from({ length: random.whole(1, 3) }, () => ({ from: random.between(from, to), ...setting() })).sort((a, b) => a.from - b.from), // prettier-ignore
  }))
  return (out, { seconds, part }) => {
    const level = all.find((one) => one.part === part)?.levels.findLast(({ from }) => seconds >= from)
    if (level) lit(out, level)
  }
}

/** @param {Random} random @param {Plan} plan @returns {Effect} */
const exposure = (random, plan) => steps(random, plan, () => ({ gain: random.pick([random.between(0.55, 0.85), random.between(1.15, 1.6)]), tint: [1, 1, 1] })) // prettier-ignore

/** @param {Random} random @param {Plan} plan @returns {Effect} */
const whiteBalance = (random, plan) =>
  steps(random, plan, () => {
    const warm = random.sign() * random.between(0.1, 0.3)
    return { gain: random.between(0.95, 1.05), tint: [1 + warm, 1, 1 - warm] }
  })

/** @param {string} name @param {(random: Random, plan: Plan) => Effect} effect @param {readonly number[]} [rates] */
const light = (name, effect, rates = LOW) =>
  kind(name, (studio) => {
    const rate = studio.random.pick(rates)
    const size = rate > 100 ? wide(studio.size.height * 0.7) : studio.size
    const seconds = rate > 100 ? SECONDS_OF_MANY : SECONDS
    const plan = assemble(studio, { shots: studio.sources.shots(4), seconds, rate, size })
    return { ...plan, effects: [effect(studio.random.fork('light'), plan)] }
  })

export const LIGHT = [
  light('flashes', flashes),
  light('flashes at 50 to 240 frames a second', flashes, HIGH),
  light('flashes at 5 to 15 frames a second', flashes, [5, 10, 12.5, 15]),
  light('strobe', strobe),
  light('strobe at 50 to 240 frames a second', strobe, HIGH),
  light('lamp on and off', lamp),
  light('exposure steps', exposure),
  light('white balance steps', whiteBalance),
]
