import type { Box, Corner, DecodedFrame, Detection, TextLine } from '../models/index.ts'
import type { FrameSize } from './frame-size.ts'
import type { Target } from './target.ts'

/**
 * One frame on its way through the steps. It may have been decoded smaller than it is displayed: all coordinates that go
 * in and out here are in displayed pixels.
 */
export class Frame {
  /** Found by the steps so far, or handed on by them. */
  targets: readonly Target[] = []
  /** Detections below the request's confidence: used for tracking only. */
  weakTargets: readonly Target[] = []
  readonly #decoded: DecodedFrame
  readonly #scale: readonly [x: number, y: number]
  /** The tracker and steps ask for the same ones: each is computed once. */
  readonly #embeddings = new Map<Box, Promise<Float32Array>>()

  constructor(decoded: DecodedFrame, size: FrameSize) {
    this.#decoded = decoded
    this.#scale = [size.width / decoded.width, size.height / decoded.height]
  }

  async detect(minimumConfidence: number): Promise<Detection[]> {
    const found = await this.#decoded.detect({ minimumConfidence })
    return found.map((detection) => ({ ...detection, box: this.#toDisplayed(detection.box) }))
  }

  /** Text within each box, or of the whole frame as the one answer. */
  async read(boxes: readonly Box[] | null): Promise<TextLine[][]> {
    const read = await this.#decoded.read(boxes?.map((box) => this.#toDecoded(box)) ?? null)
    return read.map((lines) => lines.map((line) => ({ ...line, corners: this.#cornersToDisplayed(line.corners) })))
  }

  /** One embedding for each box. */
  async embed(boxes: readonly Box[]): Promise<Float32Array[]> {
    const missing = boxes.filter((box) => !this.#embeddings.has(box))
    if (missing.length > 0) {
      const vectors = this.#decoded.embed(missing.map((box) => this.#toDecoded(box)))
      for (const [at, box] of missing.entries()) {
        this.#embeddings.set(
          box,
          vectors.then((all) => all[at] ?? new Float32Array()),
        )
      }
    }
    return await Promise.all(boxes.flatMap((box) => this.#embeddings.get(box) ?? []))
  }

  release(): void {
    this.#decoded.release()
  }

  #toDisplayed({ left, top, width, height }: Box): Box {
    const [x, y] = this.#scale
    return { left: left * x, top: top * y, width: width * x, height: height * y }
  }

  #toDecoded({ left, top, width, height }: Box): Box {
    const [x, y] = this.#scale
    return { left: left / x, top: top / y, width: width / x, height: height / y }
  }

  #cornersToDisplayed(corners: TextLine['corners']): TextLine['corners'] {
    const [x, y] = this.#scale
    const displayed = (corner: Corner): Corner => [corner[0] * x, corner[1] * y]
    const [a, b, c, d] = corners
    return [displayed(a), displayed(b), displayed(c), displayed(d)]
  }
}
