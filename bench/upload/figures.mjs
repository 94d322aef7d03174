// @ts-check

/**
 * @param {readonly number[]} values
 * @param {number} share 0.5 for the median
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
}

/**
 * How much faster `ours` was than `theirs`, from runs that took turns: each beside its neighbour in time, so that
 * whatever else the machine did hit both.
 * @param {readonly number[]} ours rates
 * @param {readonly number[]} theirs rates
 */
export function ratioOf(ours, theirs) {
  const ratios = ours.map((rate, index) => rate / (theirs[index] ?? Number.NaN))
  return { min: quantile(ratios, 0), median: quantile(ratios, 0.5), max: quantile(ratios, 1) }
}

/** @param {string} title */
export function printTitle(title) {
  const columns = ['min', 'median', 'max'].map((name) => name.padStart(9)).join('')
  process.stdout.write(`\n${title}\n${''.padEnd(44)}${columns}\n`)
}

/**
 * @param {string} name
 * @param {readonly number[]} values
 * @param {number} [digits]
 */
export function printRow(name, values, digits = 0) {
  const columns = [0, 0.5, 1].map((share) => quantile(values, share).toFixed(digits).padStart(9)).join('')
  process.stdout.write(`${name.padEnd(44)}${columns}\n`)
}

/**
 * @param {string} name
 * @param {{ min: number, median: number, max: number }} ratio
 * @param {number} [budget] the least that is allowed; without one it is for comparison only
 * @param {number} [aim] what is wished for
 * @returns {boolean} whether it is kept
 */
export function printRatio(name, ratio, budget, aim) {
  printRow(name, [ratio.min, ratio.median, ratio.max], 2)
  if (budget === undefined) return true
  const kept = ratio.median >= budget
  process.stdout.write(
    `budget: at least ${String(budget)} ×${aim === undefined ? '' : `, better ${String(aim)} ×`}: ${kept ? 'kept' : 'MISSED'}\n`,
  )
  return kept
}

/** @param {string} line */
export function tell(line) {
  process.stderr.write(`  ${line}\n`)
}
