// @ts-check
// What an examined place is, by the truth about its video.

/** @typedef {import('../score.mjs').Labels} Labels */
/** @typedef {import('./observe.ts').Observed} Observed */

/** Frames by which a boundary may be off, as in score.mjs. */
const TOLERANCE = 2

/**
 * @param {Pick<Observed, 'from' | 'to' | 'at'>} place
 * @param {Labels} labels
 * @returns {0 | 1 | null} null: counts neither way
 */
export function labelCut({ from, to, at }, labels) {
  if (labels.hard.some((cut) => cut > from && cut <= to)) return 1
  if (labels.hard.some((cut) => Math.abs(cut - at) <= TOLERANCE)) return null
  return isWithin(at, labels) || labels.gradual.some((one) => isInside(at, one)) ? null : 0
}

/**
 * @param {Pick<Observed, 'from' | 'to' | 'at'>} place
 * @param {Labels} labels
 * @returns {0 | 1 | null}
 */
export function labelTransition({ from, to, at }, labels) {
  const around = labels.gradual.find((one) => isInside(at, one))
  const hasCut = labels.hard.some((cut) => cut > from && cut <= to)
  if (!around) return isWithin(at, labels) ? null : 0
  const [span, length] = [to - from, around.end - around.start]
  const isCentral = Math.abs(at - (around.start + around.end) / 2) <= Math.max(1, length / 4)
  return !hasCut && isCentral && span >= 0.8 * length && span <= 2.5 * length + 4 ? 1 : null
}

/** @param {number} frame @param {{ start: number, end: number }} transition */
function isInside(frame, { start, end }) {
  return frame >= start - TOLERANCE && frame <= end + TOLERANCE
}

/** @param {number} frame @param {Labels} labels */
function isWithin(frame, { ignore }) {
  return ignore.some(([from, to]) => frame >= from - TOLERANCE && frame <= to + TOLERANCE)
}
