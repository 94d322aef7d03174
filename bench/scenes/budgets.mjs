// @ts-check
// What our detector may cost and must reach.
import { shares } from './score.mjs'

/** @typedef {import('./engine.mjs').Video} Video */
/** @typedef {import('./compare.mjs').Row} Row */
/** @typedef {{ name: string, value: number | null, kept: boolean | null, line: string }} Verdict */

/** AN-10, AN-14. */
export const BUDGETS = { f1: 0.98, cpuRatio: 0.9, memoryBytes: 200e6 }
/** AN-17. */
export const WHOLE_BUDGETS = { cpuRatio: 1.2, wallRatio: 1.3, memoryBytes: 250e6 }
/** Only on 1080p of 5 min or more: on less, starting a process is most of the cost. */
const CPU_COUNTS_FROM = { side: 1920, seconds: 300 }

/**
 * @param {Video} video
 * @returns {boolean}
 */
function isLarge({ picture, durationSeconds }) {
  const side = Math.max(picture.width ?? 0, picture.height ?? 0)
  return side >= CPU_COUNTS_FROM.side && durationSeconds >= CPU_COUNTS_FROM.seconds
}

/**
 * @param {string} name
 * @param {number | null} value
 * @param {boolean | null} kept null where it is not judged
 * @param {string} line
 * @param {string} open why it is not judged
 * @returns {Verdict}
 */
function verdict(name, value, kept, line, open) {
  const said = kept === null ? `not judged, ${open}` : kept ? 'kept' : 'MISSED'
  return { name, value, kept, line: `budget: ${line}: ${said}` }
}

const UNKNOWN = 'this system does not say'
const TOO_SHORT = 'judged on 1080p of 5 minutes and more'

/**
 * @param {number | null} value
 * @param {number} most
 */
const atMost = (value, most) => (value === null ? null : value <= most)

/**
 * What a whole import may cost beside decoding alone in the same run.
 * @param {Row} whole
 * @param {Row} bare
 * @param {Video} video
 */
export function judgeWhole({ ratio, cost }, bare, video) {
  const { cpuRatio, wallRatio, memoryBytes } = WHOLE_BUDGETS
  const wall = cost.seconds / bare.cost.seconds
  const counts = isLarge(video)
  const open = counts ? UNKNOWN : TOO_SHORT
  return [
    verdict(
      'CPU of an import',
      ratio,
      counts ? atMost(ratio, cpuRatio) : null,
      `import: CPU at most ${cpuRatio} × decoding`,
      open,
    ),
    verdict(
      'time of an import',
      wall,
      counts ? atMost(wall, wallRatio) : null,
      `import: time ${wall.toFixed(2)}, at most ${wallRatio} × decoding`,
      open,
    ),
    verdict(
      'memory of an import',
      cost.memory,
      atMost(cost.memory, memoryBytes),
      `import: memory at most ${memoryBytes / 1e6} MB`,
      UNKNOWN,
    ),
  ]
}

/**
 * @param {Row} ours
 * @param {Video} video
 * @returns {Verdict[]}
 */
export function judge({ ratio, cost, score, isSteady }, video) {
  const f1 = score ? shares(score.counts).f1 : null
  const { cpuRatio, memoryBytes } = BUDGETS
  const counts = isLarge(video)
  const memory = cost.memory === null ? null : cost.memory < memoryBytes
  return [
    verdict(
      'CPU',
      ratio,
      counts ? atMost(ratio, cpuRatio) : null,
      `CPU at most ${cpuRatio} × decoding`,
      counts ? UNKNOWN : TOO_SHORT,
    ),
    verdict('memory', cost.memory, memory, `memory below ${memoryBytes / 1e6} MB`, UNKNOWN),
    verdict(
      'F1',
      f1,
      f1 === null ? null : f1 >= BUDGETS.f1,
      `F1 at least ${BUDGETS.f1}`,
      'no labels lie beside this video',
    ),
    verdict('same cuts in every run', null, isSteady, 'the same cuts in every run', ''),
  ]
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
