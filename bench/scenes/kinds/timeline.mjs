// @ts-check
// Shots in a row, with hard cuts or slow transitions between them, and what is then true of the film.

/** @typedef {import('./shots.mjs').Shot} Shot */
/** @typedef {import('./shots.mjs').Draw} Draw */
/** @typedef {import('./picture.mjs').Picture} Picture */
/** @typedef {import('../score.mjs').Labels} Labels */
/**
 * Makes one picture of two; `share` of the way is done, between 0 and 1.
 * @typedef {(out: Picture, one: Picture, other: Picture, share: number) => void} Mix
 */
/** @typedef {{ mix: Mix, frames: number }} Transition frames that show neither shot alone */
/** @typedef {{ shot: Shot, frames: number, next?: Transition | undefined }} Part `next`: how it goes over into the next one */
/** @typedef {{ part: number, from: number, next: number | null, share: number, mix: Mix | null }} Moment */
/**
 * @typedef {object} Timeline
 * @property {readonly Shot[]} shots
 * @property {readonly Moment[]} moments one a frame
 * @property {readonly number[]} starts frame with which each shot begins, be it mixed with the one before
 * @property {Labels} truth
 */

/**
 * @param {readonly Part[]} parts
 * @returns {Timeline}
 */
export function timelineOf(parts) {
  /** @type {Moment[]} */
  const moments = []
  /** @type {{ hard: number[], gradual: { start: number, end: number }[], ignore: [number, number][] }} */
  const truth = { hard: [], gradual: [], ignore: [] }
  const starts = [0]
  for (const [part, { frames, next }] of parts.entries()) {
    const from = starts[part] ?? 0
    for (let frame = 0; frame < frames; frame++) moments.push({ part, from, next: null, share: 0, mix: null })
    if (part === parts.length - 1) break
    starts.push(moments.length)
    if (!next) truth.hard.push(moments.length)
    else {
      truth.gradual.push({ start: moments.length, end: moments.length + next.frames })
      for (let frame = 1; frame <= next.frames; frame++) {
        moments.push({ part, from, next: part + 1, share: frame / (next.frames + 1), mix: next.mix })
      }
    }
  }
  return { shots: parts.map(({ shot }) => shot), moments, starts, truth }
}

/**
 * Draws any frame of a timeline.
 * @param {Timeline} timeline
 * @param {readonly Draw[]} draws one a shot
 * @param {(frame: number) => number} timeOf seconds
 * @param {readonly [Picture, Picture]} pages to mix from, of the film's size
 * @returns {(out: Picture, frame: number) => void}
 */
export function drawing({ moments, starts }, draws, timeOf, [one, other]) {
  const drawShot = (/** @type {Picture} */ out, /** @type {number} */ part, /** @type {number} */ frame) =>
    draws[part]?.(out, timeOf(frame) - timeOf(starts[part] ?? 0))
  return (out, frame) => {
    const moment = moments[frame]
    if (!moment) throw new Error(`There is no frame ${frame}.`)
    if (moment.next === null || !moment.mix) drawShot(out, moment.part, frame)
    else {
      drawShot(one, moment.part, frame)
      drawShot(other, moment.next, frame)
      moment.mix(out, one, other, moment.share)
    }
  }
}
