import { Tensor } from 'onnxruntime-node'
import type { Detection } from '../engine/models/index.ts'
import { candidatesOf, withoutDoubles } from './detection-candidates.ts'
import { type Pixels, type Region, wholeOf } from './pixels.ts'
import { resize } from './resizing.ts'
import { Model, numbersOf } from './session.ts'

/** The longer side of the model's input: a larger one finds smaller things, but is slower and misses the largest ones. */
const LONGER_SIDE = 448
/** Pixels between the places of each level. */
const STRIDES = [8, 16, 32]
/** The model's sides are multiples of its coarsest stride. */
const COARSEST = 32
/** Black, as in the pictures that the model was trained with. */
const PADDING = 0

/** Finds things of the classes it knows, with NanoDet. */
export class Detector {
  readonly #model: Model
  #input = new Uint8Array(0)

  constructor(modelsFolder: string) {
    this.#model = new Model(modelsFolder, 'nanodet.onnx')
  }

  async detect(picture: Pixels, minimumConfidence: number): Promise<Detection[]> {
    const { width, height, place } = fit(picture)
    if (this.#input.length !== width * height * 3) this.#input = new Uint8Array(width * height * 3)
    this.#input.fill(PADDING)
    resize(picture, wholeOf(picture), { data: this.#input, width, height }, place)
    const outputs = await this.#model.run({ picture: new Tensor('uint8', this.#input, [1, height, width, 3]) })
    const candidates = STRIDES.flatMap((stride) => {
      const scores = numbersOf(outputs, `scores_${stride}`)
      const boxes = numbersOf(outputs, `boxes_${stride}`)
      return candidatesOf({ stride, across: width / stride, scores, boxes }, minimumConfidence)
    })
    const [across, down] = [picture.width / place.width, picture.height / place.height]
    return withoutDoubles(candidates).flatMap(({ box, className, confidence }) => {
      const left = Math.max(0, (box.left - place.left) * across)
      const top = Math.max(0, (box.top - place.top) * down)
      const right = Math.min(picture.width, (box.left + box.width - place.left) * across)
      const bottom = Math.min(picture.height, (box.top + box.height - place.top) * down)
      if (right <= left || bottom <= top) return []
      return { className, confidence, box: { left, top, width: right - left, height: bottom - top } }
    })
  }
}

/** The smallest input of the model that a whole picture fits into, and the picture's place in the middle of it. */
function fit(picture: Pixels): { width: number; height: number; place: Region } {
  const scale = LONGER_SIDE / Math.max(picture.width, picture.height)
  const wide = Math.max(1, Math.round(picture.width * scale))
  const high = Math.max(1, Math.round(picture.height * scale))
  const width = Math.ceil(wide / COARSEST) * COARSEST
  const height = Math.ceil(high / COARSEST) * COARSEST
  return { width, height, place: { left: (width - wide) >> 1, top: (height - high) >> 1, width: wide, height: high } }
}
