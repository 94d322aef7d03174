import path from 'node:path'
import { expect, test } from 'vitest'
import type { Box, Detection } from '../../main/engine/models/index.ts'
import { decoderOf, lookAt, openModels } from '../support/models.ts'

const FRAMES = path.resolve('test/fixtures/frames')

type Thing = readonly [className: string, left: number, top: number, width: number, height: number]

/** Labelled by eye. */
const TRAFFIC: readonly Thing[] = [
  ['car', 227, 155, 86, 67],
  ['car', 400, 112, 103, 104],
  ['car', 496, 217, 104, 88],
  ['car', 251, 83, 50, 43],
  ['car', 169, 97, 64, 48],
  ['motorcycle', 305, 214, 48, 91],
]
const SQUARE: readonly Thing[] = [
  ['person', 234, 265, 42, 130],
  ['person', 641, 233, 28, 105],
  ['person', 583, 101, 28, 76],
  ['person', 679, 164, 36, 89],
  ['person', 189, 360, 40, 72],
  ['person', 289, 78, 20, 63],
]

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (a.width * a.height + b.width * b.height - width * height)
}

/** Things that no detection of their class lies on. */
function missed(things: readonly Thing[], detections: readonly Detection[]): Thing[] {
  return things.filter(([className, left, top, width, height]) => {
    const box = { left, top, width, height }
    return !detections.some((found) => found.className === className && overlap(found.box, box) >= 0.6)
  })
}

test.each([
  ['traffic.jpg', [640, 360], TRAFFIC],
  ['square.jpg', [768, 432], SQUARE],
  ['person.jpg', [640, 360], [['person', 321, 12, 110, 310]]],
  // by itself it looks more like a cell phone than like a car, a bus or a truck
  ['above.jpg', [768, 432], [['car', 270, 119, 181, 288]]],
] as const)('finds what is in %s, and hardly anything else', async (file, size, things) => {
  const decoder = await decoderOf(['-i', path.join(FRAMES, file)], size)
  const found = await lookAt(openModels(), decoder, (picture) => picture.detect({ minimumConfidence: 0.45 }))
  expect(missed(things, found)).toEqual([])
  // the lorry in traffic.jpg may be a bus, and half a car stands at its edge
  expect(found.length).toBeLessThanOrEqual(things.length + 2)
  expect(found.map(({ confidence }) => confidence)).toEqual(
    found.map(({ confidence }) => confidence).sort((a, b) => b - a),
  )
})

test('boxes lie on the things of a picture that is higher than wide', async () => {
  const decoder = await decoderOf(['-i', path.join(FRAMES, 'person.jpg')], [200, 360], ['-vf', 'crop=200:360:280:0'])
  const found = await lookAt(openModels(), decoder, (picture) => picture.detect({ minimumConfidence: 0.45 }))
  expect(missed([['person', 41, 12, 110, 310]], found)).toEqual([])
})

test('similar things have similar embeddings, others have not', async () => {
  const decoder = await decoderOf(['-i', path.join(FRAMES, 'traffic.jpg')], [640, 360])
  const boxes = [TRAFFIC[0]!, TRAFFIC[0]!, TRAFFIC[5]!].map(([, left, top, width, height], i) => ({
    ...{ left: left + (i === 1 ? 3 : 0), top, width, height },
  }))
  const [car, sameCar, motorcycle] = await lookAt(openModels(), decoder, (picture) => picture.embed(boxes))
  expect(car!.length).toBe(1792)
  expect(cosine(car!, sameCar!)).toBeGreaterThan(0.9)
  expect(cosine(car!, motorcycle!)).toBeLessThan(cosine(car!, sameCar!) - 0.1)
})

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
