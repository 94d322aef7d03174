import { mismatch, mostMismatch } from './mismatch.ts'
import type { MeasuredFrame } from './measured-frame.ts'

/** Seconds on both sides of a possible cut that are examined: flashes are shorter. */
const AROUND_SECONDS = 0.34
/** Decoded frames on both sides that are examined: at least, at most. */
const AROUND_LEAST = 8
const AROUND_MOST = 96
const KEPT = 2 * AROUND_MOST + 4
/** A mismatch that is certainly below this is not computed exactly. */
const CALM = 0.12

/** The last decoded frames, by their position among the decoded ones. */
export class CutWindow {
  readonly #pictures = new Array<MeasuredFrame | undefined>(KEPT)
  readonly #mismatches = new Map<number, number>()
  #last = -1

  get last(): number {
    return this.#last
  }

  add(picture: MeasuredFrame): void {
    this.#last++
    this.#pictures[this.#last % KEPT] = picture
    this.#mismatches.delete(this.#last - KEPT)
  }

  at(position: number): MeasuredFrame | null {
    if (position < 0 || position > this.#last || position <= this.#last - KEPT) return null
    return this.#pictures[position % KEPT] ?? null
  }

  /** Whether all frames after a position that tell of a cut there have come. */
  isComplete(position: number): boolean {
    const [picture, last] = [this.at(position), this.at(this.#last)]
    if (!picture || !last || this.#last - position < AROUND_LEAST) return false
    return this.#last - position >= AROUND_MOST || last.time - picture.time > AROUND_SECONDS
  }

  /** Seconds from the frame before to a frame. */
  step(position: number): number {
    return (this.at(position)?.time ?? 0) - (this.at(position - 1)?.time ?? 0)
  }

  /** `distance` of a frame to the one before. */
  change(position: number): number {
    return this.at(position)?.change ?? 0
  }

  /** `mismatch` of a frame to the one before. */
  mismatch(position: number): number {
    const known = this.#mismatches.get(position)
    if (known !== undefined) return known
    const [a, b] = [this.at(position - 1), this.at(position)]
    if (!a || !b) return 0
    const most = mostMismatch(a, b, b.change)
    const value = most < CALM ? most : mismatch(a, b)
    this.#mismatches.set(position, value)
    return value
  }

  /** Positions up to `frames` away that have a frame before them; where frames were left out, at least `atLeast`. */
  near(position: number, frames: number, atLeast: number): number[] {
    const centre = this.at(position)
    const positions: number[] = []
    for (let at = Math.max(1, position - frames); at <= Math.min(this.#last, position + frames); at++) {
      const one = this.at(at)
      if (at === position || !one || !centre || !this.at(at - 1)) continue
      if (Math.abs(at - position) <= atLeast || Math.abs(one.index - centre.index) <= frames) positions.push(at)
    }
    return positions
  }

  /** The position `seconds` after (before, where negative) a position, or the nearest kept one on the way. */
  away(position: number, seconds: number): number {
    const from = this.at(position)
    if (!from) return position
    const step = Math.sign(seconds)
    let at = position
    for (;;) {
      const next = this.at(at + step)
      if (!next || Math.abs(next.time - from.time) > Math.abs(seconds) + 1e-6) return at
      at += step
    }
  }
}
