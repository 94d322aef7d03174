// @ts-check
// Frame rates, even and uneven.
import { assemble, kind, wide } from './plans.mjs'
import { colourOf } from './picture.mjs'
import { timelineOf } from './timeline.mjs'
import { writeText } from './text.mjs'

/** @typedef {import('./plans.mjs').Studio} Studio */
/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./shots.mjs').Shot} Shot */

/**
 * Many frames a second of a small picture, few of a usual one.
 * @param {number} rate
 * @param {readonly [number, number]} seconds of a shot
 */
const atRate = (rate, seconds) =>
  kind(rate === 1 ? '1 frame a second' : `${rate} frames a second`, (studio) => {
    const size = rate > 100 ? wide(studio.size.height * 0.7) : studio.size
    return assemble(studio, { rate, seconds, size })
  })

/** Times of a phone that takes longer in the dark. @param {Random} random @param {number} frames */
function unevenTimes(random, frames) {
  const [slow, fast, wave] = [random.between(1 / 22, 1 / 15), random.between(1 / 60, 1 / 28), random.between(20, 90)]
  let seconds = 0
  return Array.from({ length: frames }, (_, frame) => {
    const time = seconds
    seconds += slow + (fast - slow) * (0.5 + 0.5 * Math.sin(frame / wave)) * random.between(0.9, 1.1)
    return time
  })
}

/** A document or a program's window. @param {Random} random @returns {(lines: number) => Shot} */
function screen(random) {
  const isDark = random.chance(0.4)
  const ground = colourOf(random.between(0, 360), random.between(0, 0.3), isDark ? 0.12 : 0.93)
  const ink = colourOf(random.between(0, 360), 0.3, isDark ? 0.8 : 0.2)
  const bar = colourOf(random.between(0, 360), random.between(0.2, 0.8), random.between(0.25, 0.6))
  const [side, head] = [random.between(0, 0.3), random.between(0.05, 0.15)]
  const words = Array.from({ length: 14 }, () => wordsOf(random))
  return (lines) =>
    ({ width, height }) =>
    (out) => {
      out.fill(ground)
      out.box(0, 0, width, head * height, bar)
      out.box(0, head * height, side * width, height, bar, 0.4)
      for (let line = 0; line < lines; line++) {
        writeText(
          out,
          words[line] ?? '',
          (side + 0.04) * width,
          (head + 0.04 + line * 0.06) * height,
          0.035 * height,
          ink,
        )
      }
    }
}

/** @param {Random} random */
export function wordsOf(random) {
  return Array.from({ length: random.whole(2, 6) }, () =>
    Array.from({ length: random.whole(2, 9) }, () => String.fromCharCode(65 + random.whole(0, 25))).join(''),
  ).join(' ')
}

/** A recorder that writes a frame only when the screen changes: a line more is no cut, another window is one. @param {Studio} studio */
function onChange(studio) {
  const { random } = studio
  /** @type {number[]} */
  const times = []
  let seconds = 0
  const parts = Array.from({ length: 6 }, () => {
    const window = screen(random)
    const typed = random.chance(0.5) ? random.whole(2, 6) : 1
    const begin = random.whole(2, 7)
    return Array.from({ length: typed }, (_, step) => {
      times.push(seconds)
      seconds += step === typed - 1 ? random.between(1.5, 5) : random.between(0.2, 1.5)
      return window(begin + step)
    })
  })
  const timeline = timelineOf(parts.map((steps) => ({ shot: stepping(steps), frames: steps.length })))
  return assemble(studio, { timeline, times })
}

/**
 * Every picture is another shot and stands for seconds; some come again. With `alive`, it is written again now and then.
 * @param {Studio} studio
 */
function stills(studio) {
  const { random, sources } = studio
  const alive = random.pick([null, null, random.between(0.5, 2)])
  const pictures = Array.from({ length: 7 }, () =>
    random.chance(0.4) ? screen(random)(random.whole(3, 13)) : sources.shot(),
  )
  /** @type {number[]} */
  const times = []
  let [seconds, last] = [0, -1]
  const parts = Array.from({ length: 10 }, (_, at) => {
    const again = random.chance(0.3) && at > 1 ? random.whole(0, Math.min(at, 6) - 1) : at % 7
    last = again === last ? (again + 1) % 7 : again
    const lasts = random.between(1, 6)
    const frames = alive === null ? 1 : Math.max(1, Math.floor(lasts / alive))
    for (let frame = 0; frame < frames; frame++) times.push(seconds + (frame * lasts) / frames)
    seconds += lasts
    const shot = /** @type {Shot} */ (pictures[last])
    return { shot: held(shot, 1000), frames }
  })
  return assemble(studio, { timeline: timelineOf(parts), times })
}

/**
 * A shot of pictures that follow each other frame by frame, whatever the time.
 * @param {readonly Shot[]} steps
 * @returns {Shot}
 */
function stepping(steps) {
  return async (size) => {
    const draws = await Promise.all(steps.map(async (step) => await step(size)))
    let next = 0
    return (out, seconds) => draws[Math.min(next++, draws.length - 1)]?.(out, seconds)
  }
}

/** Shows the same picture for so many seconds. @param {Shot} shot @param {number} seconds @returns {Shot} */
function held(shot, seconds) {
  return async (size) => {
    const draw = await shot(size)
    return (out, now) => draw(out, Math.floor(now / seconds + 1e-6) * seconds)
  }
}

export const RATES = [
  atRate(1, [3, 8]),
  atRate(5, [1.5, 4]),
  atRate(10, [1, 3]),
  atRate(12.5, [1, 3]),
  atRate(24, [1, 2.4]),
  atRate(50, [0.8, 2]),
  atRate(60, [0.8, 2]),
  atRate(120, [0.6, 1.4]),
  atRate(240, [0.5, 0.9]),
  kind('uneven frame rate', (studio) => {
    const plan = assemble(studio)
    return { ...plan, times: unevenTimes(studio.random.fork('times'), plan.timeline.moments.length) }
  }),
  kind('a frame only on change', onChange),
  kind('every picture stands for seconds', stills),
  kind('every fifth frame repeated', (studio) => {
    // 24 pictures a second in a file of 30, as television shows films.
    return assemble(studio, { rate: 30, shots: studio.sources.shots(6).map((shot) => held(shot, 1 / 24)) })
  }),
  kind('every second frame repeated', (studio) => {
    // 12.5 pictures a second in a file of 25.
    return assemble(studio, { shots: studio.sources.shots(6).map((shot) => held(shot, 2 / 25)) })
  }),
]
