// @ts-check
// Writes ONNX models.
import protobuf from 'protobufjs'

const IR_VERSION = 9
const OPSET = 18

/** The messages and fields of onnx.proto that are written here. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Model { int64 irVersion = 1; string producerName = 2; Graph graph = 7; repeated Opset opsets = 8; }
  message Opset { int64 version = 2; }
  message Graph {
    repeated Node nodes = 1; string name = 2; repeated Tensor tensors = 5; repeated Port inputs = 11; repeated Port outputs = 12;
  }
  message Node { repeated string inputs = 1; repeated string outputs = 2; string operation = 4; repeated Attribute attributes = 5; }
  message Attribute { string name = 1; float float = 2; int64 integer = 3; bytes string = 4; repeated int64 integers = 8; int32 type = 20; }
  message Tensor { repeated int64 shape = 1; int32 type = 2; string name = 8; bytes data = 9; }
  message Port { string name = 1; Type type = 2; }
  message Type { TensorType tensor = 1; }
  message TensorType { int32 type = 1; Shape shape = 2; }
  message Shape { repeated Dimension dimensions = 1; }
  message Dimension { int64 size = 1; string name = 2; }
`)
const ModelMessage = root.lookupType('Model')

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
  /** @type {{ inputs: readonly string[], outputs: readonly string[], operation: string, attributes: object[] }[]} */
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
    const described = Object.entries(attributes).map(([name, value]) => ({ name, ...attribute(value) }))
    this.#nodes.push({ inputs, outputs: names, operation, attributes: described })
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
    const graph = {
      nodes: nodes.toReversed(),
      name: 'graph',
      tensors: tensors.map(([name, tensor]) => ({ ...tensor, name, type: TYPES[tensor.type], data: rawBytes(tensor) })),
      inputs: this.#inputs.map(portMessage),
      outputs: this.#outputs.map(portMessage),
    }
    const model = { irVersion: IR_VERSION, producerName: 'fieldreel', graph, opsets: [{ version: OPSET }] }
    return Buffer.from(ModelMessage.encode(model).finish())
  }

  #newName() {
    this.#names += 1
    return `#${String(this.#names)}`
  }
}

/** @param {Attribute} value */
function attribute(value) {
  if (typeof value === 'string') return { string: Buffer.from(value), type: ATTRIBUTE.string }
  if (typeof value === 'number') return { integer: value, type: ATTRIBUTE.integer }
  if ('float' in value) return { float: value.float, type: ATTRIBUTE.float }
  return { integers: value, type: ATTRIBUTE.integers }
}

/** @param {Tensor} tensor */
function rawBytes({ data }) {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/** @param {Port} port */
function portMessage({ name, type, shape }) {
  const dimensions = shape.map((size) => (typeof size === 'number' ? { size } : { name: size }))
  return { name, type: { tensor: { type: TYPES[type], shape: { dimensions } } } }
}
