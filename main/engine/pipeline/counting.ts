import type { Counting, TaskResults } from '../../contract/index.ts'
import { crossing, isWithin, type Point } from './geometry.ts'

type Counts = NonNullable<TaskResults['counts']>

/** Counts tracks that cross lines and that are in zones, by the middles of their boxes. */
export class Counter {
  readonly #counting: Counting
  readonly #lines
  readonly #zones

  constructor(counting: Counting) {
    this.#counting = counting
    this.#lines = (counting.lines ?? []).map(({ name }) => ({ name, forward: 0, backward: 0 }))
    this.#zones = (counting.zones ?? []).map(({ name }) => ({ name, entered: 0, left: 0, dwell_seconds: 0 }))
  }

  /** @param before the track's place so many seconds ago; null at its first detection. */
  move(before: Point | null, here: Point, seconds: number): void {
    for (const [at, { from, to }] of (this.#counting.lines ?? []).entries()) {
      const line = this.#lines[at]
      const way = before ? crossing(before, here, from, to) : 0
      if (line && way > 0) line.forward += 1
      if (line && way < 0) line.backward += 1
    }
    for (const [at, { points }] of (this.#counting.zones ?? []).entries()) {
      const zone = this.#zones[at]
      if (!zone) continue
      const [was, is] = [before !== null && isWithin(before, points), isWithin(here, points)]
      if (is && !was) zone.entered += 1
      if (was && !is) zone.left += 1
      if (was && is) zone.dwell_seconds += seconds
    }
  }

  counts(): Counts {
    const zones = this.#zones.map((zone) => ({ ...zone, dwell_seconds: Number(zone.dwell_seconds.toFixed(3)) }))
    return { lines: this.#lines.map((line) => ({ ...line })), zones }
  }
}
