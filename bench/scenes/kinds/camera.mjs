// @ts-check
// A camera that moves a lot, with few cuts.
import { assemble, kind } from './plans.mjs'
import { shaken } from './shots.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./shots.mjs').Camera} Camera */

/** @param {Random} random @returns {Camera} */
function pan(random) {
  const way = random.sign()
  const speed = random.between(0.12, 0.3)
  const rise = random.between(-0.04, 0.04)
  return (seconds) => ({ x: way * (speed * seconds - 0.45), y: rise * seconds, view: 0.75 })
}

/** @param {Random} random @returns {Camera} */
function shake(random) {
  const shaking = shaken(random, random.between(0.012, 0.03))
  return (seconds) => {
    const [x, y] = shaking(seconds)
    return { x, y, view: 0.8, turn: x * 0.8 }
  }
}

/** @param {Random} random @returns {Camera} */
function zoom(random) {
  const [near, far] = [random.between(0.25, 0.4), 1]
  const [isIn, takes] = [random.chance(0.5), random.between(1.5, 3)]
  return (seconds) => {
    const share = Math.min(1, seconds / takes)
    return { x: 0, y: 0, view: far * (near / far) ** (isIn ? share : 1 - share) }
  }
}

/** Still, then so fast that nothing can be seen, then still again. @param {Random} random @returns {Camera} */
function whip(random) {
  const [way, begin, takes] = [random.sign(), random.between(0.8, 1.4), random.between(0.2, 0.4)]
  return (seconds) => {
    const share = Math.min(1, Math.max(0, (seconds - begin) / takes))
    return { x: way * (share * share * (3 - 2 * share) * 0.8 - 0.4), y: 0, view: 0.6 }
  }
}

/** @param {string} name @param {(random: Random) => Camera} camera @param {readonly [number, number]} seconds */
const movingCamera = (name, camera, seconds) =>
  kind(name, (studio) => {
    const shots = Array.from({ length: 4 }, (_, at) =>
      studio.sources.place().shot({ camera: camera(studio.random.fork(`camera ${at}`)) }),
    )
    return assemble(studio, { shots, seconds })
  })

export const CAMERA = [
  movingCamera('pan', pan, [2, 3.4]),
  movingCamera('shaking camera', shake, [1.8, 3]),
  movingCamera('zoom', zoom, [2, 3.4]),
  movingCamera('whip pan', whip, [2.2, 3.2]),
]
