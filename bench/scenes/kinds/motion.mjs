// @ts-check
// Much changes from frame to frame, without a cut: only those between the shots are real.
import { naturalNoise, smoothNoise } from './noise.mjs'
import { MARGIN } from './places.mjs'
import { colourOf, mixed, Picture } from './picture.mjs'
import { assemble, kind } from './plans.mjs'
import { wordsOf } from './rates.mjs'
import { changed, film, people } from './shots.mjs'
import { writeText } from './text.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./shots.mjs').Shot} Shot */
/** @typedef {import('./picture.mjs').Colour} Colour */
/** @typedef {(u: number, v: number, seconds: number) => Colour} Field colour of a place at a time, `v` 0..1 from top to bottom */

/** Fields are drawn so much smaller: they have no fine detail. */
const COARSE = 2

/** @param {Field} field @returns {Shot} */
function fieldShot(field) {
  return ({ width, height }) => {
    const small = new Picture(Math.ceil(width / COARSE), Math.ceil(height / COARSE))
    return (out, seconds) => {
      for (let y = 0, at = 0; y < small.height; y++) {
        for (let x = 0; x < small.width; x++, at += 3)
          small.data.set(field(x / small.height, y / small.height, seconds), at)
      }
      film(out, small, { x: 0, y: 0, view: MARGIN })
    }
  }
}

/** @param {Random} random @returns {Shot} */
function fire(random) {
  const [flame, bend] = [naturalNoise(random, 4), smoothNoise(random)]
  const [scale, speed, height] = [random.between(2.5, 6), random.between(1.5, 4), random.between(0.7, 1.4)]
  const ground = colourOf(random.between(0, 360), 0.2, random.between(0.02, 0.12))
  return fieldShot((u, v, seconds) => {
    const shift = 0.6 * bend(u * 3, v * 3 + seconds * 2)
    const heat = flame((u + shift * 0.2) * scale, v * scale * 0.7 + seconds * speed) * 1.7 + (v - 1) / height
    if (heat < 0.35) return mixed(ground, [90, 20, 5], Math.max(0, heat))
    return heat < 0.75 ? mixed([120, 25, 5], [250, 150, 30], (heat - 0.35) * 2.5) : mixed([250, 150, 30], [255, 250, 210], Math.min(1, (heat - 0.75) * 3)) // prettier-ignore
  })
}

/** Waves that glitter, or a fall. @param {Random} random @returns {Shot} */
function water(random) {
  const [one, other] = [naturalNoise(random, 4), naturalNoise(random.fork('other'), 4)]
  const hue = random.between(160, 230)
  const [deep, bright] = [colourOf(hue, 0.5, random.between(0.1, 0.3)), colourOf(hue, random.between(0.1, 0.4), 0.9)]
  const isFall = random.chance(0.4)
  const [scale, speed] = [random.between(3, 8), random.between(0.8, 2)]
  return fieldShot((u, v, seconds) => {
    const depth = isFall ? 1 : 0.25 / (v + 0.15)
    const [x, y] = isFall
      ? [u * scale * 2, v * scale * 0.4 - seconds * speed * 2.5]
      : [u * scale * depth, depth * scale * 2]
    const wave =
      one(x + seconds * speed * 0.4, y + seconds * speed) + other(x * 1.3 - seconds * speed, y * 1.2 - seconds * 0.5)
    return mixed(deep, bright, Math.min(1, Math.max(0, (wave - 0.75) * 2.2)))
  })
}

/** A blast in the middle of a shot: white, then fire, then smoke that goes. @param {Random} random @param {Shot} shot @returns {Shot} */
function explosion(random, shot) {
  const cloud = naturalNoise(random, 4)
  const [begin, x, y] = [random.between(0.6, 1.2), random.between(0.3, 0.7), random.between(0.3, 0.8)]
  const [speed, last] = [random.between(2, 7), random.between(0.8, 1.4)]
  return changed(shot, (out, seconds) => {
    const since = seconds - begin
    if (since < 0) return
    const reach = last * (1 - Math.exp(-since * speed))
    const [heat, thick] = [Math.exp(-since * 2.5), Math.exp(-Math.max(0, since - 0.5) * 1.2)]
    for (let row = 0; row < out.height; row++) {
      for (let column = 0; column < out.width; column++) {
        const [u, v] = [column / out.height - x * 1.78, row / out.height - y]
        const rough = cloud(u * 5 + 9, v * 5 + 9 + since * 1.5)
        const inside = Math.min(1, Math.max(0, (reach - Math.hypot(u, v) + (rough - 0.5) * 0.5) * 4))
        if (inside === 0) continue
        const smoke = mixed([30, 28, 26], [150, 140, 130], rough)
        const glow = mixed(smoke, [255, 190 + 65 * heat, 60 + 190 * heat], Math.min(1, heat * (0.6 + rough)))
        out.mix(column, row, glow, inside * thick)
      }
    }
  })
}

