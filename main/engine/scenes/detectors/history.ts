import type { MeasuredFrame } from './measured-frame.ts'

/**
 * The last frames, by number; older ones are dropped. For a frame that was not decoded it gives the nearest one.
 */
export class History {
  readonly #ring: (MeasuredFrame | undefined)[]
  /** Frame number of each place of the ring. */
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

  /** Null before the first frame, after the last, and for dropped ones. */
  at(frame: number): MeasuredFrame | null {
    if (frame < 0 || this.#frames[frame % this.size] !== frame) return null
    return this.#ring[frame % this.size] ?? null
  }
}
