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

/** @param {number} share 0..1 @returns {number} slow at both ends */
const eased = (share) => share * share * (3 - 2 * share)

/**
 * Stands, moves to another view, stands again, and so on.
 * @param {Random} random
 * @param {{ takes: readonly [number, number], view: () => number }} move seconds of a move, and how close a view is
 * @returns {Camera}
 */
function stops(random, { takes, view }) {
  const next = () => ({ x: random.between(-0.45, 0.45), y: random.between(-0.2, 0.2), view: view() })
  let [from, end] = [next(), random.between(0.2, 1)]
  const moves = Array.from({ length: 6 }, () => {
    const move = { from, to: next(), begin: end, takes: random.between(...takes) }
    from = move.to
    end = move.begin + move.takes + random.between(0, 1)
    return move
  })
  return (seconds) => {
    const move = moves.findLast(({ begin }) => seconds >= begin)
    if (!move) return moves[0]?.from ?? from
    const share = eased(Math.min(1, (seconds - move.begin) / move.takes))
    const between = (/** @type {'x' | 'y' | 'view'} */ name) =>
      move.from[name] + (move.to[name] - move.from[name]) * share
    return { x: between('x'), y: between('y'), view: between('view') }
  }
}

/** There and back again. @param {Random} random @returns {Camera} */
function swing(random) {
  const [takes, phase, wide, tall] = [
    random.between(1.5, 4),
    random.between(0, 6),
    random.between(0.15, 0.5),
    random.between(0, 0.15),
  ]
  const breath = random.pick([0, 0, 0.2])
  return (seconds) => {
    const wave = Math.sin((seconds / takes) * 2 * Math.PI + phase)
    return { x: wide * wave, y: tall * wave, view: 0.65 + breath * Math.cos((seconds / takes) * Math.PI) }
  }
}

/** @param {string} name @param {(random: Random) => Camera} camera @param {readonly [number, number]} seconds */
const movingCamera = (name, camera, seconds) =>
  kind(name, (studio) => {
    const shots = Array.from({ length: 4 }, (_, at) =>
      studio.sources.shotBy(camera(studio.random.fork(`camera ${at}`))),
    )
    return assemble(studio, { shots, seconds })
  })

export const CAMERA = [
  movingCamera('pan', pan, [2, 3.4]),
  movingCamera('pans with stops', (random) => stops(random, { takes: [0.5, 2.5], view: () => 0.65 }), [2.4, 3.6]),
  movingCamera('fast pans with stops', (random) => stops(random, { takes: [0.3, 0.8], view: () => 0.6 }), [2.4, 3.6]),
  movingCamera('swinging camera', swing, [2.4, 3.6]),
  movingCamera('shaking camera', shake, [1.8, 3]),
  movingCamera('zoom', zoom, [2, 3.4]),
  movingCamera(
    'zooms with stops',
    (random) => stops(random, { takes: [0.4, 3], view: () => random.between(0.33, 1) }),
    [2.4, 3.6],
  ),
  movingCamera('whip pan', whip, [2.2, 3.2]),
]
