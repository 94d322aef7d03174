// @ts-check
// Pictures with little in them: colour or brightness is all that tells two shots apart.
import { grain, naturalNoise } from './noise.mjs'
import { colourOf, mixed } from './picture.mjs'
import { assemble, kind } from './plans.mjs'
import { plain } from './shots.mjs'
import { writeText } from './text.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./shots.mjs').Shot} Shot */
/** @typedef {import('./picture.mjs').Colour} Colour */

/** Colours that differ clearly from their neighbours. @param {Random} random @param {number} count @returns {Colour[]} */
export function colours(random, count) {
  let hue = random.between(0, 360)
  return Array.from({ length: count }, () => {
    hue += random.between(60, 180)
    return colourOf(hue % 360, random.between(0.5, 1), random.between(0.3, 0.65))
  })
}

/** Greys at least 25 levels from the one before. @param {Random} random @param {number} count @returns {Colour[]} */
function greys(random, count) {
  let level = random.between(20, 235)
  return Array.from({ length: count }, () => {
    const before = level
    while (Math.abs(level - before) < 25) level = random.between(16, 240)
    return [level, level, level]
  })
}

/** @param {Random} random @param {Colour} ground @param {Colour} ink @param {{ lines: string[], x: number, y: number, size: number, bar: number }} layout */
export function card(random, ground, ink, { lines, x, y, size, bar }) {
  const lower = mixed(ground, [0, 0, 0], random.between(0, 0.3))
  /** @type {Shot} */
  const shot =
    ({ width, height }) =>
    (out) => {
      out.fill(ground)
      out.box(0, height * bar, width, height * 0.04, lower)
      for (const [row, line] of lines.entries())
        writeText(out, line, x * width, (y + row * size * 1.6) * height, size * height, ink)
    }
  return shot
}

/** @param {Random} random @returns {Shot} */
export function emptyView(random) {
  const hue = random.between(0, 360)
  const [saturation, light] = [random.between(0.2, 0.7), random.between(0.35, 0.75)]
  const [high, low] = [
    colourOf(hue, saturation, light),
    colourOf(hue + random.between(-15, 15), saturation, light - 0.1),
  ]
  const soft = naturalNoise(random, 2)
  const speed = random.between(-0.05, 0.05)
  const dust = grain(random.fork('grain'), random.between(0.5, 2))
  return ({ width, height }) =>
    (out, seconds) => {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const cloud = soft(x / height + speed * seconds + 3, y / height) - 0.5
          out.data.set(mixed(high, low, y / height + cloud * 0.4), (y * width + x) * 3)
        }
      }
      dust(out, Math.round(seconds * 1000))
    }
}

/** Lines and where they stand. @param {Random} random */
const layoutOf = (random) => ({
  lines: random.pick([['CHAPTER 4'], ['THE NEWS', 'AT NINE'], ['PART 2', 'THE LONG', 'WAY HOME']]),
  x: random.between(0.1, 0.4),
  y: random.between(0.2, 0.5),
  size: random.between(0.07, 0.14),
  bar: random.between(0.75, 0.9),
})

export const FLAT = [
  kind('full-screen graphics between shots', (studio) => {
    const { random, sources } = studio
    const [one, two, three] = colours(random, 3).map((ground) =>
      card(random, ground, [245, 245, 245], layoutOf(random)),
    )
    const cards = /** @type {Shot[]} */ ([one, two, three])
    return assemble(studio, { shots: cards.flatMap((graphic) => [sources.shot(), graphic]) })
  }),
  kind('plain colours', (studio) => assemble(studio, { shots: colours(studio.random, 6).map(plain) })),
  kind('plain greys', (studio) => assemble(studio, { shots: greys(studio.random, 6).map(plain) })),
  kind('title cards of one layout', (studio) => {
    const { random } = studio
    const grounds = colours(random, 6)
    const layout = layoutOf(random)
    const ink = random.pick([/** @type {Colour} */ ([245, 245, 245]), /** @type {Colour} */ ([15, 15, 15])])
    return assemble(studio, { shots: grounds.map((ground) => card(random, ground, ink, layout)) })
  }),
  kind('fields and skies without detail', (studio) =>
    assemble(studio, { shots: Array.from({ length: 6 }, (_, at) => emptyView(studio.random.fork(at))) }),
  ),
]
