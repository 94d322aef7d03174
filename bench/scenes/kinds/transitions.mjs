// @ts-check
// Ways from one shot to the next.
import { MARGIN } from './places.mjs'
import { film } from './shots.mjs'

/** @typedef {import('./timeline.mjs').Mix} Mix */
/** @typedef {import('./picture.mjs').Picture} Picture */
/** @typedef {import('./picture.mjs').Colour} Colour */

/** @type {Mix} */
export function dissolve(out, one, other, share) {
  for (let at = 0; at < out.data.length; at++) {
    const from = one.data[at] ?? 0
    out.data[at] = from + ((other.data[at] ?? 0) - from) * share
  }
}

/**
 * Through a colour: half of the way out of the first shot, half into the second.
 * @param {Colour} colour
 * @returns {Mix}
 */
export function fadeThrough(colour) {
  return (out, one, other, share) => {
    const { data } = share < 0.5 ? one : other
    const left = Math.abs(1 - 2 * share)
    for (let at = 0; at < out.data.length; at++) {
      const plain = colour[at % 3] ?? 0
      out.data[at] = plain + ((data[at] ?? 0) - plain) * left
    }
  }
}

/**
 * Each place changes over when its turn comes, `order` 0..1.
 * @param {(x: number, y: number) => number} order of a place, both 0..1
 * @param {number} [soft] width of the edge
 * @returns {Mix}
 */
export function uncover(order, soft = 0.01) {
  return (out, one, other, share) => {
    const { width, height } = out
    const edge = share * (1 + soft) - soft / 2
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const turn = order((x + 0.5) / width, (y + 0.5) / height)
        const way = Math.min(1, Math.max(0, (edge - turn) / soft + 0.5))
        const later = way * way * (3 - 2 * way)
        for (let channel = 0; channel < 3; channel++, at++) {
          const from = one.data[at] ?? 0
          out.data[at] = from + ((other.data[at] ?? 0) - from) * later
        }
      }
    }
  }
}

const toCorner = Math.SQRT1_2
/** @type {Record<'left' | 'right' | 'up' | 'down' | 'falling' | 'rising' | 'circle' | 'closing' | 'clock' | 'doors' | 'blinds' | 'box', (x: number, y: number) => number>} */
const orders = {
  left: (x) => 1 - x,
  right: (x) => x,
  up: (_, y) => 1 - y,
  down: (_, y) => y,
  falling: (x, y) => (x + y) / 2,
  rising: (x, y) => (x + 1 - y) / 2,
  circle: (x, y) => Math.hypot(x - 0.5, y - 0.5) / toCorner,
  closing: (x, y) => 1 - Math.hypot(x - 0.5, y - 0.5) / toCorner,
  clock: (x, y) => Math.atan2(x - 0.5, y - 0.5) / (2 * Math.PI) + 0.5,
  doors: (x) => Math.abs(2 * x - 1),
  blinds: (x) => (x * 8) % 1,
  box: (x, y) => Math.max(Math.abs(2 * x - 1), Math.abs(2 * y - 1)),
}
/** @typedef {keyof typeof orders} Order */

/** @param {Order} order @param {number} [soft] @returns {Mix} */
export const wipe = (order, soft) => uncover(orders[order], soft)

/** @type {Record<'left' | 'right' | 'up' | 'down', readonly [number, number]>} */
const ways = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }
/** @typedef {keyof typeof ways} Way */

/**
 * The second shot comes in from an edge: it pushes the first one out, covers it, or the first one leaves it bare.
 * @param {Way} way that it moves
 * @param {{ kind?: 'push' | 'cover' | 'uncover', smooth?: boolean }} [options] `smooth`: slow at both ends
 * @returns {Mix}
 */
export function slide(way, { kind = 'push', smooth = false } = {}) {
  const [toX, toY] = ways[way]
  return (out, one, other, share) => {
    const done = smooth ? share * share * (3 - 2 * share) : share
    const { width, height } = out
    const [shiftX, shiftY] = [Math.round(toX * done * width), Math.round(toY * done * height)]
    const [leftX, leftY] = [shiftX - toX * width, shiftY - toY * height]
    const later = (/** @type {number} */ x, /** @type {number} */ y) =>
      kind === 'uncover'
        ? x < shiftX || y < shiftY || x >= width + shiftX || y >= height + shiftY
        : x >= leftX && x < leftX + width && y >= leftY && y < leftY + height
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 3) {
        const isLater = later(x, y)
        const from = isLater ? other : one
        const moves = isLater ? kind !== 'uncover' : kind !== 'cover'
        const fromX = moves ? x - (isLater ? leftX : shiftX) : x
        const fromY = moves ? y - (isLater ? leftY : shiftY) : y
        const source = (fromY * width + fromX) * 3
        for (let channel = 0; channel < 3; channel++) out.data[at + channel] = from.data[source + channel] ?? 0
      }
    }
  }
}

/**
 * The first shot grows until it is gone, and the second comes out of it.
 * @type {Mix}
 */
export function zoomThrough(out, one, other, share) {
  const isLater = share >= 0.5
  const near = isLater ? 2 - share : 1 + share * 3
  film(out, isLater ? other : one, { x: 0, y: 0, view: MARGIN / near })
}

/**
 * Squares grow, change over and shrink again.
 * @type {Mix}
 */
export function pixelize(out, one, other, share) {
  const side = Math.max(1, Math.round(out.height * 0.2 * (1 - Math.abs(1 - 2 * share))))
  for (let y = 0, at = 0; y < out.height; y++) {
    const row = y - (y % side)
    for (let x = 0; x < out.width; x++) {
      const from = (row * out.width + x - (x % side)) * 3
      for (let channel = from; channel < from + 3; channel++, at++) {
        const old = one.data[channel] ?? 0
        out.data[at] = old + ((other.data[channel] ?? 0) - old) * share
      }
    }
  }
}
