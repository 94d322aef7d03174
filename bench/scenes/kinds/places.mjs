// @ts-check
// Drawn places with the detail of natural pictures; each is painted once, larger than the film, and then filmed.
import { naturalNoise, smoothNoise } from './noise.mjs'
import { colourOf, mixed, Picture } from './picture.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./picture.mjs').Colour} Colour */
/** @typedef {(u: number, v: number) => Colour} Paint colour at a place; `v` 0..1 from top to bottom, `u` in the same unit */

/** How much larger than the film a place is, in each direction. */
export const MARGIN = 1.5

/** @param {Picture} canvas @param {Paint} paint */
function paintAll(canvas, paint) {
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const colour = paint(x / canvas.height, y / canvas.height)
      canvas.data.set(colour, (y * canvas.width + x) * 3)
    }
  }
}

/** @param {Random} random */
function skyOf(random) {
  const hue = random.pick([205, 215, 225, 30, 15, 340, 190])
  const high = colourOf(hue, random.between(0.2, 0.8), random.between(0.3, 0.65))
  const low = colourOf(hue + random.between(-20, 20), random.between(0.1, 0.5), random.between(0.6, 0.9))
  const clouds = naturalNoise(random, 5)
  const [amount, scale] = [random.between(0, 1), random.between(2, 5)]
  return (/** @type {number} */ u, /** @type {number} */ v) => {
    const cloud = Math.max(0, clouds(u * scale, v * scale * 2.5) - 0.5) * 2.5 * amount
    return mixed(mixed(high, low, Math.min(1, v * 1.5)), [245, 243, 240], Math.min(1, cloud))
  }
}

/** @param {Random} random @returns {(canvas: Picture) => void} */
function landscape(random) {
  const sky = skyOf(random)
  const [ridge, ground] = [naturalNoise(random, 6), naturalNoise(random, 6)]
  const horizon = random.between(0.35, 0.7)
  const hue = random.pick([90, 110, 70, 40, 30, 20, 140])
  const light = random.between(0.2, 0.5)
  const [near, far] = [colourOf(hue, random.between(0.25, 0.6), light), colourOf(hue + 15, 0.35, light + 0.15)]
  const mountain = colourOf(random.between(180, 260), random.between(0.05, 0.3), random.between(0.2, 0.5))
  const rise = random.between(0.1, 0.4)
  return (canvas) =>
    paintAll(canvas, (u, v) => {
      if (v < horizon) {
        const top = horizon - rise * ridge(u * 2, 0.5)
        return v < top ? sky(u, v) : mixed(mountain, far, ridge(u * 9, v * 9) * 0.7)
      }
      const depth = 0.12 / (v - horizon + 0.05)
      const texture = ground(u * 6 * depth + 3, depth * 14)
      return mixed(mixed(near, far, depth / 2.4), [20, 25, 15], texture * 1.3 - 0.45)
    })
}

/** @param {Random} random @returns {(canvas: Picture) => void} */
function city(random) {
  const isNight = random.chance(0.25)
  const sky = isNight ? () => /** @type {Colour} */ ([12, 14, 30]) : skyOf(random)
  const rough = naturalNoise(random, 5)
  const street = colourOf(random.between(0, 360), 0.06, isNight ? 0.12 : random.between(0.3, 0.5))
  return (canvas) => {
    paintAll(canvas, (u, v) => (v < 0.8 ? sky(u, v) : mixed(street, [10, 10, 12], rough(u * 9, v * 40) * 0.6)))
    const { width, height } = canvas
    for (let x = -0.05 * width; x < width;) {
      const wide = random.between(0.08, 0.24) * height
      const top = random.between(0.05, 0.6) * height
      const wall = colourOf(random.between(0, 360), random.between(0, 0.35), random.between(0.1, isNight ? 0.2 : 0.65))
      canvas.box(x, top, wide, 0.82 * height - top, wall)
      const [stepX, stepY] = [random.between(0.025, 0.05) * height, random.between(0.035, 0.07) * height]
      for (let y = top + stepY / 2; y < 0.78 * height; y += stepY) {
        for (let at = x + stepX / 2; at < x + wide - stepX / 2; at += stepX) {
          const isLit = random.chance(isNight ? 0.35 : 0.15)
          const glass = isLit ? /** @type {Colour} */ ([250, 225, 150]) : mixed(wall, [15, 25, 40], 0.7)
          canvas.box(at, y, stepX * 0.55, stepY * 0.5, glass)
        }
      }
      x += wide
    }
    roughen(canvas, rough, 18)
  }
}

