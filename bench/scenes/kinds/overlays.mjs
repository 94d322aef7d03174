// @ts-check
// What is burned into the picture: it goes on over cuts, or comes and goes without one.
import { colourOf } from './picture.mjs'
import { assemble, insideShots, kind } from './plans.mjs'
import { wordsOf } from './rates.mjs'
import { widthOf, writeText } from './text.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./film.mjs').Effect} Effect */
/** @typedef {import('./film.mjs').Plan} Plan */

/** @param {number} value */
const two = (value) => String(Math.floor(value)).padStart(2, '0')

/** A running clock with frames or hundredths. @param {Random} random @returns {Effect} */
function clock(random) {
  const [x, y] = [random.between(0.02, 0.5), random.pick([0.04, 0.86])]
  const size = random.between(0.05, 0.12)
  const start = random.whole(0, 80_000)
  const isBoxed = random.chance(0.6)
  return (out, { seconds }) => {
    const now = start + seconds
    const text = `${two(now / 3600)}:${two((now / 60) % 60)}:${two(now % 60)}:${two((seconds % 1) * 100)}`
    const [left, top, tall] = [x * out.width, y * out.height, size * out.height]
    if (isBoxed) out.box(left - tall / 3, top - tall / 3, widthOf(text) * tall + tall / 1.5, tall * 1.6, [0, 0, 0], 0.8)
    writeText(out, text, left, top, tall, [255, 255, 255])
  }
}

/** @param {Random} random @returns {Effect} */
function logo(random) {
  const [x, y] = [random.pick([0.08, 0.9]), random.pick([0.12, 0.86])]
  const colour = colourOf(random.between(0, 360), random.between(0, 1), random.between(0.4, 0.95))
  const [share, size] = [random.between(0.4, 1), random.between(0.05, 0.1)]
  const letters = wordsOf(random).slice(0, 2)
  return (out) => {
    const r = size * out.height
    out.ellipse(x * out.width, y * out.height, r * 1.3, r, colour, { share, relief: 0, soft: 0.05 })
    writeText(out, letters, x * out.width - r * 0.6, y * out.height - r * 0.5, r, [255, 255, 255], share)
  }
}

/**
 * Something that is shown from time to time, in no step with the cuts.
 * @param {Random} random
 * @param {Plan} plan
 * @param {{ shown: readonly [number, number], between: readonly [number, number] }} seconds
 */
function timesOf(random, plan, { shown, between }) {
  const end = plan.timeline.moments.length / plan.rate
  const times = []
  for (let from = random.between(0.2, 1); from < end;) {
    const to = from + random.between(...shown)
    times.push({ from, to, words: wordsOf(random) })
    from = to + random.between(...between)
  }
  return times
}

/** @param {Random} random @param {Plan} plan @returns {Effect} */
function subtitles(random, plan) {
  const lines = timesOf(random, plan, { shown: [0.6, 2], between: [0.1, 1] })
  const [size, colour] = [random.between(0.045, 0.08), random.pick([/** @type {const} */ ([255, 255, 255]), /** @type {const} */ ([250, 230, 60])])] // prettier-ignore
  const isBoxed = random.chance(0.4)
  return (out, { seconds }) => {
    const line = lines.find(({ from, to }) => seconds >= from && seconds < to)
    if (!line) return
    const text = line.words.slice(0, 30)
    const tall = size * out.height
    const left = (out.width - widthOf(text) * tall) / 2
    if (isBoxed) out.box(left - 4, out.height * 0.85 - 3, widthOf(text) * tall + 8, tall + 6, [0, 0, 0], 0.7)
    writeText(out, text, left, out.height * 0.85, tall, colour)
  }
}

/** A large title within shots, at once or in some frames. @param {Random} random @param {Plan} plan @param {readonly number[]} [fades] seconds @returns {Effect} */
function titles(random, plan, fades = [0, 0, 0.2, 0.5, 0.8]) {
  const all = insideShots(plan, 0.35).map(({ from, to }) => ({
    from: random.between(from, from + (to - from) * 0.3),
    to: random.between(from + (to - from) * 0.6, to),
    fade: random.pick(fades),
    words: [wordsOf(random), wordsOf(random)].map((words) => words.slice(0, random.whole(6, 14))),
    size: random.between(0.1, 0.2),
    y: random.between(0.15, 0.6),
    plate: random.pick([0, 0, 0.6, 1]),
    tall: random.pick([2.9, 2.9, 5]),
    colour: colourOf(random.between(0, 360), random.between(0, 1), random.between(0.5, 1)),
  }))
  return (out, { seconds }) => {
    const title = all.find(({ from, to }) => seconds >= from && seconds < to)
    if (!title) return
    const { from, to, fade, words, size, y, plate, tall: lines, colour } = title
    const share = fade === 0 ? 1 : Math.min(1, (seconds - from) / fade, (to - seconds) / fade)
    const tall = size * out.height
    if (plate > 0) out.box(0, (y - 0.05) * out.height, out.width * 0.9, tall * lines, [10, 10, 30], plate * share)
    for (const [row, line] of words.entries()) {
      writeText(out, line, out.width * 0.06, y * out.height + row * tall * 1.3, tall, colour, share)
    }
  }
}

/** A banner of news that slides in at the bottom, stays and goes. @param {Random} random @param {Plan} plan @returns {Effect} */
function banner(random, plan) {
  const all = timesOf(random, plan, { shown: [1, 3], between: [0.5, 2] })
  const colour = colourOf(random.between(0, 360), 0.8, 0.4)
  const [tall, takes] = [random.between(0.15, 0.28), random.pick([0, 0.2, 0.4])]
  return (out, { seconds }) => {
    const one = all.find(({ from, to }) => seconds >= from && seconds < to)
    if (!one) return
    const share = takes === 0 ? 1 : Math.min(1, (seconds - one.from) / takes, (one.to - seconds) / takes)
    const top = out.height * (0.95 - tall)
    out.box(0, top, out.width * share, tall * out.height, colour, 0.95)
    if (share === 1) writeText(out, one.words.slice(0, 24), 10, top + tall * out.height * 0.3, tall * out.height * 0.35, [255, 255, 255]) // prettier-ignore
  }
}

/** @param {string} name @param {(random: Random, plan: Plan) => Effect} effect */
const burnedIn = (name, effect) =>
  kind(name, (studio) => {
    const plan = assemble(studio)
    return { ...plan, effects: [effect(studio.random.fork('overlay'), plan)] }
  })

export const OVERLAYS = [
  burnedIn('burned-in clock', clock),
  burnedIn('burned-in logo', logo),
  burnedIn('subtitles', subtitles),
  burnedIn('banner of news', banner),
  kind('titles fade in and out', (studio) => {
    const plan = assemble(studio, { shots: studio.sources.shots(4), seconds: [2.6, 3.6] })
    return { ...plan, effects: [titles(studio.random.fork('overlay'), plan, [0.3, 0.5, 0.8])] }
  }),
  kind('titles come and go', (studio) => {
    const plan = assemble(studio, { shots: studio.sources.shots(4), seconds: [2.2, 3.4] })
    return { ...plan, effects: [titles(studio.random.fork('overlay'), plan)] }
  }),
]
