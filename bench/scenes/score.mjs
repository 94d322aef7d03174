// @ts-check
/**
 * What a person marked in a video, in frames: first frames of new shots, [start, end) of slow transitions, and ranges
 * that count neither way.
 * @typedef {{ hard: number[], gradual: { start: number, end: number }[], ignore: [number, number][] }} Labels
 */

const TOLERANCE = 2

/**
 * "a hard cut must be met within ±2 frames, one to one; a gradual transition counts if any boundary falls within its
 * interval ±2; further hits inside it are free; everything else is a false alarm."
 * @param {readonly number[]} found first frames of new scenes
 * @param {Labels} labels
 */
export function score(found, labels) {
  const unused = new Set(found)
  const near = (/** @type {number} */ cut) =>
    [...unused]
      .filter((frame) => Math.abs(frame - cut) <= TOLERANCE)
      .sort((a, b) => Math.abs(a - cut) - Math.abs(b - cut))[0]
  const missed = []
  for (const cut of labels.hard) {
    const hit = near(cut)
    if (hit === undefined) missed.push(cut)
    else unused.delete(hit)
  }
  for (const { start, end } of labels.gradual) {
    const inside = [...unused].filter((frame) => frame >= start - TOLERANCE && frame <= end + TOLERANCE)
    if (inside.length === 0) missed.push(start)
    for (const frame of inside) unused.delete(frame)
  }
  const falseAlarms = [...unused].filter(
    (frame) => !labels.ignore.some(([start, end]) => frame >= start - TOLERANCE && frame <= end + TOLERANCE),
  )
  const truths = labels.hard.length + labels.gradual.length
  const hits = truths - missed.length
  return { f1: (2 * hits) / (hits + falseAlarms.length + truths || 1), hits, missed, falseAlarms }
}