/** @param {Random} random @returns {(canvas: Picture) => void} */
function room(random) {
  const rough = naturalNoise(random, 5)
  const wall = colourOf(random.between(0, 360), random.between(0.05, 0.4), random.between(0.25, 0.8))
  const floor = colourOf(random.between(15, 40), random.between(0.2, 0.5), random.between(0.15, 0.4))
  const edge = random.between(0.6, 0.8)
  const [lightU, lightV] = [random.between(0.2, 1.6), random.between(0.1, 0.5)]
  return (canvas) => {
    paintAll(canvas, (u, v) => {
      const shade = 0.75 * Math.min(1, Math.hypot(u - lightU, v - lightV))
      const base = v < edge ? wall : mixed(floor, [10, 8, 5], rough(u * 3, v * 30) * 0.5)
      return mixed(base, [10, 10, 15], shade * 0.8)
    })
    for (let thing = random.whole(4, 9); thing > 0; thing--) {
      const [w, h] = [random.between(0.08, 0.5) * canvas.height, random.between(0.08, 0.45) * canvas.height]
      const colour = colourOf(random.between(0, 360), random.between(0.1, 0.7), random.between(0.1, 0.85))
      const [x, y] = [random.between(-0.1, 1) * canvas.width, random.between(0.05, 0.9) * canvas.height]
      canvas.box(x + 4, y + 5, w, h, [0, 0, 0], 0.4)
      canvas.box(x, y, w, h, colour)
      canvas.box(x + w * 0.1, y + h * 0.1, w * 0.8, h * 0.8, mixed(colour, [255, 255, 255], random.between(-0.4, 0.4)))
    }
    roughen(canvas, rough, 14)
  }
}

/** @param {Random} random @returns {(canvas: Picture) => void} */
function closeUp(random) {
  const blur = smoothNoise(random)
  const [one, other] = [0, 1].map(() =>
    colourOf(random.between(0, 360), random.between(0.1, 0.5), random.between(0.1, 0.7)),
  )
  const rough = naturalNoise(random, 5)
  const skin = colourOf(random.between(15, 30), random.between(0.3, 0.6), random.between(0.25, 0.75))
  const hair = colourOf(random.between(10, 45), random.between(0.1, 0.5), random.between(0.05, 0.5))
  return (canvas) => {
    paintAll(canvas, (u, v) => mixed(one ?? skin, other ?? hair, blur(u * 3, v * 3)))
    const { width, height } = canvas
    const [x, y, r] = [width * random.between(0.35, 0.65), height * random.between(0.42, 0.55), height * 0.2]
    const shirt = colourOf(random.between(0, 360), random.between(0.1, 0.8), random.between(0.1, 0.8))
    canvas.ellipse(x, y + 2.6 * r, 2 * r, 1.7 * r, shirt, { soft: 0.03 })
    canvas.ellipse(x, y - 0.3 * r, 1.02 * r, 1.2 * r, hair, { soft: 0.05 })
    canvas.ellipse(x, y, 0.85 * r, 1.15 * r, skin, { soft: 0.05, relief: 0.35 })
    for (const side of [-1, 1]) canvas.ellipse(x + side * 0.33 * r, y - 0.1 * r, 0.14 * r, 0.08 * r, [25, 20, 20])
    canvas.ellipse(x, y + 0.55 * r, 0.28 * r, 0.08 * r, [130, 50, 50])
    roughen(canvas, rough, 12)
  }
}

/** Stone, leaves, cloth. @param {Random} random @returns {(canvas: Picture) => void} */
function surface(random) {
  const [rough, bend] = [naturalNoise(random, 6), naturalNoise(random, 3)]
  const hue = random.between(0, 360)
  const dark = colourOf(hue, random.between(0.1, 0.6), random.between(0.05, 0.3))
  const bright = colourOf(hue + random.between(-60, 60), random.between(0.1, 0.6), random.between(0.4, 0.85))
  const [scaleX, scaleY, bent] = [random.between(2, 14), random.between(2, 14), random.between(0, 3)]
  const contrast = random.between(1, 2.5)
  return (canvas) =>
    paintAll(canvas, (u, v) => {
      const shift = bent * bend(u * 2, v * 2)
      return mixed(dark, bright, 0.5 + contrast * (rough(u * scaleX + shift, v * scaleY + shift) - 0.5))
    })
}

