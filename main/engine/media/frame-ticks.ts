/** Times of frames in order, and which of them are key frames: nine bytes for each frame. */
export class FrameTicks {
  #ticks = new Float64Array(1024)
  #keys = new Uint8Array(1024)
  #count = 0

  get count(): number {
    return this.#count
  }

  get last(): number | undefined {
    return this.at(this.#count - 1)
  }

  at(frame: number): number | undefined {
    return frame >= 0 && frame < this.#count ? this.#ticks[frame] : undefined
  }

  isKey(frame: number): boolean {
    return this.#keys[frame] === 1
  }

  /** Inserts one before frame `at`, which is near the end. */
  insert(at: number, ticks: number, isKey: boolean): void {
    if (this.#count === this.#ticks.length) this.#grow()
    this.#ticks.copyWithin(at + 1, at, this.#count)
    this.#keys.copyWithin(at + 1, at, this.#count)
    this.#ticks[at] = ticks
    this.#keys[at] = isKey ? 1 : 0
    this.#count += 1
  }

  push(ticks: number, isKey = false): void {
    this.insert(this.#count, ticks, isKey)
  }

  /** All times plus `by`. */
  shifted(by: number): Float64Array {
    const ticks = this.#ticks.slice(0, this.#count)
    if (by !== 0) for (let frame = 0; frame < ticks.length; frame += 1) ticks[frame] = (ticks[frame] ?? 0) + by
    return ticks
  }

  #grow(): void {
    const [ticks, keys] = [new Float64Array(2 * this.#count), new Uint8Array(2 * this.#count)]
    ticks.set(this.#ticks)
    keys.set(this.#keys)
    this.#ticks = ticks
    this.#keys = keys
  }
}
