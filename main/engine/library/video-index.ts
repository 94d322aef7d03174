import { setImmediate } from 'node:timers/promises'
import { partitionPoint } from '../../base/binary-search.ts'
import type { VideoSort } from '../../contract/index.ts'
import type { VideoEntries, VideoEntry } from './video-entries.ts'
import { COMPARE } from './video-sorts.ts'

/** Read at once while it is filled; between two lots everything else goes on. */
const LOT = 2000

/**
 * Every uploaded video by what it is found and ordered by, in memory: SQLite would walk all rows for each letter that is
 * typed. It is filled when it is asked for first.
 */
export class VideoIndex {
  readonly #rows: VideoEntries
  readonly #entries = new Map<string, VideoEntry>()
  /** The orders that were asked for. */
  readonly #sorted = new Map<VideoSort, VideoEntry[]>()
  #filled: Promise<void> | null = null

  constructor(rows: VideoEntries) {
    this.#rows = rows
  }

  /** All of them in an order. Not to be changed, and not to be kept. */
  async all(sort: VideoSort): Promise<readonly VideoEntry[]> {
    this.#filled ??= this.#fill().catch((error: unknown) => {
      this.#filled = null
      throw error
    })
    await this.#filled
    let sorted = this.#sorted.get(sort)
    if (!sorted) {
      sorted = [...this.#entries.values()].toSorted(COMPARE[sort])
      this.#sorted.set(sort, sorted)
    }
    return sorted
  }

  /** Reads one again after it was added, changed, deleted or restored. */
  refresh(id: string): void {
    if (this.#filled === null) return
    const before = this.#entries.get(id)
    const now = this.#rows.get(id)
    for (const [sort, sorted] of this.#sorted) {
      const place = (entry: VideoEntry): number =>
        partitionPoint(sorted.length, (at) => COMPARE[sort](sorted[at] as VideoEntry, entry) < 0)
      if (before) sorted.splice(place(before), 1)
      if (now) sorted.splice(place(now), 0, now)
    }
    if (now) this.#entries.set(id, now)
    else this.#entries.delete(id)
  }

  async #fill(): Promise<void> {
    for (let rank = 0; ;) {
      const entries = this.#rows.after(rank, LOT)
      for (const entry of entries) this.#entries.set(entry.id, entry)
      if (entries.length < LOT) return
      rank = entries.at(-1)?.rank ?? rank
      await setImmediate()
    }
  }
}
