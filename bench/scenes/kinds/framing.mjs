// @ts-check
// Bars around the picture.
import { assemble, kind, wide } from './plans.mjs'
import { film } from './shots.mjs'
import { MARGIN } from './places.mjs'
import { Picture } from './picture.mjs'

/** @typedef {import('./shots.mjs').Shot} Shot */
/** @typedef {import('./shots.mjs').Size} Size */
/** Part of the frame that shows the picture, shares of 1. @typedef {{ x: number, y: number }} Window */

const BLUR = 9

/**
 * A shot within bars, as large as the window allows.
 * @param {Shot} shot
 * @param {Window} window
 * @param {'black' | 'blurred'} [sides]
 * @returns {Shot}
 */
export function framed(shot, window, sides = 'black') {
  return async (size) => {
    const [width, height] = [even(size.width * window.x), even(size.height * window.y)]
    const draw = await shot({ width, height })
    const inner = new Picture(width, height)
    const [left, top] = [(size.width - width) >> 1, (size.height - height) >> 1]
    return (out, seconds) => {
      draw(inner, seconds)
      if (sides === 'black') out.fill([0, 0, 0])
      else blurred(out, inner)
      for (let y = 0; y < height; y++) {
        const row = inner.data.subarray(y * width * 3, (y + 1) * width * 3)
        out.data.set(row, ((top + y) * size.width + left) * 3)
      }
    }
  }
}

/** @param {number} length */
const even = (length) => Math.max(2, Math.round(length / 2) * 2)

/** The picture's middle, large, dim and without detail. @param {Picture} out @param {Picture} inner */
function blurred(out, inner) {
  const small = new Picture(BLUR * 2, BLUR)
  film(small, inner, { x: 0, y: 0, view: MARGIN * Math.min(1, (inner.width / inner.height) * 0.5) })
  const large = new Picture(small.width, small.height)
  for (let at = 0; at < small.data.length; at++) large.data[at] = (small.data[at] ?? 0) * 0.7
  film(out, large, { x: 0, y: 0, view: MARGIN * 0.9 })
}

/** @param {import('./random.mjs').Random} random */
const portrait = (random) => ({ x: random.between(0.25, 0.42), y: 1 })
/** @param {import('./random.mjs').Random} random */
const letterbox = (random) => ({ x: 1, y: random.between(0.66, 0.8) })
/** @param {import('./random.mjs').Random} random */
const pillarbox = (random) => ({ x: random.pick([0.75, 0.5625, random.between(0.68, 0.8)]), y: 1 })

export const FRAMING = [
  kind('portrait film between black bars', (studio) => {
    const window = portrait(studio.random)
    return assemble(studio, { shots: studio.sources.shots(6).map((shot) => framed(shot, window)) })
  }),
  kind('portrait film between blurred sides', (studio) => {
    const window = portrait(studio.random)
    return assemble(studio, { shots: studio.sources.shots(6).map((shot) => framed(shot, window, 'blurred')) })
  }),
  kind('portrait film', (studio) => {
    const { width, height } = wide(studio.size.width)
    return assemble(studio, { size: { width: even(height / 1.2), height: even(width / 1.2) } })
  }),
  kind('letterbox', (studio) => {
    const window = letterbox(studio.random)
    return assemble(studio, { shots: studio.sources.shots(6).map((shot) => framed(shot, window)) })
  }),
  kind('pillarbox', (studio) => {
    const window = pillarbox(studio.random)
    return assemble(studio, { shots: studio.sources.shots(6).map((shot) => framed(shot, window)) })
  }),
  kind('letterbox that changes at cuts', (studio) => {
    const { random } = studio
    const shots = studio.sources.shots(6).map((shot, at) => (at % 2 === 0 ? shot : framed(shot, letterbox(random))))
    return assemble(studio, { shots })
  }),
  kind('pillarbox that changes at cuts', (studio) => {
    const { random } = studio
    const windows = [{ x: 1, y: 1 }, pillarbox(random), portrait(random)]
    const shots = studio.sources.shots(6).map((shot, at) => framed(shot, windows[at % 3] ?? { x: 1, y: 1 }))
    return assemble(studio, { shots })
  }),
]
