// @ts-check
// Slides of a talk, and photos that are filmed.
import { wordsOf } from './rates.mjs'
import { colourOf, mixed } from './picture.mjs'
import { assemble, kind } from './plans.mjs'
import { writeText } from './text.mjs'
import { dissolve, slide } from './transitions.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./shots.mjs').Shot} Shot */
/** @typedef {import('./shots.mjs').Camera} Camera */

/** Slides of one talk share their colours and their layout. @param {Random} random @param {number} count @returns {Shot[]} */
function talk(random, count) {
  const hue = random.between(0, 360)
  const isDark = random.chance(0.3)
  const ground = colourOf(hue, random.between(0, 0.4), isDark ? random.between(0.08, 0.25) : random.between(0.85, 0.98))
  const ink = isDark ? mixed(ground, [255, 255, 255], 0.85) : mixed(ground, [0, 0, 0], 0.8)
  const accent = colourOf(hue + random.between(90, 270), 0.7, 0.5)
  const head = random.between(0.08, 0.2)
  return Array.from({ length: count }, (_, at) => {
    const own = random.fork(`slide ${at}`)
    const [title, lines] = [wordsOf(own), Array.from({ length: own.whole(2, 7) }, () => wordsOf(own))]
    const bars = own.chance(0.5) ? Array.from({ length: own.whole(3, 7) }, () => own.between(0.1, 0.6)) : []
    return ({ width, height }) =>
      (out) => {
        out.fill(ground)
        out.box(0, 0, width, height * 0.02, accent)
        writeText(out, title.slice(0, 18), width * 0.06, height * head, height * 0.08, ink)
        for (const [row, line] of lines.entries()) {
          writeText(
            out,
            line.slice(0, bars.length > 0 ? 12 : 28),
            width * 0.08,
            height * (head + 0.2 + row * 0.09),
            height * 0.05,
            ink,
          )
        }
        for (const [column, tall] of bars.entries()) {
          out.box(width * (0.5 + column * 0.065), height * (0.92 - tall), width * 0.045, height * tall, accent)
        }
      }
  })
}

/** A photo on which the view slowly closes in, or opens. @param {Random} random @returns {Camera} */
function kenBurns(random) {
  const [x, y] = [random.between(-0.15, 0.15), random.between(-0.08, 0.08)]
  const [toX, toY] = [random.between(-0.08, 0.08), random.between(-0.04, 0.04)]
  const zoom = random.sign() * random.between(0.04, 0.13)
  const view = zoom < 0 ? 1 : 0.65
  return (seconds) => ({ x: x + toX * seconds, y: y + toY * seconds, view: view + zoom * seconds })
}

/** @param {import('./plans.mjs').Studio} studio */
const photos = ({ random, sources }) =>
  Array.from({ length: 6 }, (_, at) => sources.place().shot({ camera: kenBurns(random.fork(`photo ${at}`)) }))

export const SLIDES = [
  kind('slides', (studio) => assemble(studio, { shots: talk(studio.random, 6), seconds: [1.2, 3] })),
  kind('slides that dissolve', (studio) => {
    const next = () => ({ mix: dissolve, frames: studio.random.whole(8, 25) })
    return assemble(studio, { shots: talk(studio.random, 5), seconds: [1.5, 3], next })
  }),
  kind('slides that push', (studio) => {
    const way = studio.random.pick(/** @type {const} */ (['left', 'up', 'right']))
    const next = () => ({ mix: slide(way, { smooth: true }), frames: studio.random.whole(10, 25) })
    return assemble(studio, { shots: talk(studio.random, 5), seconds: [1.5, 3], next })
  }),
  kind('zooming photos', (studio) => assemble(studio, { shots: photos(studio), seconds: [1.6, 2.6] })),
  kind('zooming photos that dissolve', (studio) => {
    const next = () => ({ mix: dissolve, frames: studio.random.whole(15, 40) })
    return assemble(studio, { shots: photos(studio).slice(0, 5), seconds: [1.6, 2.6], next })
  }),
]
