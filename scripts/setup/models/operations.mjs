// @ts-check
// What each operation of TensorFlow.js is in ONNX. TensorFlow.js keeps channels last, ONNX has them second: what looks
// at neighbouring pixels stands between two transpositions, which the runtime moves together and drops when it loads.
import { inputsOf, integers, text, texts } from './tfjs-graph.mjs'

/** @typedef {import('./conversion.mjs').Conversion} Conversion */
/** @typedef {import('./onnx.mjs').Tensor} Tensor */
/** @typedef {import('./tfjs-graph.mjs').Node} Node */
/** @typedef {(node: Node, inputs: string[], conversion: Conversion) => void} Translation */

const TO_CHANNELS_FIRST = [0, 3, 1, 2]
const TO_CHANNELS_LAST = [0, 2, 3, 1]

/** @type {Readonly<Record<string, Translation>>} */
export const OPERATIONS = {
  Add: elementwise('Add'),
  AddV2: elementwise('Add'),
  Sub: elementwise('Sub'),
  Mul: elementwise('Mul'),
  Sigmoid: elementwise('Sigmoid'),
  Identity: elementwise('Identity'),
  Conv2D: convolution,
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: convolution,
  FusedDepthwiseConv2dNative: convolution,
  MaxPool: pooling('MaxPool'),
  AvgPool: pooling('AveragePool'),
  Pad: padding,
  PadV2: padding,
  LeakyRelu(node, [x], { graph, use }) {
    graph.node('LeakyRelu', [use(x)], { alpha: { float: node.attr?.['alpha']?.f ?? 0.2 } }, node.name)
  },
  Transpose(node, [x, order], conversion) {
    conversion.graph.node('Transpose', [conversion.use(x)], { perm: conversion.integers(order) }, node.name)
  },
  Reshape(node, [x, shape], { graph, use, integers }) {
    graph.node('Reshape', [use(x), graph.indices(integers(shape))], {}, node.name)
  },
  Squeeze(node, [x], { graph, use }) {
    graph.node('Squeeze', [use(x), graph.indices(integers(node, 'squeeze_dims'))], {}, node.name)
  },
  ConcatV2(node, inputs, conversion) {
    const [axis = 0] = conversion.integers(inputs.at(-1))
    conversion.graph.node('Concat', inputs.slice(0, -1).map(conversion.use), { axis }, node.name)
  },
  SplitV(node, [x, sizes, along], { graph, use, integers }) {
    const parts = integers(sizes)
    const [axis = 0] = integers(along)
    const outputs = parts.map((_, part) => (part === 0 ? node.name : `${node.name}:${String(part)}`))
    graph.node('Split', [use(x), graph.indices(parts)], { axis }, outputs)
  },
}

/**
 * Resizing for a model that takes pictures of any size: its graph names the sizes that its one size leads to.
 * @param {(name: string) => number} factorOf how many times as large a node makes what it gets
 * @returns {Translation}
 */
export function resizing(factorOf) {
  return (node, [x], { graph, use }) => {
    if (!node.attr?.['half_pixel_centers']?.b) throw new Error(`${node.name}: only half-pixel centres are translated.`)
    const input = graph.node('Transpose', [use(x)], { perm: TO_CHANNELS_FIRST })
    const how = { mode: 'linear', coordinate_transformation_mode: 'half_pixel', axes: [2, 3] }
    const factor = factorOf(node.name)
    const resized = graph.node('Resize', [input, '', graph.floats([factor, factor])], how)
    graph.node('Transpose', [resized], { perm: TO_CHANNELS_LAST }, node.name)
  }
}

/**
 * Values that do not depend on the input: ONNX wants shapes and paddings written out.
 * @param {Node} node
 * @param {Conversion} conversion
 * @returns {Tensor | null}
 */
export function foldConstant(node, { known }) {
  const inputs = inputsOf(node).map(known)
  const [a, b, c, d] = inputs
  if (node.op === 'AddV2' && a && b && a.type === 'int32') {
    const [left, right] = [Array.from(a.data, Number), Array.from(b.data, Number)]
    return { ...a, data: Int32Array.from(left, (value, i) => value + (right[i] ?? 0)) }
  }
  if (node.op === 'SparseToDense' && a && b && c && d) {
    const data = new Int32Array(Number(b.data[0])).fill(Number(d.data[0]))
    for (const [i, position] of Array.from(a.data, Number).entries()) data[position] = Number(c.data[i])
    return { type: 'int32', shape: [data.length], data }
  }
  return null
}

/**
 * @param {string} operation
 * @returns {Translation}
 */
function elementwise(operation) {
  return (node, inputs, { graph, use }) => void graph.node(operation, inputs.map(use), {}, node.name)
}