/** A hand, a car, a bird: something large and blurred goes by. @param {Random} random @param {Shot} shot @returns {Shot} */
function passing(random, shot) {
  const rough = naturalNoise(random, 3)
  const passes = Array.from({ length: random.whole(1, 2) }, (_, at) => ({
    begin: 0.5 + at * 1.1 + random.between(0, 0.4),
    takes: random.between(0.2, 0.6),
    way: random.sign(),
    wide: random.between(0.4, 1.2),
    y: random.between(0.2, 0.8),
    tall: random.between(0.4, 1.1),
    colour: colourOf(random.between(0, 360), random.between(0.05, 0.6), random.between(0.08, 0.7)),
  }))
  return changed(shot, (out, seconds) => {
    for (const { begin, takes, way, wide, y, tall, colour } of passes) {
      const share = (seconds - begin) / takes
      if (share < 0 || share > 1) continue
      const reach = 1.78 + 2 * wide
      const centre = ((way > 0 ? share : 1 - share) * reach - wide) * out.height
      const shade = mixed(colour, [0, 0, 0], 0.4 * rough(share * 3, y))
      out.ellipse(centre, y * out.height, wide * out.height, tall * out.height, shade, { soft: 0.35, relief: 0.3 })
    }
  })
}

/** Hours in seconds: light and shadows run, people are elsewhere in every frame. @param {import('./plans.mjs').Studio} studio @param {Random} random @returns {Shot} */
function timelapse({ sources }, random) {
  const [cloud, flicker] = [naturalNoise(random, 4), smoothNoise(random)]
  const [speed, strength, count] = [random.between(1, 4), random.between(0.3, 0.7), random.whole(2, 8)]
  const camera = () => ({ x: 0, y: 0, view: 0.9 })
  const shot = sources.place().shot({ people: 0, camera })
  return changed(shot, (out, seconds) => {
    const moment = random.fork(`people ${Math.round(seconds * 12)}`)
    people(moment, count)(out, 0, camera())
    const day = 1 - 0.5 * strength * (1 - Math.cos(seconds * speed)) * 0.5 + 0.25 * (flicker(seconds * 12, 0) - 0.5)
    for (let row = 0; row < out.height; row++) {
      for (let column = 0; column < out.width; column += 4) {
        const shade =
          1 - strength * Math.max(0, cloud(column / out.height + seconds * speed, (row / out.height) * 2) * 2 - 1)
        const at = (row * out.width + column) * 3
        for (let near = at; near < Math.min(at + 12, out.data.length); near++)
          out.data[near] = (out.data[near] ?? 0) * shade * day
      }
    }
  })
}

/** A long page that is scrolled, with pictures in it. @param {Random} random @param {boolean} isDark @returns {Shot} */
function scrolling(random, isDark) {
  const [ground, ink] = isDark ? [colourOf(220, 0.2, 0.12), colourOf(0, 0, 0.85)] : [colourOf(random.between(0, 360), 0.1, 0.95), colourOf(0, 0, 0.15)] // prettier-ignore
  const blocks = Array.from({ length: 60 }, () => ({
    words: wordsOf(random),
    isPicture: random.chance(0.3),
    colour: colourOf(random.between(0, 360), random.between(0.2, 0.8), random.between(0.2, 0.7)),
  }))
  const moves = Array.from({ length: 8 }, (_, at) => ({
    at: 0.4 * at + random.between(0, 0.3),
    by: random.between(0.1, 0.9),
  }))
  return ({ width, height }) =>
    (out, seconds) => {
      // Each turn of the wheel runs out slowly.
      const away = moves.reduce(
        (sum, move) => sum + (seconds > move.at ? move.by * (1 - Math.exp(-(seconds - move.at) * 7)) : 0),
        0,
      )
      out.fill(ground)
      for (const [row, { words, isPicture, colour }] of blocks.entries()) {
        const top = (0.05 + row * 0.12 - away) * height
        if (top < -0.2 * height || top > height) continue
        if (isPicture) out.box(width * 0.1, top, width * 0.5, height * 0.11, colour)
        else writeText(out, words.slice(0, 34), width * 0.1, top, height * 0.05, ink)
      }
    }
}

