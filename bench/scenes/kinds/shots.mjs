// @ts-check
// Places as a camera films them: it moves, people walk by, the light is of the hour.
import { MARGIN } from './places.mjs'
import { colourOf } from './picture.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./picture.mjs').Picture} Picture */
/** @typedef {import('./picture.mjs').Colour} Colour */
/** Draws the whole picture at a time of the shot, seconds. @typedef {(out: Picture, seconds: number) => void} Draw */
/** @typedef {{ width: number, height: number }} Size */
/**
 * Gets ready to draw; may take time, so it happens only when the film is made.
 * @typedef {(size: Size) => Promise<Draw> | Draw} Shot
 */
/**
 * Where the camera looks: the centre in heights of the film from that of the place, how much of the place is seen (1: as
 * high as the film), and a turn in radians.
 * @typedef {{ x: number, y: number, view: number, turn?: number }} Look
 */
/** @typedef {(seconds: number) => Look} Camera */
/** @typedef {{ gain: number, tint: Colour }} Light `tint` multiplies each channel */
/** @typedef {(seconds: number) => Light} Lighting */

/** @type {Light} */
export const DAYLIGHT = { gain: 1, tint: [1, 1, 1] }

/**
 * A camera as most are held: still, drifting slowly, or in a hand.
 * @param {Random} random
 * @param {{ moves?: number }} [options] how much it moves, 1: as usual
 * @returns {Camera}
 */
export function usualCamera(random, { moves = 1 } = {}) {
  const [x, y] = [random.between(-0.15, 0.15), random.between(-0.06, 0.06)]
  const speed = random.pick([0, 0, 0.01, 0.03, 0.08]) * moves
  const [toX, toY] = [random.sign() * speed, random.between(-0.3, 0.3) * speed]
  const zoom = random.pick([0, 0, 0.01, -0.01, 0.04, -0.04]) * moves
  const view = random.between(0.7, 1)
  const shake = shaken(random, random.pick([0, 0.001, 0.004, 0.009]) * moves)
  return (seconds) => {
    const [shakeX, shakeY] = shake(seconds)
    return { x: x + toX * seconds + shakeX, y: y + toY * seconds + shakeY, view: view + zoom * seconds }
  }
}

/**
 * A hand that is never still.
 * @param {Random} random
 * @param {number} strength heights of the film
 * @returns {(seconds: number) => readonly [x: number, y: number]}
 */
export function shaken(random, strength) {
  const waves = Array.from({ length: 6 }, (_, at) => ({
    rate: random.between(1, 3) * (at + 1),
    phase: random.between(0, 6.28),
    part: 1 / (at + 1),
  }))
  const sum = (/** @type {number} */ seconds, /** @type {number} */ from) =>
    strength *
    waves
      .slice(from, from + 3)
      .reduce((all, { rate, phase, part }) => all + part * Math.sin(rate * seconds * 2 + phase), 0)
  return (seconds) => [sum(seconds, 0), sum(seconds, 3) * 2]
}

/**
 * People who walk, run, or stand and move.
 * @param {Random} random
 * @param {number} count
 * @param {Grade} [grade]
 * @returns {(out: Picture, seconds: number, look: Look) => void}
 */
export function people(random, count, grade = (colour) => colour) {
  const all = Array.from({ length: count }, () => ({
    x: random.between(-0.7, 0.7),
    y: random.between(0.05, 0.4),
    size: random.between(0.12, random.pick([0.4, 0.4, 0.7])),
    speed: random.pick([0, 0.02, 0.08, 0.2, 0.45]) * random.sign(),
    phase: random.between(0, 6),
    coat: grade(colourOf(random.between(0, 360), random.between(0.05, 0.8), random.between(0.08, 0.8))),
    skin: grade(colourOf(random.between(15, 30), 0.4, random.between(0.3, 0.75))),
  })).sort((a, b) => a.y - b.y)
  return (out, seconds, look) => {
    const unit = out.height / look.view
    for (const { x, y, size, speed, phase, coat, skin } of all) {
      const sway = Math.sin(seconds * 5 + phase) * (speed === 0 ? 0.004 : 0.012)
      const left = out.width / 2 + (x + speed * seconds - look.x + sway) * unit
      const top = out.height / 2 + (y - look.y + Math.abs(sway) / 2) * unit
      const r = size * unit
      out.ellipse(left, top + r * 1.15, r * 0.42, r, coat, { soft: 0.05 })
      out.ellipse(left, top, r * 0.22, r * 0.27, skin, { soft: 0.08 })
    }
  }
}

