import path from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { parityPicture } from '../fixtures/parity/picture.mjs'
import reference from '../fixtures/parity/reference.json' with { type: 'json' }
import { MODELS_FOLDER } from '../support/models.ts'

/** The largest difference between what the translated model says and what the original said in its own runtime. */
async function largestDifference(file: keyof typeof reference, side: number): Promise<number> {
  const session = await InferenceSession.create(path.join(MODELS_FOLDER, file))
  const pixels = parityPicture((await resolveFfmpeg()).ffmpeg, side)
  const outputs = await session.run({ picture: new Tensor('uint8', pixels, [1, side, side, 3]) })
  let largest = 0
  for (const [name, base64] of Object.entries(reference[file])) {
    const wanted = new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer)
    const all = outputs[name]!.data as Float32Array
    const step = Math.max(1, Math.floor(all.length / 2000))
    const found = all.filter((_, i) => i % step === 0)
    expect(found.length).toBe(wanted.length)
    expect(new Set(wanted).size).toBeGreaterThan(500)
    for (const [i, number] of wanted.entries()) largest = Math.max(largest, Math.abs(number - found[i]!))
  }
  return largest
}

test('the detector says in ONNX what it said in TensorFlow.js', async () => {
  expect(await largestDifference('nanodet.onnx', 416)).toBeLessThan(1e-3)
})

test('the appearance model says in ONNX what it said in TensorFlow.js', async () => {
  expect(await largestDifference('mobilenet.onnx', 224)).toBeLessThan(1e-3)
})
