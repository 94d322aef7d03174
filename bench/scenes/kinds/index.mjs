// @ts-check
// All kinds of film, and how one is drawn.
import { CAMERA } from './camera.mjs'
import { FLAT } from './flat.mjs'
import { FRAMING } from './framing.mjs'
import { GRADUAL } from './gradual.mjs'
import { LIGHT } from './light.mjs'
import { MOTION } from './motion.mjs'
import { OVERLAYS } from './overlays.mjs'
import { wide } from './plans.mjs'
import { Random } from './random.mjs'
import { RATES } from './rates.mjs'
import { SAME } from './same.mjs'
import { SHORT } from './short.mjs'
import { SLIDES } from './slides.mjs'
import { Sources } from './sources.mjs'
import { WEATHER } from './weather.mjs'
import { WRITTEN } from './written.mjs'

/** @type {readonly import('./plans.mjs').Kind[]} */
export const KINDS = [
  ...[...FLAT, ...FRAMING, ...WEATHER, ...OVERLAYS, ...RATES, ...SHORT, ...SLIDES, ...SAME],
  ...[...CAMERA, ...GRADUAL, ...WRITTEN, ...LIGHT, ...MOTION],
]

/**
 * Draws the plan of a film.
 * @param {import('./plans.mjs').Kind} kind
 * @param {number} seed
 * @param {{ height: number, takes: readonly import('./footage.mjs').Take[] }} options `height` of the film, pixels
 */
export function planOf({ name, plan }, seed, { height, takes }) {
  const random = new Random(`${name} ${seed}`)
  const sources = new Sources(random.fork('sources'), takes)
  return plan({ random, sources, size: wide(height) })
}