/** A fire in a part of the picture. @param {Random} random @param {Shot} shot @returns {Shot} */
function burning(random, shot) {
  const flames = fire(random)
  const [wide, x] = [random.between(0.3, 0.7), random.between(0.2, 0.8)]
  return async (size) => {
    const [draw, burn] = [await shot(size), await flames(size)]
    const page = new Picture(size.width, size.height)
    return (out, seconds) => {
      draw(out, seconds)
      burn(page, seconds)
      for (let at = 0; at < out.data.length; at++) {
        const column = (Math.floor(at / 3) % out.width) / out.width
        const near = Math.max(0, 1 - (Math.abs(column - x) / wide) ** 2)
        out.data[at] = (out.data[at] ?? 0) + (page.data[at] ?? 0) * near
      }
    }
  }
}

/** The picture stands still for a second; then it goes on, or is where it would have been. @param {Random} random @param {Shot} shot @returns {Shot} */
function frozen(random, shot) {
  const [begin, lasts, catchesUp] = [random.between(0.5, 1), random.between(0.6, 1.2), random.chance(0.4)]
  return async (size) => {
    const draw = await shot(size)
    return (out, seconds) => {
      const isOver = seconds > begin + lasts
      draw(out, seconds < begin ? seconds : isOver ? (catchesUp ? seconds : seconds - lasts) : begin)
    }
  }
}

/** Names that roll up over black or a colour. @param {Random} random @returns {Shot} */
function credits(random) {
  const [ground, ink] = [colourOf(random.between(0, 360), 0.4, random.pick([0, 0, 0.12])), colourOf(50, 0.3, 0.9)]
  const names = Array.from({ length: 60 }, () => wordsOf(random).slice(0, 22))
  const [speed, size] = [random.between(0.12, 0.4), random.between(0.05, 0.09)]
  return ({ width, height }) =>
    (out, seconds) => {
      out.fill(ground)
      for (const [row, name] of names.entries()) {
        const top = (0.6 + row * size * 2 - speed * seconds) * height
        if (top > -height * size && top < height) writeText(out, name, width * 0.2, top, height * size, ink)
      }
    }
}

/** In turns with other shots: two of the same kind, one after the other, would look alike. @param {(random: Random) => Shot} shot */
const inTurns =
  (shot) =>
  (/** @type {Random} */ random, /** @type {import('./plans.mjs').Studio} */ { sources }, /** @type {number} */ at) =>
    at % 2 === 0 ? shot(random) : sources.shot()

/** @param {string} name @param {(random: Random, studio: import('./plans.mjs').Studio, at: number) => Shot} shot */
const motion = (name, shot) =>
  kind(name, (studio) => {
    const shots = Array.from({ length: 4 }, (_, at) => shot(studio.random.fork(`shot ${at}`), studio, at))
    return assemble(studio, { shots, seconds: [2, 3] })
  })

export const MOTION = [
  motion('frozen second', (random, { sources }) => frozen(random, sources.shot())),
  motion('fast object close to the lens', (random, { sources }) => passing(random, sources.shot())),
  motion('timelapse', (random, studio) => timelapse(studio, random)),
  motion('screen scrolling', (random, _, at) => scrolling(random, at % 2 === 0)),
  motion('explosions', (random, { sources }) => explosion(random, sources.shot())),
  motion('fire', inTurns(fire)),
  motion('fire in a part of the picture', (random, { sources }) => burning(random, sources.shot())),
  motion('water', inTurns(water)),
  motion('rolling credits', inTurns(credits)),
]