/** @type {Translation} */
function convolution(node, [x, kernel, bias, ...rest], conversion) {
  const { graph, use, constant } = conversion
  const depthwise = node.op.includes('Depthwise')
  const weights = constant(kernel)
  const fused = texts(node, 'fused_ops')
  const padded = paddedInput(node, x, conversion)
  const inputs = [
    padded ? use(padded.x) : graph.node('Transpose', [use(x)], { perm: TO_CHANNELS_FIRST }),
    graph.constant(depthwise ? depthwiseKernel(weights) : transposed(weights, [3, 2, 0, 1])),
  ]
  if (fused[0] === 'BiasAdd') inputs.push(use(bias))
  const attributes = {
    strides: integers(node, 'strides').slice(1, 3),
    dilations: inner(integers(node, 'dilations')),
    group: depthwise ? (weights.shape[2] ?? 1) : 1,
    ...(padded ? { pads: padded.pads } : { auto_pad: autoPad(node) }),
  }
  const [activation, ...more] = fused.filter((name) => name !== 'BiasAdd')
  if (rest.length > 0 || more.length > 0 || ![undefined, 'Relu6'].includes(activation)) {
    throw new Error(`${node.name}: ${fused.join(' + ')} is not translated.`)
  }
  const output = graph.node('Conv', inputs, attributes)
  const clipped = activation ? graph.node('Clip', [output, graph.scalar(0), graph.scalar(6)]) : output
  graph.node('Transpose', [clipped], { perm: TO_CHANNELS_LAST }, node.name)
}

/**
 * A model that came from ONNX once pads in a step of its own, before the channels go last. The convolution does that
 * itself: between two convolutions nothing else is left then, and the runtime keeps the layout that it computes in.
 * @param {Node} node
 * @param {string | undefined} x
 * @param {Conversion} conversion
 */
function paddedInput(node, x, { producer, known, integers }) {
  const transposition = producer(x)
  const order = transposition?.op === 'Transpose' ? inputsOf(transposition)[1] : undefined
  if (!transposition || order === undefined || String(integers(order)) !== String(TO_CHANNELS_LAST)) return null
  const pad = producer(inputsOf(transposition)[0])
  if (pad?.op !== 'Pad' || text(node, 'padding') !== 'VALID') return null
  const [inner, amounts = ''] = inputsOf(pad)
  if (!known(amounts)) return null
  const [n0, n1, c0, c1, top = 0, bottom = 0, left = 0, right = 0] = integers(amounts)
  if (n0 || n1 || c0 || c1) return null
  return { x: inner, pads: [top, left, bottom, right] }
}

/**
 * @param {string} operation
 * @returns {Translation}
 */
function pooling(operation) {
  return (node, [x], { graph, use }) => {
    const input = graph.node('Transpose', [use(x)], { perm: TO_CHANNELS_FIRST })
    const pooled = graph.node(operation, [input], {
      kernel_shape: inner(integers(node, 'ksize')),
      strides: inner(integers(node, 'strides')),
      auto_pad: autoPad(node),
    })
    graph.node('Transpose', [pooled], { perm: TO_CHANNELS_LAST }, node.name)
  }
}

/** @type {Translation} */
function padding(node, [x, amounts, value], { graph, use, integers }) {
  const pairs = integers(amounts)
  const before = pairs.filter((_, i) => i % 2 === 0)
  const after = pairs.filter((_, i) => i % 2 === 1)
  const inputs = [use(x), graph.indices([...before, ...after])]
  if (value !== undefined) inputs.push(use(value))
  graph.node('Pad', inputs, {}, node.name)
}

/** @param {Node} node */
function autoPad(node) {
  const padding = text(node, 'padding')
  if (padding === 'SAME') return 'SAME_UPPER'
  if (padding === 'VALID') return 'VALID'
  throw new Error(`${node.name}: ${padding} padding is not translated.`)
}

/**
 * Height and width of a list that also names batch and channels.
 * @param {readonly number[]} list
 */
const inner = (list) => [list[1] ?? 1, list[2] ?? 1]

/**
 * Height, width, channels, multiplier → one filter an output channel.
 * @param {Tensor} kernel
 * @returns {Tensor}
 */
function depthwiseKernel(kernel) {
  const [height = 1, width = 1, channels = 1, multiplier = 1] = kernel.shape
  return { ...transposed(kernel, [2, 3, 0, 1]), shape: [channels * multiplier, 1, height, width] }
}

/**
 * @param {Tensor} tensor of four dimensions
 * @param {readonly number[]} order
 * @returns {Tensor}
 */
function transposed({ type, shape, data }, order) {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  const [n = 1, c = 1, h = 1, w = 1] = order.map((axis) => shape[axis] ?? 1)
  const [sn = 0, sc = 0, sh = 0, sw = 0] = order.map((axis) => strides[axis] ?? 0)
  const out = new Float32Array(data.length)
  let at = 0
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j < c; j += 1)
      for (let k = 0; k < h; k += 1)
        for (let l = 0; l < w; l += 1) out[at++] = Number(data[i * sn + j * sc + k * sh + l * sw])
  return { type, shape: [n, c, h, w], data: out }
}
