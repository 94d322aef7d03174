// @ts-check
// Pictures that are hard to see.
import { emptyView } from './flat.mjs'
import { grain } from './noise.mjs'
import { assemble, kind } from './plans.mjs'
import { usualCodec } from './codecs.mjs'
import { Picture } from './picture.mjs'
import { changed, lit } from './shots.mjs'

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./film.mjs').Effect} Effect */

/** @param {Random} random @param {number} strength @returns {Effect} */
const grainy = (random, strength) => {
  const apply = grain(random.fork('grain'), strength)
  return (out, { frame }) => apply(out, frame)
}

/** Less contrast and a grey veil. @param {number} thick share of 1 @param {number} level @returns {(out: Picture) => void} */
const veil = (thick, level) => (out) => {
  for (let at = 0; at < out.data.length; at++) out.data[at] = (out.data[at] ?? 0) * (1 - thick) + level * thick
}

/** Flakes or drops that fall through all shots. @param {Random} random @param {'snow' | 'rain'} what @returns {Effect} */
function falling(random, what) {
  const isSnow = what === 'snow'
  const flakes = Array.from({ length: random.whole(80, 220) }, () => ({
    x: random.next(),
    y: random.next(),
    near: random.next() ** 2,
    sway: random.between(0, 6),
  }))
  const [speed, wind] = [random.between(0.15, 0.4) * (isSnow ? 1 : 5), random.between(-0.1, 0.1)]
  return (out, { seconds }) => {
    for (const { x, y, near, sway } of flakes) {
      const fall = (y + speed * (0.4 + near) * seconds) % 1
      const drift = (((x + wind * seconds + (isSnow ? 0.01 * Math.sin(seconds * 2 + sway) : 0)) % 1) + 1) % 1
      const size = Math.max(1, (0.004 + 0.03 * near * near) * out.height)
      const [px, py] = [drift * out.width, fall * out.height]
      if (isSnow) out.ellipse(px, py, size, size, [245, 245, 250], { relief: 0, share: 0.8, soft: 0.6 })
      else out.box(px, py, Math.max(1, size / 3), size * 4, [200, 205, 215], 0.35)
    }
  }
}

export const WEATHER = [
  kind('heavy grain', (studio) => {
    const { random } = studio
    const effects = [grainy(random, random.between(8, 45))]
    const gain = random.pick([1, 1, random.between(0.25, 0.5)])
    const empty = random.pick([0, 0, 3])
    const shots = [
      ...studio.sources.shots(6 - empty),
      ...Array.from({ length: empty }, (_, at) => emptyView(random.fork(at))),
    ]
    const dark = shots.map((shot) => changed(shot, (out) => lit(out, { gain, tint: [1, 1, 1] })))
    return assemble(studio, { shots: random.shuffled(dark), effects, codec: usualCodec(random, { quality: 26 }) })
  }),
  kind('low bitrate', (studio) => {
    // With key frames so often that each shows a change of quality.
    const codec = usualCodec(studio.random, { quality: studio.random.whole(38, 45) })
    const often = ['-g', String(studio.random.pick([12, 25, 50]))]
    return assemble(studio, { codec: { ...codec, args: [...codec.args, ...often] } })
  }),
  kind('night', (studio) => {
    const { random } = studio
    const [gain, noise] = [random.between(0.2, 0.4), random.between(1, 4)]
    const shots = studio.sources
      .shots(6)
      .map((shot) => changed(shot, (out) => lit(out, { gain, tint: [0.8, 0.9, 1.1] })))
    return assemble(studio, { shots, effects: [grainy(random, noise)] })
  }),
  kind('fog', (studio) => {
    const { random } = studio
    const level = random.between(150, 220)
    const shots = studio.sources.shots(6).map((shot) => changed(shot, veil(random.between(0.6, 0.82), level)))
    return assemble(studio, { shots, effects: [grainy(random, random.between(0, 2))] })
  }),
  kind('snow', (studio) => assemble(studio, { effects: [falling(studio.random, 'snow')] })),
  kind('rain', (studio) => assemble(studio, { effects: [falling(studio.random, 'rain')] })),
  kind('black and white', (studio) =>
    assemble(studio, { effects: [grey, grainy(studio.random, studio.random.between(2, 8))] }),
  ),
  kind('old film', (studio) => {
    const worn = wear(studio.random.fork('wear'))
    return assemble(studio, { effects: [grey, grainy(studio.random, studio.random.between(6, 14)), worn] })
  }),
  kind('cartoon', (studio) => assemble(studio, { effects: [flatColours(studio.random.whole(4, 7))] })),
  kind('interlaced', (studio) => {
    const codec = usualCodec(studio.random)
    const fields = ['-flags', '+ilme+ildct', '-x264-params', 'tff=1']
    const shots = studio.sources.shots(6, { camera: moving(studio.random) }).map((shot) => interlaced(shot, 1 / 50))
    return assemble(studio, { shots, codec: { ...codec, args: [...codec.args, ...fields] } })
  }),
]

/** The lamp of a projector flickers; scratches and dust come and go. @param {Random} random @returns {Effect} */
function wear(random) {
  const [flicker, scratches] = [random.between(0.04, 0.12), random.whole(1, 3)]
  return (out, { frame }) => {
    const now = random.fork(`frame ${frame}`)
    lit(out, { gain: 1 + flicker * now.between(-1, 1), tint: [1, 1, 1] })
    for (let scratch = 0; scratch < scratches; scratch++) {
      const x = random.fork(`scratch ${scratch} ${frame >> 4}`).next()
      out.box(x * out.width, 0, 1, out.height, [220, 220, 220], 0.5)
    }
    if (now.chance(0.2)) {
      const size = now.between(0.01, 0.05) * out.height
      out.ellipse(now.next() * out.width, now.next() * out.height, size, size * 0.6, [15, 15, 15], { relief: 0 })
    }
  }
}

/** Few tones, as drawings have. @param {number} tones @returns {Effect} */
const flatColours = (tones) => (out) => {
  const step = 255 / (tones - 1)
  for (let at = 0; at < out.data.length; at++) out.data[at] = Math.round((out.data[at] ?? 0) / step) * step
}

/** @type {Effect} */
function grey({ data }) {
  for (let at = 0; at < data.length; at += 3) {
    const luma = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
    data.fill(luma, at, at + 3)
  }
}

/** A camera that shows the difference between two fields. @param {Random} random @returns {import('./shots.mjs').Camera} */
function moving(random) {
  const speed = random.between(0.05, 0.2) * random.sign()
  return (seconds) => ({ x: speed * (seconds - 1), y: 0, view: 0.8 })
}

/**
 * Both fields of a frame are of different times, as a television camera writes them.
 * @param {import('./shots.mjs').Shot} shot
 * @param {number} later seconds between the fields
 * @returns {import('./shots.mjs').Shot}
 */
function interlaced(shot, later) {
  return async (size) => {
    const draw = await shot(size)
    const second = new Picture(size.width, size.height)
    const row = size.width * 3
    return (out, seconds) => {
      draw(out, seconds)
      draw(second, seconds + later)
      for (let y = 1; y < size.height; y += 2) out.data.set(second.data.subarray(y * row, (y + 1) * row), y * row)
    }
  }
}
