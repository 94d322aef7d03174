/** Bytes that grow at their end, in one piece of memory. */
export class ByteBuffer {
  #bytes = Buffer.allocUnsafe(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  append(more: Uint8Array): void {
    const length = this.#length + more.length
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#bytes.length))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    this.#bytes.set(more, this.#length)
    this.#length = length
  }

  /** Forgets what lies behind the first so many bytes. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length)
  }

  /** A view of the bytes from `start` on; good until the next change. */
  from(start: number): Buffer {
    return this.#bytes.subarray(start, this.#length)
  }
}
