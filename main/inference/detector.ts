import { Tensor } from 'onnxruntime-node'
import { type Box, type Detection, DETECTOR_CLASSES } from '../engine/models/index.ts'
import { type Pixels, wholeOf } from './pixels.ts'
import { resize } from './resizing.ts'
import { Model, numbersOf } from './session.ts'

const SIDE = 416
/** Grey, as around the pictures that the model learned from. */
const PADDING = 114
/** Pixels from one place that is judged to the next. */
const STRIDES = [8, 16, 32]
const CLASSES = DETECTOR_CLASSES.length
/** The distance to a side is a distribution over so many steps. */
const STEPS = 11
/** Two boxes of one class that overlap by more show the same thing. */
const SAME_OVERLAP = 0.5
const MOST_DETECTIONS = 200

/** Finds things of the classes it knows, with NanoDet. */
export class Detector {
  readonly #model: Model
  readonly #input = new Uint8Array(SIDE * SIDE * 3)

  constructor(modelsFolder: string) {
    this.#model = new Model(modelsFolder, 'nanodet.onnx')
  }

  async detect(picture: Pixels, minimumConfidence: number): Promise<Detection[]> {
    const scale = Math.min(SIDE / picture.width, SIDE / picture.height)
    const width = Math.max(1, Math.round(picture.width * scale))
    const height = Math.max(1, Math.round(picture.height * scale))
    const place = { left: (SIDE - width) >> 1, top: (SIDE - height) >> 1, width, height }
    this.#input.fill(PADDING)
    resize(picture, wholeOf(picture), { data: this.#input, width: SIDE, height: SIDE }, place)
    const outputs = await this.#model.run({ picture: new Tensor('uint8', this.#input, [1, SIDE, SIDE, 3]) })
    const candidates = STRIDES.flatMap((stride) =>
      candidatesOf(numbersOf(outputs, `scores_${stride}`), numbersOf(outputs, `boxes_${stride}`), {
        stride,
        minimumConfidence,
      }),
    )
    const [across, down] = [picture.width / width, picture.height / height]
    return withoutDoubles(candidates).flatMap(({ box, ...what }) => {
      const left = Math.max(0, (box.left - place.left) * across)
      const top = Math.max(0, (box.top - place.top) * down)
      const right = Math.min(picture.width, (box.left + box.width - place.left) * across)
      const bottom = Math.min(picture.height, (box.top + box.height - place.top) * down)
      if (right <= left || bottom <= top) return []
      return { ...what, box: { left, top, width: right - left, height: bottom - top } }
    })
  }
}

interface Level {
  stride: number
  minimumConfidence: number
}

/** What is surer than asked for at the places of one level, each with its likeliest class. */
function candidatesOf(scores: Float32Array, boxes: Float32Array, { stride, minimumConfidence }: Level): Detection[] {
  const across = SIDE / stride
  const found: Detection[] = []
  for (let place = 0; place < across * across; place += 1) {
    let best = -1
    let confidence = minimumConfidence
    for (let index = 0; index < CLASSES; index += 1) {
      const score = scores[place * CLASSES + index] ?? 0
      if (score >= confidence) [best, confidence] = [index, score]
    }
    const className = DETECTOR_CLASSES[best]
    if (className === undefined) continue
    const x = ((place % across) + 0.5) * stride
    const y = (Math.floor(place / across) + 0.5) * stride
    const [left = 0, top = 0, right = 0, bottom = 0] = [0, 1, 2, 3].map(
      (side) => expectedStep(boxes, (place * 4 + side) * STEPS) * stride,
    )
    found.push({
      box: { left: x - left, top: y - top, width: left + right, height: top + bottom },
      className,
      confidence,
    })
  }
  return found
}

/** The mean of a distribution that is given as logits. */
function expectedStep(logits: Float32Array, from: number): number {
  let largest = -Infinity
  for (let step = 0; step < STEPS; step += 1) largest = Math.max(largest, logits[from + step] ?? 0)
  let [sum, weighted] = [0, 0]
  for (let step = 0; step < STEPS; step += 1) {
    const power = Math.exp((logits[from + step] ?? 0) - largest)
    sum += power
    weighted += power * step
  }
  return weighted / sum
}

/** The surest of those that show the same thing, the surest first. */
function withoutDoubles(candidates: Detection[]): Detection[] {
  const kept: Detection[] = []
  for (const candidate of candidates.sort((a, b) => b.confidence - a.confidence)) {
    const isDouble = kept.some(
      ({ className, box }) => className === candidate.className && overlap(box, candidate.box) > SAME_OVERLAP,
    )
    if (!isDouble) kept.push(candidate)
    if (kept.length === MOST_DETECTIONS) break
  }
  return kept
}

/** Of two boxes: what both cover, as part of what either covers. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (a.width * a.height + b.width * b.height - width * height)
}
