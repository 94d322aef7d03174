import { Tensor } from 'onnxruntime-node'
import type { Box } from '../engine/models/index.ts'
import { inside, type Pixels } from './pixels.ts'
import { resize } from './resizing.ts'
import { Model, numbersOf } from './session.ts'

const SIDE = 224
const PLACE = { left: 0, top: 0, width: SIDE, height: SIDE }

/** Computes embeddings of parts of a frame, with MobileNetV2. */
export class Embedder {
  readonly #model: Model
  readonly #input = new Uint8Array(SIDE * SIDE * 3)

  constructor(modelsFolder: string) {
    this.#model = new Model(modelsFolder, 'mobilenet.onnx')
  }

  /** One vector for each box, of its whole content resized to a square. */
  async embed(picture: Pixels, boxes: readonly Box[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = []
    for (const box of boxes) {
      resize(picture, inside(box, picture), { data: this.#input, width: SIDE, height: SIDE }, PLACE)
      const outputs = await this.#model.run({ picture: new Tensor('uint8', this.#input, [1, SIDE, SIDE, 3]) })
      vectors.push(numbersOf(outputs, 'vector'))
    }
    return vectors
  }
}
