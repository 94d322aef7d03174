// @ts-check
// What most kinds have in common: some shots of some seconds, joined.
import { usualCodec } from './codecs.mjs'
import { timelineOf } from './timeline.mjs'

/** @typedef {import('./film.mjs').Plan} Plan */
/** @typedef {import('./shots.mjs').Shot} Shot */
/** @typedef {import('./timeline.mjs').Transition} Transition */
/** @typedef {{ width: number, height: number }} Size */
/** What a kind draws its film from. @typedef {{ random: import('./random.mjs').Random, sources: import('./sources.mjs').Sources, size: Size }} Studio */
/** @typedef {{ name: string, plan: (studio: Studio) => Plan }} Kind */
/**
 * @typedef {object} Assembly
 * @property {readonly Shot[]} [shots]
 * @property {number} [rate] frames a second
 * @property {readonly [least: number, most: number]} [seconds] of a shot
 * @property {readonly [least: number, most: number]} [frames] of a shot, instead of `seconds`
 * @property {(index: number) => Transition | undefined} [next] how shot `index` goes over into the next one
 */

const RATE = 25
const SHOTS = 6
/** @type {readonly [number, number]} */
const SECONDS = [1, 2.4]

/**
 * @param {Studio} studio
 * @param {Assembly & Partial<Plan>} [assembly]
 * @returns {Plan}
 */
export function assemble({ random, sources, size }, assembly = {}) {
  const { shots, rate = RATE, seconds = SECONDS, frames, next, timeline, codec, ...plan } = assembly
  const [least, most] = frames ?? [seconds[0] * rate, seconds[1] * rate]
  const lengths = random.fork('lengths')
  const parts = (shots ?? sources.shots(SHOTS)).map((shot, index) => ({
    shot,
    frames: Math.max(1, lengths.whole(Math.round(least), Math.round(most))),
    next: next?.(index),
  }))
  return {
    rate,
    size,
    ...plan,
    timeline: timeline ?? timelineOf(parts),
    codec: codec ?? usualCodec(random.fork('codec')),
  }
}

/**
 * @param {string} name
 * @param {Kind['plan']} plan
 * @returns {Kind}
 */
export const kind = (name, plan) => ({ name, plan })

/**
 * A film of 16:9 as high as asked, both sides even.
 * @param {number} height pixels
 * @returns {Size}
 */
export function wide(height) {
  const even = Math.round(height / 2) * 2
  return { width: Math.round((even * 16) / 18) * 2, height: even }
}

/**
 * Seconds of the middle of each shot of a film, without its first and last `margin` seconds, for what happens within shots.
 * @param {Plan} plan
 * @param {number} margin seconds that are left free on both sides
 * @returns {{ from: number, to: number, part: number }[]}
 */
export function insideShots({ timeline, rate }, margin) {
  const { moments, starts } = timeline
  return starts.flatMap((_, part) => {
    const frames = moments.flatMap((moment, frame) => (moment.part === part && moment.next === null ? [frame] : []))
    const [first, last] = [frames[0] ?? 0, frames.at(-1) ?? 0]
    const [from, to] = [first / rate + margin, (last + 1) / rate - margin]
    return to > from ? [{ from, to, part }] : []
  })
}
