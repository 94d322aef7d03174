// @ts-check
// How results are printed.
import { shares } from './score.mjs'

/** @typedef {import('./score.mjs').Counts} Counts */
/** @typedef {import('./processes.mjs').Cost} Cost */
/** @typedef {{ name: string, cost: Cost, ratio: number | null, counts: Counts | null, cuts?: number | null }} Line */

const NAME_WIDTH = 30
const COSTS = ['CPU s', '× dec.', 'wall s', 'MB']
const QUALITY = ['F1', 'precision', 'recall', 'gradual', 'exact', 'false']

/**
 * @param {number | null | undefined} value
 * @param {number} digits
 * @param {number} [width]
 */
const column = (value, digits, width = 9) => (value?.toFixed(digits) ?? '–').padStart(width)

/** @param {readonly string[]} names */
const heads = (names) => names.map((name) => name.padStart(name === 'precision' ? 11 : 9)).join('')

/** @param {Counts} counts */
function quality(counts) {
  const { f1, precision, recall, gradualRecall, exactShare } = shares(counts)
  return [
    column(f1, 3),
    column(precision, 3, 11),
    ...[recall, gradualRecall, exactShare].map((value) => column(value, 3)),
    column(counts.falseAlarms, 0),
  ].join('')
}

/**
 * @param {string} title
 * @param {readonly Line[]} lines
 * @param {boolean} isLabelled
 */
export function printTable(title, lines, isLabelled) {
  process.stdout.write(
    `\n${title}\n${''.padEnd(NAME_WIDTH)}${heads(COSTS)}${isLabelled ? heads(QUALITY) : '     cuts'}\n`,
  )
  for (const { name, cost, ratio, counts, cuts } of lines) {
    const megabytes = cost.memory === null ? null : cost.memory / 1e6
    const costs = [column(cost.cpu, 2), column(ratio, 2), column(cost.seconds, 2), column(megabytes, 0)].join('')
    const found = counts ? quality(counts) : isLabelled ? '' : column(cuts, 0)
    process.stdout.write(`${name.padEnd(NAME_WIDTH)}${costs}${found}\n`)
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`)
}
