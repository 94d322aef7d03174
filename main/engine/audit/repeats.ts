/** The same deed within this time, in milliseconds, is the same event. */
const WINDOW_MS = 60_000
/** So many deeds are told apart at once; what comes beyond shares one event for each action. */
const MOST = 1000

interface Repeat {
  readonly id: number
  readonly since: number
  count: number
  lastAt: number
  isWritten: boolean
}

/** An event that was met more than once. */
export interface Counted {
  readonly id: number
  readonly count: number
  readonly lastAt: number
}

/**
 * Counts deeds that come again and again, so that each makes one event a minute: a write to the disk for every wrong
 * key would let anybody keep the disk busy and push older events out of the log. Counts are kept in memory until they
 * are taken.
 */
export class Repeats {
  readonly #repeats = new Map<string, Repeat>()
  /** Counts whose deed has begun a new event before they were taken. */
  #left: Repeat[] = []

  /** Counts a deed that has an event already. @returns false when it needs one of its own. */
  count(key: string, now: number): boolean {
    const repeat = this.#repeats.get(key)
    if (!repeat || now - repeat.since >= WINDOW_MS || now < repeat.since) return false
    repeat.count += 1
    repeat.lastAt = now
    repeat.isWritten = false
    return true
  }

  /** Whether one more deed can be told apart from the others. */
  hasRoom(now: number): boolean {
    if (this.#repeats.size >= MOST) this.#forgetEnded(now)
    return this.#repeats.size < MOST
  }

  /** From now on the deed is counted on this event. */
  begin(key: string, id: number, now: number): void {
    const before = this.#repeats.get(key)
    if (before && !before.isWritten) this.#left.push(before)
    this.#repeats.set(key, { id, since: now, count: 1, lastAt: now, isWritten: true })
  }

  /** The counts that changed since they were taken last. */
  take(now: number): Counted[] {
    const changed = [...this.#left, ...this.#repeats.values()].filter(({ isWritten }) => !isWritten)
    for (const repeat of changed) repeat.isWritten = true
    this.#left = []
    this.#forgetEnded(now)
    return changed.map(({ id, count, lastAt }) => ({ id, count, lastAt }))
  }

  #forgetEnded(now: number): void {
    for (const [key, { since, isWritten }] of this.#repeats) {
      if (isWritten && now - since >= WINDOW_MS) this.#repeats.delete(key)
    }
  }
}
