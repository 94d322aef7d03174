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

/** AN-15. */
export const KIND_BUDGETS = { hardF1: 0.99, gradualF1: 0.95, kindF1: 0.9 }

/**
 * What films of all kinds together must reach.
 * @param {{ hardF1: number, gradualF1: number }} total
 * @param {number} below kinds that are below their least
 * @returns {Verdict[]}
 */
export function judgeKinds({ hardF1, gradualF1 }, below) {
  const { hardF1: leastHard, gradualF1: leastGradual, kindF1 } = KIND_BUDGETS
  const verdicts = [
    { name: 'hard cuts', value: hardF1, kept: hardF1 >= leastHard, line: `F1 of hard cuts at least ${leastHard}` },
    {
      name: 'slow transitions',
      value: gradualF1,
      kept: gradualF1 >= leastGradual,
      line: `F1 of slow transitions at least ${leastGradual}`,
    },
    { name: 'every kind', value: below, kept: below === 0, line: `no kind below ${kindF1}` },
  ]
  return verdicts.map((verdict) => ({
    ...verdict,
    line: `budget: ${verdict.line}: ${verdict.kept ? 'kept' : 'MISSED'}`,
  }))
}