/**
 * Looks at a part of a painted place; its edge goes on outwards.
 * @param {Picture} out
 * @param {Picture} canvas
 * @param {Look} look
 */
export function film(out, canvas, { x, y, view, turn = 0 }) {
  const scale = (canvas.height / MARGIN / out.height) * view
  const [stepX, stepY] = [scale * Math.cos(turn), scale * Math.sin(turn)]
  const centreX = canvas.width / 2 + (x * canvas.height) / MARGIN
  const centreY = canvas.height / 2 + (y * canvas.height) / MARGIN
  const { data, width } = canvas
  const [lastX, lastY] = [canvas.width - 1.001, canvas.height - 1.001]
  let to = 0
  for (let row = 0; row < out.height; row++) {
    const v = row - out.height / 2 + 0.5
    let fromX = centreX - (out.width / 2 - 0.5) * stepX - v * stepY
    let fromY = centreY - (out.width / 2 - 0.5) * stepY + v * stepX
    for (let column = 0; column < out.width; column++) {
      const [px, py] = [Math.min(lastX, Math.max(0, fromX)), Math.min(lastY, Math.max(0, fromY))]
      const [left, top] = [px | 0, py | 0]
      const [s, t] = [px - left, py - top]
      const at = (top * width + left) * 3
      const below = at + width * 3
      for (let channel = 0; channel < 3; channel++) {
        const upper = (data[at + channel] ?? 0) * (1 - s) + (data[at + channel + 3] ?? 0) * s
        const lower = (data[below + channel] ?? 0) * (1 - s) + (data[below + channel + 3] ?? 0) * s
        out.data[to++] = upper + (lower - upper) * t
      }
      fromX += stepX
      fromY += stepY
    }
  }
}

/**
 * @param {Picture} out
 * @param {Light} light
 */
export function lit({ data }, { gain, tint: [red, green, blue] }) {
  if (gain === 1 && red === 1 && green === 1 && blue === 1) return
  for (let at = 0; at < data.length; at += 3) {
    data[at] = (data[at] ?? 0) * gain * red
    data[at + 1] = (data[at + 1] ?? 0) * gain * green
    data[at + 2] = (data[at + 2] ?? 0) * gain * blue
  }
}

/**
 * @typedef {object} Filming
 * @property {Camera} [camera]
 * @property {Lighting} [light]
 * @property {number} [people]
 * @property {string} [visit] another visit has other people
 */

/** How a whole film looks: changes colours alike in all shots. @typedef {(colour: Colour) => Colour} Grade */

/** One place that can be filmed again and again. */
export class Place {
  /**
   * @param {Random} random
   * @param {(height: number) => Promise<Picture> | Picture} paint gives the canvas for a film of this height
   * @param {Grade} grade
   */
  constructor(random, paint, grade) {
    this.random = random
    this.paint = paint
    this.grade = grade
  }

  /**
   * @param {Filming} [filming] what is left out is drawn from the place's own numbers
   * @returns {Shot}
   */
  shot({ camera, light = () => DAYLIGHT, people: count, visit = 'first' } = {}) {
    const random = this.random.fork(visit)
    const from = camera ?? usualCamera(random)
    const walking = people(random.fork('people'), count ?? random.pick([0, 1, 2, 3, 5]), this.grade)
    return async ({ height }) => {
      const canvas = await this.paint(height)
      for (let at = 0; at < canvas.data.length; at += 3) {
        const { data } = canvas
        data.set(this.grade([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]), at)
      }
      return (out, seconds) => {
        const look = from(seconds)
        film(out, canvas, look)
        walking(out, seconds, look)
        lit(out, light(seconds))
      }
    }
  }
}

/** Turns a picture left to right. @param {Picture} picture */
export function mirror({ data, width, height }) {
  for (let y = 0; y < height; y++) {
    for (let left = 0, right = width - 1; left < right; left++, right--) {
      for (let channel = 0; channel < 3; channel++) {
        const [a, b] = [(y * width + left) * 3 + channel, (y * width + right) * 3 + channel]
        const kept = data[a] ?? 0
        data[a] = data[b] ?? 0
        data[b] = kept
      }
    }
  }
}

/**
 * One colour, evenly.
 * @param {Colour} colour
 * @returns {Shot}
 */
export function plain(colour) {
  return () => (out) => out.fill(colour)
}

/**
 * What is done to each picture of a shot.
 * @param {Shot} shot
 * @param {(out: Picture, seconds: number) => void} change
 * @returns {Shot}
 */
export function changed(shot, change) {
  return async (size) => {
    const draw = await shot(size)
    return (out, seconds) => {
      draw(out, seconds)
      change(out, seconds)
    }
  }
}
