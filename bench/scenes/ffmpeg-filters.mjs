// @ts-check
// ffmpeg by itself: decoding alone, and the two filters of its own that find cuts.
import { score, shares } from './score.mjs'
import { measure } from './processes.mjs'

/** @typedef {import('./engine.mjs').Video} Video */
/** @typedef {import('./score.mjs').Labels} Labels */
/** @typedef {{ frame: number, scdet: number, select: number }} FrameScores */

/**
 * ffmpeg's filters that score every frame; a threshold makes cuts of the scores. Their usual threshold first.
 */
export const FILTERS = /** @type {const} */ ({
  scdet: {
    usual: 10,
    sweep: [4, 5, 6, 8, 10, 12, 14, 17, 20],
    graph: (/** @type {number} */ t) => `scdet=threshold=${t}`,
  },
  select: {
    usual: 0.3,
    sweep: [0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5],
    graph: (/** @type {number} */ t) => `select='gt(scene,${t})'`,
  },
})

/**
 * Decodes alone (AN-14), or with a filter.
 * @param {Video} video
 * @param {{ signal: AbortSignal, graph?: string }} options
 */
export async function decode({ path, tools }, { signal, graph }) {
  const filter = graph === undefined ? [] : ['-vf', graph]
  const args = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-i', `file:${path}`, '-an', ...filter]
  const { cost } = await measure(tools.ffmpeg, [...args, '-f', 'null', '-'], { signal })
  return { cost }
}

/**
 * What both filters say about each frame, so that no threshold needs a run of its own. This run is not measured.
 * @param {Video} video
 * @param {AbortSignal} signal
 * @returns {Promise<FrameScores[]>}
 */
export async function readScores({ path, tools, index }, signal) {
  // Whole microseconds: printed as seconds, times past a quarter of an hour would lose their last digits.
  const graph = [
    'settb=1/1000000',
    ...(tools.filters.has('scdet') ? ['scdet=threshold=100'] : []),
    "select='gte(scene,0)'",
    'metadata=mode=print:file=-',
  ].join(',')
  const args = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-i', `file:${path}`, '-an', '-vf', graph]
  const { stdout } = await measure(tools.ffmpeg, [...args, '-f', 'null', '-'], { signal })
  return stdout
    .split(/^frame:/m)
    .slice(1)
    .map((entry) => {
      const value = (/** @type {RegExp} */ name) => Number(name.exec(entry)?.[1] ?? 0)
      return {
        frame: index.nearestTo(value(/\bpts:\s*(-?\d+)/) / 1e6),
        scdet: value(/lavfi\.scd\.score=([\d.]+)/),
        select: value(/lavfi\.scene_score=([\d.]+)/),
      }
    })
}

/**
 * The cuts of one filter: at the threshold that fits this video best where the truth is known, which is more than
 * anybody who uses it can have, else at its usual one.
 * @param {keyof typeof FILTERS} name
 * @param {readonly FrameScores[]} scores
 * @param {Labels | null} labels
 */
export function cutsOf(name, scores, labels) {
  const { usual, sweep } = FILTERS[name]
  const at = (/** @type {number} */ threshold) => ({
    threshold,
    frames: scores
      .filter((frame) => (name === 'scdet' ? frame.scdet >= threshold : frame.select > threshold))
      .map(({ frame }) => frame),
  })
  if (!labels) return at(usual)
  const f1 = (/** @type {readonly number[]} */ frames) => shares(score(frames, labels).counts).f1
  return [usual, ...sweep].map(at).reduce((best, next) => (f1(next.frames) > f1(best.frames) ? next : best))
}
