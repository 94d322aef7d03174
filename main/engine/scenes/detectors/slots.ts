import type { MeasuredFrame } from './measured-frame.ts'

/** Slow transitions are looked for in steps of this many seconds, at every frame rate. */
export const SLOT_SECONDS = 0.04
/** A longer gap between two frames ends one stretch and begins another. */
const MOST_GAP_SLOTS = 200

/** The last frames by time, one a slot; a slot without a frame of its own has the one on screen, or a nearer next one. */
export class Slots {
  readonly #ring: (MeasuredFrame | undefined)[]
  readonly #numbers: Int32Array
  #latest: MeasuredFrame | null = null
  #start = 0
  #last = -1

  constructor(private readonly size: number) {
    this.#ring = new Array<MeasuredFrame | undefined>(size)
    this.#numbers = new Int32Array(size).fill(-1)
  }

  get last(): number {
    return this.#last
  }

  /** @returns false where a frame belongs to a slot that has one already. */
  add(picture: MeasuredFrame): boolean {
    const before = this.#latest
    if (!before) this.#start = picture.time
    const slot = Math.max(0, Math.round((picture.time - this.#start) / SLOT_SECONDS))
    if (slot <= this.#last) return false
    const from = slot - this.#last > MOST_GAP_SLOTS ? slot : this.#last + 1
    for (let at = from; at <= slot; at++) {
      const isNearerBefore = before !== null && at - this.#last < slot - at
      this.#ring[at % this.size] = isNearerBefore ? before : picture
      this.#numbers[at % this.size] = at
    }
    this.#latest = picture
    this.#last = slot
    return true
  }

  /** Null before the first frame, after the last, and for dropped ones. */
  at(slot: number): MeasuredFrame | null {
    if (slot < 0 || this.#numbers[slot % this.size] !== slot) return null
    return this.#ring[slot % this.size] ?? null
  }
}
