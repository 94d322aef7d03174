// @ts-check
import { createRequire } from 'node:module'
import path from 'node:path'
import { convert } from './conversion.mjs'
import { TYPES } from './onnx.mjs'

/*
 * MobileNetV2 of width 1.4, up to the vector that its classifier judges by: what a picture looks like, as 1792 numbers.
 * The file takes any number of pictures as they are (RGB bytes, 224 × 224).
 */

const SIDE = 224
const DIMENSIONS = 1792
const FOLDER = 'dist/models/mobilenet_v2_mid'
const MODEL = 'model.min.js'
const WEIGHTS = ['group1-shard1of2.min.js', 'group1-shard2of2.min.js']
const LAYERS = 'StatefulPartitionedCall/sequential/keras_layer'
export const VECTOR = `${LAYERS}${'/StatefulPartitionedCall'.repeat(3)}/predict/feature_vector/SpatialSqueeze`

/** @type {import('./recipe.mjs').Recipe} */
export const appearance = {
  file: 'mobilenet.onnx',
  source: {
    package: 'nsfwjs@4.3.0',
    sha512: 'WTKDte0vp1X97N1h34P79G/hG+sVT3+TnDz9di1WseIJR93v11E4viNX7Vg9WsO6HYoR772Nzq2iM8jo3XBZ+g==',
    files: [...[MODEL, ...WEIGHTS].map((name) => `${FOLDER}/${name}`), 'LICENSE'],
  },
  licence: 'MIT (nsfwjs), Apache-2.0 (MobileNetV2, © The TensorFlow Authors)',
  licenceFile: 'LICENSE',
  make: async (folder) =>
    convert({
      ...readModel(folder),
      input: { name: 'input', make: picture },
      outputs: [{ from: VECTOR, name: 'vector', type: 'float32', shape: ['pictures', DIMENSIONS] }],
    }),
}

/**
 * The package ships the model's JSON, and its weights as base64, in CommonJS modules.
 * @param {string} folder
 */
export function readModel(folder) {
  const require = createRequire(path.join(folder, FOLDER, MODEL))
  const weights = WEIGHTS.map((name) => Buffer.from(/** @type {string} */ (require(`./${name}`)), 'base64'))
  return {
    model: /** @type {import('./tfjs-graph.mjs').GraphModel} */ (require(`./${MODEL}`)),
    weights: Buffer.concat(weights),
  }
}

/** @param {import('./onnx.mjs').OnnxGraph} graph */
function picture(graph) {
  const rgb = graph.input({ name: 'picture', type: 'uint8', shape: ['pictures', SIDE, SIDE, 3] })
  graph.node('Div', [graph.node('Cast', [rgb], { to: TYPES.float32 }), graph.scalar(255)], {}, 'input')
}
