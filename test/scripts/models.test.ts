import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { convert } from '../../scripts/setup/models/conversion.mjs'
import { halfToNumber, readWeights } from '../../scripts/setup/models/tfjs-graph.mjs'

test('half-precision numbers are read as they are, the smallest and the infinite too', () => {
  expect([0x3c00, 0xc000, 0x3555, 0x0001, 0x8000, 0xfc00].map(halfToNumber)).toEqual([
    1,
    -2,
    0.333251953125,
    2 ** -24,
    -0,
    -Infinity,
  ])
  expect(halfToNumber(0x7e00)).toBeNaN()
})

test('weights that end too early or too late are refused', () => {
  const model = {
    modelTopology: { node: [] },
    weightsManifest: [{ weights: [{ name: 'w', shape: [2], dtype: 'float32' as const }] }],
  }
  expect(readWeights(model, Buffer.alloc(8)).get('w')?.data).toEqual(new Float32Array(2))
  expect(() => readWeights(model, Buffer.alloc(9))).toThrow('9 bytes')
})

const INTS = (...i: number[]) => ({ list: { i } })
const TEXT = (s: string) => ({ s: Buffer.from(s).toString('base64') })

/** A depthwise convolution, padded to the same size, with bias, cut off at 6; its weights quantised to bytes. */
function model(op = 'FusedDepthwiseConv2dNative') {
  const attr = {
    strides: INTS(1, 1, 1, 1),
    dilations: INTS(1, 1, 1, 1),
    padding: TEXT('SAME'),
    fused_ops: { list: { s: ['BiasAdd', 'Relu6'].map((name) => Buffer.from(name).toString('base64')) } },
  }
  const quantization = { dtype: 'uint8' as const, scale: 0.5, min: -1 }
  return {
    modelTopology: {
      node: [
        { name: 'x', op: 'Placeholder' },
        { name: 'kernel', op: 'Const' },
        { name: 'bias', op: 'Const' },
        { name: 'y', op, input: ['x', 'kernel', 'bias'], attr },
      ],
    },
    weightsManifest: [
      {
        weights: [
          { name: 'kernel', shape: [3, 3, 2, 1], dtype: 'float32' as const, quantization },
          { name: 'bias', shape: [2], dtype: 'float32' as const, quantization },
        ],
      },
    ],
  }
}

const STORED = Buffer.from([0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, /* bias */ 4, 1])

const source = (op?: string) => ({
  model: model(op),
  weights: STORED,
  input: {
    name: 'x',
    make: (graph: { input: (port: { name: string; type: 'float32'; shape: number[] }) => string }) => {
      graph.input({ name: 'x', type: 'float32', shape: [1, 4, 4, 2] })
    },
  },
  outputs: [{ from: 'y', name: 'out', type: 'float32' as const, shape: [1, 4, 4, 2] }],
})

test('a translated convolution gives the numbers that it is defined by', async () => {
  const session = await InferenceSession.create(convert(source()))
  const x = Float32Array.from({ length: 32 }, (_, i) => Math.sin(i))
  const { out } = await session.run({ x: new Tensor('float32', x, [1, 4, 4, 2]) })
  const weight = (i: number) => STORED[i]! * 0.5 - 1
  const wanted = Float32Array.from({ length: 32 }, (_, i) => {
    const [channel, column, row] = [i % 2, (i >> 1) % 4, i >> 3]
    let sum = weight(18 + channel)
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const [r, c] = [row + dy, column + dx]
        if (r < 0 || r > 3 || c < 0 || c > 3) continue
        sum += x[(r * 4 + c) * 2 + channel]! * weight(((dy + 1) * 3 + dx + 1) * 2 + channel)
      }
    }
    return Math.min(6, Math.max(0, sum))
  })
  for (const [i, number] of wanted.entries()) expect(out!.data[i]).toBeCloseTo(number, 4)
  expect(new Set(wanted).size).toBeGreaterThan(10)
})

test('what it does not know how to translate is named', () => {
  expect(() => convert(source('Conv3D'))).toThrow('Operation Conv3D (y) is not translated.')
})
