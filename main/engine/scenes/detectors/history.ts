import type { MeasuredFrame } from './measured-frame.ts'

/**
 * The last pictures, found by frame number; older ones are let go. Of a frame that was left out of the decoding the
 * nearest one stands for it.
 */
export class History {
  readonly #ring: (MeasuredFrame | undefined)[]
  /** Which frame each place of the ring is about. */
  readonly #frames: Int32Array
  #latest: MeasuredFrame | null = null

  constructor(private readonly size: number) {
    this.#ring = new Array<MeasuredFrame | undefined>(size)
    this.#frames = new Int32Array(size).fill(-1)
  }

  add(picture: MeasuredFrame): void {
    const before = this.#latest
    for (let frame = before ? before.index + 1 : picture.index; frame <= picture.index; frame++) {
      const isNearerBefore = before !== null && frame - before.index < picture.index - frame
      this.#ring[frame % this.size] = isNearerBefore ? before : picture
      this.#frames[frame % this.size] = frame
    }
    this.#latest = picture
  }

  /** The picture of a frame; null before the first frame, past the last, or when it was let go. */
  at(frame: number): MeasuredFrame | null {
    if (frame < 0 || this.#frames[frame % this.size] !== frame) return null
    return this.#ring[frame % this.size] ?? null
  }
}
