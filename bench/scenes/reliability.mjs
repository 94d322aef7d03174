// @ts-check
// Whether confidences are true (AN-16): of boundaries that are said to be p sure, a share of p should be real.

/** @typedef {import('./score.mjs').Labels} Labels */
/** @typedef {{ frame: number, confidence: number }} Candidate */
/** @typedef {{ confidence: number, isReal: boolean }} Judged */
/** @typedef {{ from: number, to: number, count: number, said: number, real: number }} Bin `said`: mean confidence, `real`: share of 1 */

const TOLERANCE = 2
const BINS = 10
/** From here on, a rounded percentage says 100. */
export const CERTAIN = 0.995
/** By how much the share that is real may differ from what was said. */
const MOST_OFF = 0.05
const ROUNDING = 1e-9
/** Fewer boundaries than these say little about a share. */
const FEW = 20

/**
 * Says of each candidate whether it is real, as the score does: the surest one near a hard cut is, all within a slow
 * transition are. Those in ranges to be ignored are left out.
 * @param {readonly Candidate[]} candidates
 * @param {Labels} labels
 * @returns {Judged[]}
 */
export function judgeEach(candidates, { hard, gradual, ignore }) {
  const open = new Set(hard)
  const isWithin = (/** @type {number} */ frame, /** @type {number} */ start, /** @type {number} */ end) =>
    frame >= start - TOLERANCE && frame <= end + TOLERANCE
  return candidates
    .toSorted((a, b) => b.confidence - a.confidence)
    .flatMap(({ frame, confidence }) => {
      const [cut] = [...open].filter((one) => isWithin(frame, one, one)).sort((a, b) => Math.abs(a - frame) - Math.abs(b - frame)) // prettier-ignore
      if (cut !== undefined) open.delete(cut)
      const isReal = cut !== undefined || gradual.some(({ start, end }) => isWithin(frame, start, end))
      if (!isReal && ignore.some(([start, end]) => isWithin(frame, start, end))) return []
      return [{ confidence, isReal }]
    })
}

/**
 * @param {readonly Judged[]} judged of all films
 * @returns {Bin[]} ten of equal width and one of those that are said to be certain; those without any are left out
 */
export function reliability(judged) {
  const edges = [...Array.from({ length: BINS }, (_, bin) => bin / BINS), CERTAIN, Infinity]
  return edges.slice(0, -1).flatMap((from, bin) => {
    const to = edges[bin + 1] ?? Infinity
    const inside = judged.filter(({ confidence }) => confidence >= from && confidence < to)
    if (inside.length === 0) return []
    const said = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length
    const real = inside.filter(({ isReal }) => isReal).length / inside.length
    return [{ from, to: Math.min(1, to), count: inside.length, said, real }]
  })
}

/**
 * @param {readonly Judged[]} judged
 * @returns {string[]} lines to print
 */
export function reliabilityLines(judged) {
  const percent = (/** @type {number} */ share) => `${(share * 100).toFixed(1)} %`
  const lines = reliability(judged).map(({ from, to, count, said, real }) => {
    const off = Math.abs(real - said) <= MOST_OFF + ROUNDING ? '' : count < FEW ? '  few' : '  off'
    const range = from >= CERTAIN ? '100' : `${Math.round(from * 100)}–${Math.round(to * 100)}`
    return `${range.padEnd(14)}${[String(count), percent(said), percent(real)].map((text) => text.padStart(10)).join('')}${off}`
  })
  const head = `${'confidence, %'.padEnd(14)}${['count', 'said', 'real'].map((text) => text.padStart(10)).join('')}`
  return [head, ...lines]
}
