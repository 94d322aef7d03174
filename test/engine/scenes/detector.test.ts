import { expect, test } from 'vitest'
import {
  ANALYSIS_HEIGHT,
  ANALYSIS_WIDTH,
  type AnalysisFrame,
  type Boundary,
} from '../../../main/engine/scenes/detector.ts'
import { StandardDetector, withoutDuplicates } from '../../../main/engine/scenes/detectors/standard.ts'

const PLANE = ANALYSIS_WIDTH * ANALYSIS_HEIGHT

/** Brightness and two colours of the point (x, y), 0..1 each way. */
type Scenery = (x: number, y: number) => readonly [number, number, number]

/** Made-up landscapes: smooth, textured, and different for every seed. */
function landscape(seed: number): Scenery {
  const wave = (x: number, y: number, n: number): number =>
    Math.sin((3 + ((seed * 7 + n * 3) % 5)) * 6 * x + seed * n) *
    Math.cos((2 + ((seed * 5 + n) % 4)) * 6 * y + seed + n)
  return (x, y) => [
    128 + 35 * wave(x, y, 1) + 25 * wave(y, x, 2) + 15 * wave(2 * x, 2 * y, 3),
    128 + 20 * wave(x, y, 4),
    128 + 20 * wave(x, y, 5),
  ]
}

function draw(scenery: Scenery, shift = 0): Float32Array {
  const pixels = new Float32Array(3 * PLANE)
  for (let at = 0; at < PLANE; at++) {
    const x = (at % ANALYSIS_WIDTH) / ANALYSIS_WIDTH + shift
    const colours = scenery(x, Math.floor(at / ANALYSIS_WIDTH) / ANALYSIS_HEIGHT)
    for (const [plane, value] of colours.entries()) pixels[plane * PLANE + at] = value
  }
  return pixels
}

/** `count` frames of a camera that pans by `speed` widths a frame. */
function shot(seed: number, count: number, speed = 0.002): Float32Array[] {
  return Array.from({ length: count }, (_, index) => draw(landscape(seed), index * speed))
}

function mix(from: Float32Array, to: Float32Array, share: number): Float32Array {
  return from.map((value, at) => (1 - share) * value + share * (to[at] ?? 0))
}

/** Ends one shot and begins the other over `count` frames. */
function dissolve(from: Float32Array[], to: Float32Array[], count: number): Float32Array[] {
  const [tail, head] = [from.slice(-count), to.slice(0, count)]
  const mixed = tail.map((picture, index) => mix(picture, head[index] ?? picture, (index + 1) / (count + 1)))
  return [...from.slice(0, -count), ...mixed, ...to.slice(count)]
}

function gain(picture: Float32Array, factor: number, level = 16): Float32Array {
  return picture.map((value, at) => (at < PLANE ? level + factor * (value - level) : 128 + factor * (value - 128)))
}

function detect(pictures: readonly Float32Array[], rate = 25): Boundary[] {
  const detector = new StandardDetector()
  const frames = pictures.map((picture, index): AnalysisFrame => {
    return {
      index,
      time: index / rate,
      pixels: Uint8Array.from(picture, (v) => Math.max(0, Math.min(255, Math.round(v)))),
    }
  })
  const candidates = [...frames.flatMap((frame) => detector.process(frame)), ...detector.finish()]
  return withoutDuplicates(candidates).filter(({ kind, confidence }) => kind !== 'drift' && confidence >= 0.5)
}

function found(pictures: readonly Float32Array[]): [string, number][] {
  return detect(pictures).map(({ kind, frame }) => [kind, frame])
}

test('hard cuts, to the frame, with their times', () => {
  const pictures = [...shot(1, 50), ...shot(2, 37), ...shot(3, 40)]
  const boundaries = detect(pictures)
  expect(boundaries).toMatchObject([
    { frame: 50, time: 2, kind: 'cut' },
    { frame: 87, time: 3.48, kind: 'cut' },
  ])
  for (const { confidence } of boundaries) expect(confidence).toBeGreaterThan(0.5)
})

test('a cut close to either end of the video is found', () => {
  expect(found([...shot(1, 6), ...shot(2, 60), ...shot(3, 6)])).toEqual([
    ['cut', 6],
    ['cut', 66],
  ])
})

test('a quick montage', () => {
  const pictures = [1, 2, 3, 4, 5, 6].flatMap((seed) => shot(seed, 8))
  expect(found(pictures)).toEqual([8, 16, 24, 32, 40].map((frame) => ['cut', frame]))
})

test('pans, stillness and nothing at all hold no boundary', () => {
  expect(found(shot(1, 120, 0.004))).toEqual([])
  expect(found(shot(1, 120, 0.05))).toEqual([])
  expect(found(shot(1, 120, 0))).toEqual([])
  expect(found([])).toEqual([])
  expect(found(shot(1, 1))).toEqual([])
})

test('flashes of one to five frames are no cuts', () => {
  const pictures = shot(1, 160)
  for (const [at, length] of [
    [30, 1],
    [70, 3],
    [110, 5],
  ] as const) {
    for (let frame = at; frame < at + length; frame++)
      pictures[frame] = gain(pictures[frame] ?? draw(landscape(1)), 0.2, 250)
  }
  expect(found(pictures)).toEqual([])
})

test('a light that is switched on is no cut', () => {
  const pictures = shot(1, 100)
  expect(found(pictures.map((picture, index) => (index < 50 ? gain(picture, 0.5) : picture)))).toEqual([])
})

