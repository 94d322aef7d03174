// @ts-check
import { OnnxGraph } from './onnx.mjs'
import { foldConstant, OPERATIONS } from './operations.mjs'
import { inOrder, inputsOf, readWeights } from './tfjs-graph.mjs'

/** @typedef {import('./onnx.mjs').Tensor} Tensor */
/** @typedef {import('./onnx.mjs').Port} Port */
/** @typedef {import('./tfjs-graph.mjs').GraphModel} GraphModel */
/** @typedef {import('./tfjs-graph.mjs').Node} Node */

/** What an operation of a TensorFlow.js graph is translated with. */
export class Conversion {
  graph = new OnnxGraph()
  /** @type {Map<string, Tensor>} outputs whose values are known already */
  #known = new Map()
  /** @type {Set<string>} those of them that the graph has */
  #written = new Set()
  /** @type {Map<string, Node>} by their first outputs */
  #nodes

  /** @param {readonly Node[]} nodes of the whole model */
  constructor(nodes) {
    this.#nodes = new Map(nodes.map((node) => [node.name, node]))
  }

  /**
   * The node that makes an output.
   * @param {string | undefined} output
   */
  producer = (output = '') => this.#nodes.get(output)

  /**
   * @param {string} output
   * @param {Tensor} tensor
   */
  know(output, tensor) {
    this.#known.set(output, tensor)
  }

  /** @param {string} output */
  known = (output) => this.#known.get(output)

  /**
   * @param {string | undefined} output
   * @throws {Error} when its value depends on the input
   */
  constant = (output = '') => {
    const tensor = this.#known.get(output)
    if (!tensor) throw new Error(`${output} has to be a constant.`)
    return tensor
  }

  /** @param {string | undefined} output */
  integers = (output) => Array.from(this.constant(output).data, Number)

  /**
   * The name by which nodes take an output.
   * @param {string | undefined} output
   */
  use = (output = '') => {
    const tensor = this.#known.get(output)
    if (!tensor || this.#written.has(output)) return output
    this.#written.add(output)
    return this.graph.constant(tensor, output)
  }
}

/**
 * Translates a TensorFlow.js graph model to ONNX, number for number.
 * @param {object} source
 * @param {GraphModel} source.model
 * @param {Buffer} source.weights
 * @param {{ name: string, make: (graph: OnnxGraph) => void }} source.input the model's placeholder, and what makes its
 * value of inputs of our own
 * @param {readonly (Port & { from: string })[]} source.outputs `from` is the output's name in the model
 * @param {typeof OPERATIONS} [source.operations] translations that this model needs in place of the usual ones
 * @returns {Buffer} the ONNX file
 * @throws {Error} naming an operation that is not translated
 */
export function convert({ model, weights, input, outputs, operations = {} }) {
  const tensors = readWeights(model, weights)
  const conversion = new Conversion(model.modelTopology.node)
  for (const node of inOrder(
    model,
    outputs.map(({ from }) => from),
  )) {
    if (node.op === 'Placeholder') {
      if (node.name !== input.name) throw new Error(`The model has an input ${node.name}, too.`)
      input.make(conversion.graph)
      continue
    }
    const stored = tensors.get(node.name)
    const known = node.op === 'Const' ? stored : foldConstant(node, conversion)
    if (known) {
      conversion.know(node.name, known)
      continue
    }
    const translate = operations[node.op] ?? OPERATIONS[node.op]
    if (!translate) throw new Error(`Operation ${node.op} (${node.name}) is not translated.`)
    translate(node, inputsOf(node), conversion)
  }
  for (const { from, ...port } of outputs) {
    conversion.graph.node('Identity', [from], {}, port.name)
    conversion.graph.output(port)
  }
  return conversion.graph.toBytes()
}