/** Upright things one behind the other: trunks, poles, shelves. @param {Random} random @returns {(canvas: Picture) => void} */
function forest(random) {
  const rough = naturalNoise(random, 6)
  const hue = random.between(60, 150)
  const [back, leaves] = [colourOf(hue, 0.3, random.between(0.4, 0.8)), colourOf(hue, 0.5, random.between(0.1, 0.35))]
  const bark = colourOf(random.between(15, 40), random.between(0.1, 0.4), random.between(0.08, 0.3))
  return (canvas) => {
    paintAll(canvas, (u, v) => mixed(back, leaves, rough(u * 5, v * 5) * 1.6 - 0.4 + v * 0.3))
    for (let depth = 0; depth < 14; depth++) {
      const near = depth / 14
      const wide = (0.01 + 0.07 * near * random.next()) * canvas.height
      canvas.box(random.next() * canvas.width, 0, wide, (0.6 + 0.4 * near) * canvas.height, mixed(back, bark, near))
    }
    roughen(canvas, rough, 22)
  }
}

/** Fields seen from above. @param {Random} random @returns {(canvas: Picture) => void} */
function fromAbove(random) {
  const rough = naturalNoise(random, 5)
  const fields = Array.from({ length: random.whole(12, 40) }, () => ({
    u: random.between(0, 16 / 9),
    v: random.next(),
    colour: colourOf(random.between(20, 150), random.between(0.1, 0.5), random.between(0.15, 0.7)),
  }))
  return (canvas) =>
    paintAll(canvas, (u, v) => {
      let [least, colour] = [Infinity, /** @type {Colour} */ ([0, 0, 0])]
      for (const field of fields) {
        const away = (field.u - u) ** 2 + (field.v - v) ** 2
        if (away < least) [least, colour] = [away, field.colour]
      }
      return mixed(colour, [15, 20, 10], rough(u * 20, v * 20) - 0.3)
    })
}

/** Many small things of many colours. @param {Random} random @returns {(canvas: Picture) => void} */
function crowd(random) {
  const rough = naturalNoise(random, 4)
  const ground = colourOf(random.between(0, 360), random.between(0, 0.3), random.between(0.2, 0.7))
  const size = random.between(0.02, 0.06)
  const hue = random.between(0, 360)
  const reach = random.pick([30, 90, 360])
  return (canvas) => {
    paintAll(canvas, (u, v) => mixed(ground, [20, 20, 20], rough(u * 4, v * 8) * 0.7))
    for (let y = 0.15; y < 1.1; y += size) {
      for (let u = 0; u < 2; u += size * random.between(1, 3)) {
        const colour = colourOf(hue + random.between(0, reach), random.between(0.1, 0.8), random.between(0.1, 0.8))
        const r = size * (0.5 + 0.7 * y) * canvas.height
        const x = u * canvas.height
        canvas.ellipse(x, (y + size) * canvas.height, r * 0.8, r, colour, { soft: 0.1 })
        canvas.ellipse(x, y * canvas.height, r * 0.4, r * 0.45, [200, 160, 130], { soft: 0.1 })
      }
    }
  }
}

/**
 * Uneven paint, so that nothing is as clean as a drawing.
 * @param {Picture} canvas
 * @param {import('./noise.mjs').Noise} rough
 * @param {number} strength grey levels
 */
function roughen({ data, width, height }, rough, strength) {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const change = (rough((x / height) * 11, (y / height) * 11) - 0.5) * 2 * strength
      const at = (y * width + x) * 3
      for (let channel = at; channel < at + 3; channel++) data[channel] = (data[channel] ?? 0) + change
    }
  }
}

const STYLES = { landscape, city, room, closeUp, surface, forest, fromAbove, crowd }
/** @typedef {keyof typeof STYLES} Style */
export const STYLE_NAMES = /** @type {Style[]} */ (Object.keys(STYLES))

/** Of the canvas for a film of this height. @param {number} height pixels */
export function canvasSize(height) {
  const tall = Math.round(height * MARGIN)
  return { width: Math.round((tall * 16) / 9), height: tall }
}

/**
 * @param {Random} random
 * @param {Style} style
 * @param {number} height of the film, pixels
 */
export function paintPlace(random, style, height) {
  const { width, height: tall } = canvasSize(height)
  const canvas = new Picture(width, tall)
  STYLES[style](random)(canvas)
  return canvas
}
