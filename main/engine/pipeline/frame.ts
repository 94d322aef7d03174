import type { Box, Corner, Detection, Picture, TextLine } from '../models/index.ts'
import type { FrameSize } from './frame-size.ts'
import type { Target } from './target.ts'

/**
 * One frame on its way through the steps. Its picture may have been decoded smaller than it is displayed: all that goes
 * in and out here is in displayed pixels.
 */
export class Frame {
  /** What the steps so far found, or were handed. */
  targets: readonly Target[] = []
  /** Seen too faintly to count by themselves: they only help to follow what was seen before. */
  faint: readonly Target[] = []
  readonly #picture: Picture
  readonly #scale: readonly [x: number, y: number]
  /** Asked for by the tracker and by steps: a look is taken once. */
  readonly #looks = new Map<Box, Promise<Float32Array>>()

  constructor(picture: Picture, size: FrameSize) {
    this.#picture = picture
    this.#scale = [size.width / picture.width, size.height / picture.height]
  }

  async detect(minimumConfidence: number): Promise<Detection[]> {
    const found = await this.#picture.detect({ minimumConfidence })
    return found.map((detection) => ({ ...detection, box: this.#outwards(detection.box) }))
  }

  /** Text within each box, or of the whole frame as the one answer. */
  async read(boxes: readonly Box[] | null): Promise<TextLine[][]> {
    const read = await this.#picture.read(boxes?.map((box) => this.#inwards(box)) ?? null)
    return read.map((lines) => lines.map((line) => ({ ...line, corners: this.#cornersOutwards(line.corners) })))
  }

  /** What each box looks like. */
  async look(boxes: readonly Box[]): Promise<Float32Array[]> {
    const unseen = boxes.filter((box) => !this.#looks.has(box))
    if (unseen.length > 0) {
      const looks = this.#picture.embed(unseen.map((box) => this.#inwards(box)))
      for (const [at, box] of unseen.entries())
        this.#looks.set(
          box,
          looks.then((vectors) => vectorAt(vectors, at)),
        )
    }
    return await Promise.all(boxes.flatMap((box) => this.#looks.get(box) ?? []))
  }

  release(): void {
    this.#picture.release()
  }

  #outwards({ left, top, width, height }: Box): Box {
    const [x, y] = this.#scale
    return { left: left * x, top: top * y, width: width * x, height: height * y }
  }

  #inwards({ left, top, width, height }: Box): Box {
    const [x, y] = this.#scale
    return { left: left / x, top: top / y, width: width / x, height: height / y }
  }

  #cornersOutwards(corners: TextLine['corners']): TextLine['corners'] {
    const [x, y] = this.#scale
    const outwards = (corner: Corner): Corner => [corner[0] * x, corner[1] * y]
    const [a, b, c, d] = corners
    return [outwards(a), outwards(b), outwards(c), outwards(d)]
  }
}

function vectorAt(vectors: readonly Float32Array[], at: number): Float32Array {
  return vectors[at] ?? new Float32Array()
}
