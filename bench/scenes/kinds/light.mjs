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
/** @type {readonly Colour[]} */
const LOST = [[0, 0, 0], [0, 0, 0], [128, 128, 128], [0, 135, 0], [20, 30, 200]] // prettier-ignore
/** @type {readonly Colour[]} */
const HANDS = [[150, 100, 80], [70, 45, 35], [25, 25, 28], [120, 120, 115]] // prettier-ignore
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

/** Black, grey or torn pictures for a moment. @param {Random} random @param {Plan} plan @returns {Effect} */
function dropouts(random, plan) {
  const all = insideShots(plan, 0.3).flatMap(({ from, to }) => {
    const begin = random.between(from, to - 0.15)
    const colour = random.pick(LOST)
    return [{ from: begin, to: begin + random.between(0.04, 0.14), colour, share: random.pick([1, 1, 0.6]) }]
  })
  return (out, { seconds }) => {
    const lost = all.find(({ from, to }) => seconds >= from && seconds < to)
    if (lost) out.box(0, out.height * (1 - lost.share), out.width, out.height, lost.colour)
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

/** A dimmer, a cloud, the evening: light goes down or up in seconds, and stays or comes back. @param {Random} random @param {Plan} plan @returns {Effect} */
function ramps(random, plan) {
  const all = insideShots(plan, 0.2).map(({ from, to, part }) => ({
    part,
    from: random.between(from, from + (to - from) * 0.3),
    takes: random.between(1, Math.max(1, (to - from) * 0.7)),
    gain: random.pick([random.between(0.1, 0.5), random.between(1.4, 2.2)]),
    tint: random.pick(LAMPS),
    isBack: random.chance(0.4),
  }))
  return (out, { seconds, part }) => {
    const one = all.find((ramp) => ramp.part === part)
    if (!one || seconds < one.from) return
    const way = Math.min(1, (seconds - one.from) / one.takes)
    const share = one.isBack ? Math.sin(way * Math.PI) : way
    const [red, green, blue] = one.tint
    const tint = /** @type {const} */ ([1 + (red - 1) * share, 1 + (green - 1) * share, 1 + (blue - 1) * share])
    lit(out, { gain: 1 + (one.gain - 1) * share, tint })
  }
}

/** A camera that never settles. @param {Random} random @returns {Effect} */
function drifting(random) {
  const [depth, rate, other] = [random.between(0.15, 0.4), random.between(0.3, 1.2), random.between(1.3, 3)]
  return (out, { seconds }) =>
    lit(out, { gain: 1 + depth * Math.sin(seconds * rate * 6.3) * Math.sin(seconds * other), tint: [1, 1, 1] })
}

/** A hand or a wall before the lens for a second: whether a shot begins after it is a matter of taste. @param {Random} random @param {Plan} plan @returns {Plan} */
function covered(random, plan) {
  const all = insideShots(plan, 0.25).map(({ from, to }) => {
    const begin = random.between(from, from + (to - from) * 0.3)
    return {
      from: begin,
      to: Math.min(to, begin + random.between(0.7, 1.4)),
      way: random.sign(),
      skin: random.pick(HANDS),
    }
  })
  /** @type {Effect} */
  const effect = (out, { seconds }) => {
    const one = all.find(({ from, to }) => seconds >= from && seconds < to)
    if (!one) return
    const over = Math.min(1, (seconds - one.from) / 0.25, (one.to - seconds) / 0.25)
    const x = (0.5 + one.way * (1 - over) * 1.6) * out.width
    out.ellipse(x, out.height / 2, out.width, out.height * 1.2, one.skin, { soft: 0.3 })
  }
  const ignore = all.map(
    ({ from, to }) => /** @type {const} */ ([Math.floor(from * plan.rate), Math.ceil(to * plan.rate)]),
  )
  const { timeline } = plan
  return { ...plan, effects: [effect], timeline: { ...timeline, truth: { ...timeline.truth, ignore } } }
}

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
  kind('lens covered for a second', (studio) => {
    const plan = assemble(studio, { shots: studio.sources.shots(4), seconds: [2.2, 3.2] })
    return covered(studio.random.fork('hands'), plan)
  }),
  light('flashes', flashes),
  light('signal lost for a moment', dropouts),
  light('flashes at 50 to 240 frames a second', flashes, HIGH),
  light('flashes at 5 to 15 frames a second', flashes, [5, 10, 12.5, 15]),
  light('strobe', strobe),
  light('strobe at 50 to 240 frames a second', strobe, HIGH),
  light('lamp on and off', lamp),
  light('exposure steps', exposure),
  light('exposure drifts', drifting),
  light('light goes down or up in seconds', ramps),
  light('white balance steps', whiteBalance),
]
