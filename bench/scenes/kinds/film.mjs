// @ts-check
// Makes a film file out of a plan.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Picture } from './picture.mjs'
import { drawing } from './timeline.mjs'

/** @typedef {import('./timeline.mjs').Timeline} Timeline */
/**
 * Done to finished pictures: what is burned in, or happens to the light of all shots.
 * @typedef {(out: Picture, at: { frame: number, seconds: number, part: number }) => void} Effect
 */
/**
 * @typedef {object} Plan
 * @property {Timeline} timeline
 * @property {number} rate frames a second
 * @property {readonly number[]} [times] seconds of each frame where the rate is uneven
 * @property {readonly Effect[]} [effects]
 * @property {import('./codecs.mjs').Codec} codec
 * @property {readonly string[]} [filters] of ffmpeg, before encoding
 * @property {{ width: number, height: number }} size
 */

const TICKS = 90_000

/** @param {Plan} plan @returns {(frame: number) => number} seconds */
export function clockOf({ rate, times }) {
  return (frame) => (times ? (times[frame] ?? 0) : frame / rate)
}

/**
 * An expression of ffmpeg that gives each frame its time: a search tree, since its length is limited and so is its depth.
 * @param {readonly number[]} times seconds
 * @param {number} from
 * @param {number} to
 * @returns {string}
 */
function timeExpression(times, from, to) {
  if (to - from === 1) return String(Math.round((times[from] ?? 0) * TICKS))
  const middle = (from + to) >> 1
  return `if(lt(N,${middle}),${timeExpression(times, from, middle)},${timeExpression(times, middle, to)})`
}

/**
 * @param {import('../engine.mjs').FfmpegTools} tools
 * @param {Plan} plan
 * @param {string} file
 * @throws {Error} with ffmpeg's last words
 */
export async function makeFilm(tools, plan, file) {
  const { timeline, size, rate, times, effects = [], codec, filters = [] } = plan
  const draws = await Promise.all(timeline.shots.map(async (shot) => await shot(size)))
  const timeOf = clockOf(plan)
  const page = () => new Picture(size.width, size.height)
  const draw = drawing(timeline, draws, timeOf, [page(), page()])
  const chain = [
    ...(times ? [`settb=1/${TICKS}`, `setpts='${timeExpression(times, 0, times.length)}'`] : []),
    ...filters,
  ]
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${size.width}x${size.height}`,
    '-framerate',
    String(rate),
  ]
  const timing = times ? [...tools.keepFrameTimes, '-enc_time_base', `1:${TICKS}`] : []
  const output = [...codec.args, ...timing, ...(chain.length > 0 ? ['-vf', chain.join(',')] : []), '-an', file]
  const args = ['-nostdin', '-loglevel', 'error', '-y', ...input, '-i', 'pipe:0', ...output]
  const child = spawn(tools.ffmpeg, args, { stdio: ['pipe', 'ignore', 'pipe'] })
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (words += text))
  // It may end before it has read everything; its status then says so.
  child.stdin.on('error', () => {})
  const ended = once(child, 'close')
  for (const [frame, { part }] of timeline.moments.entries()) {
    const out = page()
    draw(out, frame)
    for (const effect of effects) effect(out, { frame, seconds: timeOf(frame), part })
    if (child.exitCode !== null) break
    if (!child.stdin.write(out.data)) await Promise.race([once(child.stdin, 'drain').catch(() => null), ended])
  }
  child.stdin.end()
  const [status] = await ended
  if (status !== 0) throw new Error(`ffmpeg ended with ${String(status)} for ${file}:\n${words.slice(-2000)}`)
}
