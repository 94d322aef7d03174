// @ts-check
// Slow transitions of every kind, among real and drawn shots.
import { assemble, kind } from './plans.mjs'
import { colourOf } from './picture.mjs'
import { dissolve, fadeThrough, pixelize, slide, wipe, zoomThrough } from './transitions.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./timeline.mjs').Mix} Mix */
/** @typedef {import('./transitions.mjs').Order} Order */

/**
 * @param {string} name
 * @param {readonly [least: number, most: number]} frames of a transition
 * @param {(random: Random) => Mix} mix
 */
const slow = (name, frames, mix) =>
  kind(name, (studio) => {
    const own = studio.random.fork('transitions')
    const next = () => ({ mix: mix(own), frames: own.whole(...frames) })
    return assemble(studio, { shots: studio.sources.shots(5), seconds: [1.6, 2.6], next })
  })

const WAYS = /** @type {const} */ (['left', 'right', 'up', 'down'])
const SIDES = /** @type {const} */ (['left', 'right', 'up', 'down'])
const CORNERS = /** @type {const} */ (['falling', 'rising'])
const CIRCLES = /** @type {const} */ (['circle', 'closing'])
const SHAPES = /** @type {const} */ (['clock', 'doors', 'blinds', 'box'])

/** @param {readonly Order[]} orders @param {readonly number[]} [edges] widths @returns {(random: Random) => Mix} */
const wipes =
  (orders, edges = [0.01, 0.01, 0.08, 0.2]) =>
  (random) =>
    wipe(random.pick(orders), random.pick(edges))

export const GRADUAL = [
  slow('dissolves of 6 to 12 frames', [6, 12], () => dissolve),
  slow('dissolves of 13 to 30 frames', [13, 30], () => dissolve),
  slow('dissolves of 31 to 50 frames', [31, 50], () => dissolve),
  slow('dissolves of 51 to 75 frames', [51, 75], () => dissolve),
  slow('fades through black', [10, 50], () => fadeThrough([0, 0, 0])),
  slow('fades through white', [10, 50], () => fadeThrough([255, 255, 255])),
  slow('fades through a colour', [10, 50], (random) => fadeThrough(colourOf(random.between(0, 360), random.between(0.4, 1), random.between(0.25, 0.6)))), // prettier-ignore
  slow('wipes', [10, 40], wipes(SIDES)),
  slow('wipes with an edge as wide as the picture', [12, 45], wipes([...SIDES, ...CORNERS], [0.6, 1])),
  slow('diagonal wipes', [10, 40], wipes(CORNERS)),
  slow('circles', [10, 40], wipes(CIRCLES, [0.01, 0.1, 0.67])),
  slow('clock wipes, doors and blinds', [10, 40], wipes(SHAPES)),
  slow('zooms from shot to shot', [8, 20], () => zoomThrough),
  slow('pixels grow and shrink', [12, 40], () => pixelize),
  slow('pushes', [10, 40], (random) => slide(random.pick(WAYS))),
  slow('smooth pushes', [12, 45], (random) => slide(random.pick(WAYS), { smooth: true })),
  slow('covers', [10, 40], (random) => slide(random.pick(WAYS), { kind: 'cover', smooth: random.chance(0.5) })),
  slow('uncovers', [10, 40], (random) => slide(random.pick(WAYS), { kind: 'uncover', smooth: random.chance(0.5) })),
  kind('cuts and dissolves mixed', (studio) => {
    const own = studio.random.fork('transitions')
    const next = () => (own.chance(0.5) ? undefined : { mix: dissolve, frames: own.whole(6, 50) })
    return assemble(studio, { shots: studio.sources.shots(7), seconds: [1.2, 2.2], next })
  }),
]
