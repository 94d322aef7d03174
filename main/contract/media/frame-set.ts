/** A set of frames, one bit for each frame of the video: there may be millions of key frames. */
export class FrameSet {
  readonly #bits: Uint8Array
  #size = 0

  /** @param count frames of the video. */
  constructor(count: number) {
    this.#bits = new Uint8Array(Math.ceil(count / 8))
  }

  get size(): number {
    return this.#size
  }

  /** A frame beyond the video is ignored. */
  add(frame: number): void {
    const byte = this.#bits[frame >>> 3]
    if (byte === undefined || this.has(frame)) return
    this.#bits[frame >>> 3] = byte | (1 << (frame & 7))
    this.#size += 1
  }

  has(frame: number): boolean {
    return frame >= 0 && ((this.#bits[frame >>> 3] ?? 0) & (1 << (frame & 7))) !== 0
  }

  *values(): Generator<number> {
    for (const [at, byte] of this.#bits.entries()) {
      if (byte === 0) continue
      for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) yield 8 * at + bit
    }
  }
}
