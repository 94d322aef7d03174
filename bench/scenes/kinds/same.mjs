// @ts-check
// Cuts between views that have much in common.
import { assemble, kind } from './plans.mjs'
import { DAYLIGHT, mirror, changed } from './shots.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./shots.mjs').Camera} Camera */
/** @typedef {import('./shots.mjs').Shot} Shot */

/** @param {Random} random @param {number} x @param {number} y @param {number} view @returns {Camera} */
function tripod(random, x, y, view) {
  const [speed, shake] = [random.pick([0, 0.01]), random.pick([0, 0.001])]
  return (seconds) => ({ x: x + speed * seconds + shake * Math.sin(seconds * 9), y, view })
}

/** Wide and close in turns. @param {import('./plans.mjs').Studio} studio @returns {Shot[]} */
function punchIns({ random, sources }) {
  return [0, 1, 2].flatMap(() => {
    const place = sources.place()
    const closer = random.between(0.45, 0.68)
    const count = random.whole(1, 4)
    const [x, y] = [random.between(-0.1, 0.1), random.between(-0.05, 0.1)]
    return [1, closer].map((view) => place.shot({ people: count, camera: tripod(random, x, y, view) }))
  })
}

/** Morning, evening, night, with other people each time. @param {import('./plans.mjs').Studio} studio @returns {Shot[]} */
function otherTimes({ random, sources }) {
  return [0, 1].flatMap(() => {
    const place = sources.place()
    const [x, y] = [random.between(-0.1, 0.1), random.between(-0.05, 0.05)]
    const lights = random.shuffled([
      DAYLIGHT,
      { gain: random.between(0.3, 0.5), tint: /** @type {const} */ ([0.7, 0.85, 1.25]) },
      { gain: random.between(0.7, 0.9), tint: /** @type {const} */ ([1.3, 0.95, 0.6]) },
    ])
    return lights.map((light, time) => {
      const shift = random.between(-0.03, 0.03)
      const camera = tripod(random, x + shift, y + shift / 2, random.between(0.8, 0.9))
      return place.shot({ visit: `time ${time}`, people: random.whole(2, 5), light: () => light, camera })
    })
  })
}

/** Two views of one room in turns, as people talk. @param {import('./plans.mjs').Studio} studio @returns {Shot[]} */
function dialogue({ random, sources }) {
  const place = sources.place(['room', 'city', 'crowd', 'fromAbove'])
  const views = [-1, 1].map((side) => ({
    x: side * random.between(0.28, 0.36),
    y: random.between(-0.05, 0.05),
    view: random.between(0.45, 0.6),
  }))
  return Array.from({ length: 6 }, (_, at) => {
    const { x, y, view } = views[at % 2] ?? { x: 0, y: 0, view: 1 }
    return place.shot({ people: 3, camera: tripod(random.fork(at), x, y, view) })
  })
}

/** A moment later from nearly the same stand: people have moved, the place has not. @param {import('./plans.mjs').Studio} studio @returns {Shot[]} */
function jumpCuts({ random, sources }) {
  return [0, 1].flatMap(() => {
    const place = sources.place()
    return [0, 1, 2].map((later) => {
      const [x, y] = [random.between(-0.1, 0.1), random.between(-0.04, 0.04)]
      const camera = tripod(random, x, y, random.between(0.65, 0.8))
      return place.shot({ visit: `time ${later}`, people: random.whole(3, 7), camera })
    })
  })
}

export const SAME = [
  kind('punch-in', (studio) => assemble(studio, { shots: punchIns(studio) })),
  kind('mirrored picture', (studio) => {
    const shots = [0, 1, 2].flatMap(() => {
      const shot = studio.sources.shot()
      return [shot, changed(shot, mirror)]
    })
    return assemble(studio, { shots })
  }),
  kind('same place another time', (studio) => assemble(studio, { shots: otherTimes(studio) })),
  kind('jump cuts', (studio) => assemble(studio, { shots: jumpCuts(studio) })),
  kind('dialogue', (studio) => assemble(studio, { shots: dialogue(studio) })),
]
