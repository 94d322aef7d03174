// @ts-check
/**
 * What a person marked in a video, in frames: first frames of new shots, [start, end) of slow transitions, and ranges
 * that count neither way.
 * @typedef {{ start: number, end: number }} Gradual
 * @typedef {{ hard: readonly number[], gradual: readonly Gradual[], ignore: readonly (readonly [number, number])[] }} Labels
 */

/**
 * What was counted; sums of several videos are scored as one.
 * @typedef {object} Counts
 * @property {number} truths hard cuts and slow transitions
 * @property {number} hits
 * @property {number} hard
 * @property {number} exact hard cuts that were met on their very frame
 * @property {number} gradual
 * @property {number} gradualHits
 * @property {number} falseAlarms
 */

const TOLERANCE = 2

/**
 * "a hard cut must be met within ±2 frames, one to one; a gradual transition counts if any boundary falls within its
 * interval ±2; further hits inside it are free; everything else is a false alarm."
 * @param {readonly number[]} found first frames of new scenes
 * @param {Labels} labels
 */
export function score(found, labels) {
  const unused = new Set(found.toSorted((a, b) => a - b))
  // The earliest boundary that fits, cuts in order: no other way of pairing them meets more.
  const take = (/** @type {number} */ from, /** @type {number} */ to) => {
    for (const frame of unused) if (frame >= from && frame <= to) return unused.delete(frame)
    return false
  }
  const missed = labels.hard.toSorted((a, b) => a - b).filter((cut) => !take(cut - TOLERANCE, cut + TOLERANCE))
  const missedGradual = labels.gradual
    .toSorted((a, b) => a.end - b.end)
    .filter(({ start, end }) => !take(start - TOLERANCE, end + TOLERANCE))
  const free = [...labels.gradual.map(({ start, end }) => /** @type {const} */ ([start, end])), ...labels.ignore]
  const falseAlarms = [...unused].filter(
    (frame) => !free.some(([start, end]) => frame >= start - TOLERANCE && frame <= end + TOLERANCE),
  )
  const all = new Set(found)
  const [hard, gradual] = [labels.hard.length, labels.gradual.length]
  /** @type {Counts} */
  const counts = {
    truths: hard + gradual,
    hits: hard + gradual - missed.length - missedGradual.length,
    hard,
    exact: labels.hard.filter((cut) => all.has(cut)).length,
    gradual,
    gradualHits: gradual - missedGradual.length,
    falseAlarms: falseAlarms.length,
  }
  return { counts, missed, missedGradual: missedGradual.map(({ start }) => start), falseAlarms }
}

/**
 * Shares of 1; what there was none of is null. Nothing found where there is nothing is perfect.
 * @param {Counts} counts
 */
export function shares(counts) {
  const { truths, hits, falseAlarms, hard, exact, gradual, gradualHits } = counts
  return {
    f1: truths + falseAlarms === 0 ? 1 : (2 * hits) / (hits + falseAlarms + truths),
    precision: hits + falseAlarms === 0 ? null : hits / (hits + falseAlarms),
    recall: truths === 0 ? null : hits / truths,
    gradualRecall: gradual === 0 ? null : gradualHits / gradual,
    exactShare: hard === 0 ? null : exact / hard,
  }
}

/**
 * @param {readonly Counts[]} videos
 * @returns {Counts}
 */
export function sumOf(videos) {
  const sum = { truths: 0, hits: 0, hard: 0, exact: 0, gradual: 0, gradualHits: 0, falseAlarms: 0 }
  for (const counts of videos) {
    for (const name of /** @type {(keyof Counts)[]} */ (Object.keys(sum))) sum[name] += counts[name]
  }
  return sum
}
