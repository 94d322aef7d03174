// @ts-check
// Reads graph models as TensorFlow.js stores them: a JSON with the nodes, and one block of weights, often quantised.

/** @typedef {import('./onnx.mjs').Tensor} Tensor */
/**
 * @typedef {object} Node
 * @property {string} name
 * @property {string} op
 * @property {string[]} [input]
 * @property {Record<string, { s?: string, i?: string | number, f?: number, b?: boolean,
 *   list?: { i?: (string | number)[], s?: string[] } }>} [attr]
 */
/**
 * @typedef {object} WeightEntry
 * @property {string} name
 * @property {number[]} shape
 * @property {'float32' | 'int32'} dtype
 * @property {{ dtype: 'uint8' | 'uint16' | 'float16', scale?: number, min?: number }} [quantization]
 */
/**
 * @typedef {object} GraphModel the JSON
 * @property {{ node: Node[] }} modelTopology
 * @property {{ weights: WeightEntry[] }[]} weightsManifest
 */

const BYTES = { float32: 4, int32: 4, uint16: 2, float16: 2, uint8: 1 }

/**
 * The weights by their names, as plain numbers.
 * @param {GraphModel} model
 * @param {Buffer} block all its weight files, one after the other
 * @returns {Map<string, Tensor>}
 * @throws {Error} when the block is not as long as the model says
 */
export function readWeights(model, block) {
  /** @type {Map<string, Tensor>} */
  const weights = new Map()
  let offset = 0
  for (const entry of model.weightsManifest.flatMap((group) => group.weights)) {
    const count = entry.shape.reduce((product, size) => product * size, 1)
    const stored = entry.quantization?.dtype ?? entry.dtype
    const end = offset + count * BYTES[stored]
    weights.set(entry.name, {
      type: entry.dtype,
      shape: entry.shape,
      data: numbers(entry, block.subarray(offset, end)),
    })
    offset = end
  }
  if (offset !== block.length)
    throw new Error(`The model has ${String(block.length)} bytes of weights, not ${String(offset)}.`)
  return weights
}

/**
 * @param {WeightEntry} entry
 * @param {Buffer} stored
 */
function numbers({ name, dtype, quantization }, stored) {
  // copied: a typed array has to begin at a multiple of its element's size
  const { buffer } = Uint8Array.from(stored)
  if (!quantization) return dtype === 'float32' ? new Float32Array(buffer) : new Int32Array(buffer)
  if (dtype !== 'float32') throw new Error(`Weight ${name}: quantised whole numbers are not read.`)
  if (quantization.dtype === 'float16') return Float32Array.from(new Uint16Array(buffer), halfToNumber)
  const { scale = 1, min = 0 } = quantization
  const levels = quantization.dtype === 'uint8' ? new Uint8Array(buffer) : new Uint16Array(buffer)
  return Float32Array.from(levels, (level) => level * scale + min)
}

/** @param {number} half the bits of an IEEE 754 half-precision number */
export function halfToNumber(half) {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 31
  const fraction = half & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/**
 * A node's input as the output it names: `a`, `a:1`. Control inputs (`^a`) only order nodes.
 * @param {string} input
 */
export function outputName(input) {
  return input.endsWith(':0') ? input.slice(0, -2) : input
}

/**
 * Nodes that the outputs need, each after those it needs itself.
 * @param {GraphModel} model
 * @param {readonly string[]} outputs
 * @returns {Node[]}
 */
export function inOrder(model, outputs) {
  const byName = new Map(model.modelTopology.node.map((node) => [node.name, node]))
  /** @type {Set<Node>} */
  const ordered = new Set()
  /** @param {string} output */
  const visit = (output) => {
    const node = byName.get(output.replace(/:\d+$/, ''))
    if (!node) throw new Error(`The model has no node ${output}.`)
    if (ordered.has(node)) return
    for (const input of inputsOf(node)) visit(input)
    ordered.add(node)
  }
  for (const output of outputs) visit(output)
  return [...ordered]
}

/** @param {Node} node */
export function inputsOf({ input = [] }) {
  return input.filter((name) => !name.startsWith('^')).map(outputName)
}

/**
 * @param {Node} node
 * @param {string} name
 * @returns {number[]}
 */
export const integers = (node, name) => (node.attr?.[name]?.list?.i ?? []).map(Number)

/**
 * @param {Node} node
 * @param {string} name
 */
export const text = (node, name) => Buffer.from(node.attr?.[name]?.s ?? '', 'base64').toString()

/**
 * @param {Node} node
 * @param {string} name
 */
export const texts = (node, name) =>
  (node.attr?.[name]?.list?.s ?? []).map((one) => Buffer.from(one, 'base64').toString())