test('a lamp that lights one side of a still room is no cut', () => {
  const lit = (picture: Float32Array): Float32Array =>
    picture.map((value, at) => (at < PLANE ? value * (0.4 + (0.6 * (at % ANALYSIS_WIDTH)) / ANALYSIS_WIDTH) : value))
  expect(found(shot(1, 100, 0).map((picture, index) => (index < 50 ? lit(picture) : picture)))).toEqual([])
})

test('a still camera in front of which one thing has given way to another has cut', () => {
  const room = landscape(2)
  const holding = (left: number): Float32Array =>
    draw((x, y) => (x > left && x < left + 0.4 && y > 0.2 ? [40 + 20 * Math.sin(40 * x), 128, 128] : room(x, y)))
  expect(
    found([...Array<Float32Array>(50).fill(holding(0.05)), ...Array<Float32Array>(50).fill(holding(0.5))]),
  ).toEqual([['cut', 50]])
})

test('cuts where every second frame repeats the one before', () => {
  const twice = [...shot(1, 30), ...shot(2, 30)].flatMap((picture) => [picture, picture])
  expect(found(twice)).toEqual([['cut', 60]])
})

test.each([10, 16, 24, 40])('a dissolve of %i frames is one boundary, inside it', (count) => {
  const boundaries = found(dissolve(shot(1, 80, 0.0005), shot(2, 100, 0.0005), count))
  expect(boundaries).toHaveLength(1)
  const [kind, frame] = boundaries[0] ?? ['none', 0]
  expect(kind).toBe('dissolve')
  expect(Math.abs(frame - (80 - count / 2))).toBeLessThanOrEqual(count / 2)
})

test('out to black and in again is one fade, in the dark', () => {
  const ramp = (from: number, to: number, picture: Float32Array[]): Float32Array[] =>
    picture.map((one, index) => gain(one, from + ((to - from) * index) / (picture.length - 1)))
  const pictures = [
    ...shot(1, 50),
    ...ramp(1, 0, shot(1, 70).slice(50)),
    ...ramp(0, 0, shot(1, 5)),
    ...ramp(0, 1, shot(2, 20)),
    ...shot(2, 70).slice(20),
  ]
  const boundaries = found(pictures)
  expect(boundaries).toEqual([['fade', expect.any(Number)]])
  expect(Math.abs((boundaries[0]?.[1] ?? 0) - 72)).toBeLessThanOrEqual(5)
})

test('fading in at the start and out at the end opens no scene', () => {
  const last = 99
  const edge = (index: number): number => Math.min(1, index / 20, (last - index) / 20)
  expect(found(shot(1, last + 1).map((picture, index) => gain(picture, edge(index))))).toEqual([])
})

/** The picture where the later one has come in over `share` of the width. */
function wipe(from: Float32Array, to: Float32Array, share: number): Float32Array {
  return from.map((value, at) => ((at % ANALYSIS_WIDTH) / ANALYSIS_WIDTH < share ? (to[at] ?? 0) : value))
}

function letterboxed(picture: Float32Array, rows = 4): Float32Array {
  return picture.map((value, at) => {
    const y = Math.floor((at % PLANE) / ANALYSIS_WIDTH)
    if (y >= rows && y < ANALYSIS_HEIGHT - rows) return value
    return at < PLANE ? 16 : 128
  })
}

test.each([12, 20, 28])('a wipe of %i frames is one boundary, inside it', (count) => {
  const [from, to] = [shot(1, 70 + count, 0.0005), shot(2, 70 + count, 0.0005)]
  const over = Array.from({ length: count }, (_, index) =>
    wipe(from[70 + index] ?? draw(landscape(1)), to[index] ?? draw(landscape(2)), (index + 1) / (count + 1)),
  )
  const boundaries = found([...from.slice(0, 70), ...over, ...to.slice(count)])
  expect(boundaries).toEqual([['wipe', expect.any(Number)]])
  expect(Math.abs((boundaries[0]?.[1] ?? 0) - (70 + count / 2))).toBeLessThanOrEqual(count / 2)
})

test('a letterbox that comes and goes is no boundary', () => {
  const pictures = shot(3, 120)
  expect(found(pictures.map((picture, index) => (index >= 30 && index < 70 ? letterboxed(picture) : picture)))).toEqual(
    [],
  )
})

test('a title put on and taken away is no boundary', () => {
  const pictures = shot(4, 120)
  const titled = (picture: Float32Array): Float32Array =>
    picture.map((value, at) => {
      const [x, y] = [at % ANALYSIS_WIDTH, Math.floor((at % PLANE) / ANALYSIS_WIDTH)]
      if (at >= PLANE || x < 14 || x >= 32 || y < 8 || y >= 20) return value
      return 235
    })
  expect(found(pictures.map((picture, index) => (index >= 40 && index < 80 ? titled(picture) : picture)))).toEqual([])
})

test('dissolves and cuts between pillarboxed shots', () => {
  const boxed = (picture: Float32Array): Float32Array =>
    picture.map((value, at) => {
      const x = at % ANALYSIS_WIDTH
      if (x >= 6 && x < ANALYSIS_WIDTH - 6) return value
      return at < PLANE ? 16 : 128
    })
  const pictures = [...dissolve(shot(1, 80), shot(2, 100), 20), ...shot(3, 60)].map(boxed)
  expect(found(pictures)).toEqual([
    ['dissolve', expect.any(Number)],
    ['cut', 160],
  ])
})
