// @ts-check
// What our detector may cost and must reach.
import { shares } from './score.mjs'

/** @typedef {import('./engine.mjs').Video} Video */
/** @typedef {import('./compare.mjs').Row} Row */
/** @typedef {{ name: string, value: number | null, kept: boolean | null, line: string }} Verdict */

/** AN-10, AN-14. */
export const BUDGETS = { f1: 0.98, cpuRatio: 0.9, memoryBytes: 200e6 }
/** Only on 1080p of 5 min or more: on less, starting a process is most of the cost. */
const CPU_COUNTS_FROM = { side: 1920, seconds: 300 }

/**
 * @param {Row} ours
 * @param {Video} video
 * @returns {Verdict[]}
 */
export function judge({ ratio, cost, score, isSteady }, { picture, durationSeconds }) {
  const side = Math.max(picture.width ?? 0, picture.height ?? 0)
  const isLarge = side >= CPU_COUNTS_FROM.side && durationSeconds >= CPU_COUNTS_FROM.seconds
  const f1 = score ? shares(score.counts).f1 : null
  const kept = (/** @type {number | null} */ value, /** @type {(value: number) => boolean} */ test) =>
    value === null ? null : test(value)
  const verdicts = [
    {
      name: 'CPU',
      value: ratio,
      kept: isLarge ? kept(ratio, (value) => value <= BUDGETS.cpuRatio) : null,
      line: `CPU at most ${BUDGETS.cpuRatio} × decoding`,
      open: isLarge ? 'this system does not say' : 'judged on 1080p of 5 minutes and more',
    },
    {
      name: 'memory',
      value: cost.memory,
      kept: kept(cost.memory, (value) => value < BUDGETS.memoryBytes),
      line: `memory below ${BUDGETS.memoryBytes / 1e6} MB`,
      open: 'this system does not say',
    },
    {
      name: 'F1',
      value: f1,
      kept: kept(f1, (value) => value >= BUDGETS.f1),
      line: `F1 at least ${BUDGETS.f1}`,
      open: 'no labels lie beside this video',
    },
    { name: 'same cuts in every run', value: null, kept: isSteady, line: 'the same cuts in every run', open: '' },
  ]
  return verdicts.map(({ name, value, kept: isKept, line, open }) => ({
    name,
    value,
    kept: isKept,
    line: `budget: ${line}: ${isKept === null ? `not judged, ${open}` : isKept ? 'kept' : 'MISSED'}`,
  }))
}
