// @ts-check
// Writes ONNX models. Field numbers are those of onnx.proto.
import { bytes, float, integer, message, packedIntegers } from './protobuf.mjs'

const IR_VERSION = 9
const OPSET = 18
/** Of TensorProto.DataType. */
export const TYPES = /** @type {const} */ ({ float32: 1, uint8: 2, int32: 6, int64: 7 })
/** Of AttributeProto.AttributeType. */
const ATTRIBUTE = { float: 1, integer: 2, string: 3, integers: 7 }

/** @typedef {keyof typeof TYPES} Type */
/** @typedef {{ type: Type, shape: readonly number[], data: Float32Array | Int32Array | Uint8Array | BigInt64Array }} Tensor */
/** @typedef {number | string | readonly number[] | { float: number }} Attribute a plain number is an integer */
/** @typedef {{ name: string, type: Type, shape: readonly (number | string)[] }} Port a dimension with a name is free */

/** A graph in the making: nodes in the order in which they can be run. */
export class OnnxGraph {
  /** @type {{ inputs: readonly string[], outputs: readonly string[], bytes: Buffer }[]} */
  #nodes = []
  /** @type {Map<string, Tensor>} */
  #tensors = new Map()
  /** @type {Port[]} */
  #inputs = []
  /** @type {Port[]} */
  #outputs = []
  #names = 0

  /** @param {Port} port */
  input(port) {
    this.#inputs.push(port)
    return port.name
  }

  /** @param {Port} port its name is that of a node's output */
  output(port) {
    this.#outputs.push(port)
  }

  /**
   * @param {string} operation
   * @param {readonly string[]} inputs an empty name for an optional one that is left out
   * @param {Readonly<Record<string, Attribute>>} [attributes]
   * @param {string | readonly string[]} [outputs] one with a new name, unless given
   * @returns {string} the first output
   */
  node(operation, inputs, attributes = {}, outputs = this.#newName()) {
    const names = [outputs].flat()
    this.#nodes.push({
      inputs,
      outputs: names,
      bytes: message(
        ...inputs.map((name) => bytes(1, name)),
        ...names.map((name) => bytes(2, name)),
        bytes(4, operation),
        ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
      ),
    })
    return names[0] ?? ''
  }

  /**
   * @param {Tensor} tensor
   * @param {string} [name]
   * @returns {string} its name
   */
  constant(tensor, name = this.#newName()) {
    this.#tensors.set(name, tensor)
    return name
  }

  /** @param {readonly number[]} values */
  floats(values, shape = [values.length]) {
    return this.constant({ type: 'float32', shape, data: Float32Array.from(values) })
  }

  /** @param {number} value */
  scalar(value) {
    return this.floats([value], [])
  }

  /** @param {readonly number[]} values as ONNX takes shapes, axes and paddings */
  indices(values) {
    return this.constant({ type: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) })
  }

  /** @returns {Buffer} the file, with what its outputs need and nothing else */
  toBytes() {
    const needed = new Set(this.#outputs.map(({ name }) => name))
    const nodes = this.#nodes.toReversed().filter(({ inputs, outputs }) => {
      const isNeeded = outputs.some((name) => needed.has(name))
      if (isNeeded) for (const name of inputs) needed.add(name)
      return isNeeded
    })
    const tensors = [...this.#tensors].filter(([name]) => needed.has(name))
    const graph = message(
      ...nodes.toReversed().map((node) => bytes(1, node.bytes)),
      bytes(2, 'graph'),
      ...tensors.map(([name, tensor]) => bytes(5, tensorBytes(name, tensor))),
      ...this.#inputs.map((port) => bytes(11, portBytes(port))),
      ...this.#outputs.map((port) => bytes(12, portBytes(port))),
    )
    return message(integer(1, IR_VERSION), bytes(2, 'fieldreel'), bytes(7, graph), bytes(8, integer(2, OPSET)))
  }

  #newName() {
    this.#names += 1
    return `#${String(this.#names)}`
  }
}

/**
 * @param {string} name
 * @param {Attribute} value
 */
function attribute(name, value) {
  if (typeof value === 'string') return message(bytes(1, name), bytes(4, value), integer(20, ATTRIBUTE.string))
  if (typeof value === 'number') return message(bytes(1, name), integer(3, value), integer(20, ATTRIBUTE.integer))
  if ('float' in value) return message(bytes(1, name), float(2, value.float), integer(20, ATTRIBUTE.float))
  return message(bytes(1, name), packedIntegers(8, value), integer(20, ATTRIBUTE.integers))
}

/**
 * @param {string} name
 * @param {Tensor} tensor
 */
function tensorBytes(name, { type, shape, data }) {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return message(packedIntegers(1, shape), integer(2, TYPES[type]), bytes(8, name), bytes(9, raw))
}

/** @param {Port} port */
function portBytes({ name, type, shape }) {
  const dimensions = shape.map((size) => bytes(1, typeof size === 'number' ? integer(1, size) : bytes(2, size)))
  const tensorType = message(integer(1, TYPES[type]), bytes(2, message(...dimensions)))
  return message(bytes(1, name), bytes(2, bytes(1, tensorType)))
}
