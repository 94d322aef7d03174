import type { VideoOrder } from '../../../main/contract/index.ts'

/** Characters of an id. */
const ID = 36

const EMPTY: VideoOrder = {
  ids: '',
  seconds: new Float64Array(),
  bytes: new Float64Array(),
  days: [],
  counts: { all: 0, working: 0, failed: 0 },
}

/** All videos that are shown, in order, by their ids; what a card shows is asked for when it comes into sight. */
export class VideoSequence {
  readonly length: number
  readonly days: VideoOrder['days']
  readonly counts: VideoOrder['counts']
  readonly #order: VideoOrder

  constructor(order: VideoOrder = EMPTY) {
    this.#order = order
    this.length = order.ids.length / ID
    this.days = order.days
    this.counts = order.counts
  }

  at(index: number): string | undefined {
    return index < 0 || index >= this.length ? undefined : this.#order.ids.slice(index * ID, (index + 1) * ID)
  }

  /** -1 when it is not shown. */
  indexOf(id: string | null): number {
    if (id?.length !== ID) return -1
    const at = this.#order.ids.indexOf(id)
    return at < 0 ? -1 : at / ID
  }

  /** Ids from one place to before another. */
  slice(from: number, to: number): string[] {
    const ids: string[] = []
    for (let at = Math.max(0, from) * ID; at < Math.min(this.length, to) * ID; at += ID) {
      ids.push(this.#order.ids.slice(at, at + ID))
    }
    return ids
  }

  /** Those of some that are shown, in order, and what they are together. */
  among(some: ReadonlySet<string>): { ids: readonly string[]; seconds: number; bytes: number } {
    const places = this.#placesOf(some)
    let [seconds, bytes] = [0, 0]
    for (const place of places) {
      seconds += this.#order.seconds[place] ?? 0
      bytes += this.#order.bytes[place] ?? 0
    }
    return { ids: places.flatMap((place) => this.at(place) ?? []), seconds, bytes }
  }

  /** The one to go on with when some leave: the next one that stays, else the last before them. */
  survivor(gone: ReadonlySet<string>): string | null {
    const places = this.#placesOf(gone)
    const last = places.at(-1)
    if (last === undefined) return null
    const next = this.at(last + 1)
    if (next !== undefined) return next
    for (let place = last; place >= 0; place -= 1) {
      const id = this.at(place)
      if (id !== undefined && !gone.has(id)) return id
    }
    return null
  }

  /** Ascending. A few are looked for one by one; of many, every place is asked. */
  #placesOf(some: ReadonlySet<string>): number[] {
    if (some.size <= 32)
      return Array.from(some, (id) => this.indexOf(id))
        .filter((place) => place >= 0)
        .toSorted((a, b) => a - b)
    const places: number[] = []
    for (let place = 0; place < this.length && places.length < some.size; place += 1) {
      if (some.has(this.at(place) ?? '')) places.push(place)
    }
    return places
  }
}
