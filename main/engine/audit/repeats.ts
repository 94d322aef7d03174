/** The same action within this time, in milliseconds, is the same event. */
const WINDOW_MS = 60_000
/** So many different actions are counted at once; more share one event for each kind. */
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
 * Counts actions that are repeated, so that each makes one event a minute: a write to the disk for every wrong
 * key would let anybody keep the disk busy and push older events out of the log. Counts are kept in memory until they
 * are taken.
 */
export class Repeats {
  readonly #repeats = new Map<string, Repeat>()
  /** Counts whose action began a new event before they were taken. */
  #left: Repeat[] = []

  /** Counts an action that has an event already. @returns false when it needs a new one. */
  count(key: string, now: number): boolean {
    const repeat = this.#repeats.get(key)
    if (!repeat || now - repeat.since >= WINDOW_MS || now < repeat.since) return false
    repeat.count += 1
    repeat.lastAt = now
    repeat.isWritten = false
    return true
  }

  /** Whether one more action can be counted separately. */
  hasRoom(now: number): boolean {
    if (this.#repeats.size >= MOST) this.#forgetEnded(now)
    return this.#repeats.size < MOST
  }

  /** From now on the action is counted on this event. */
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
