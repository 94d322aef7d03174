import type { Clock } from '../../main/base/clock.ts'

interface Timer {
  readonly at: number
  readonly work: () => void
}

/** A clock that stands still until a test lets time pass. */
export class ManualClock implements Clock {
  readonly #start: number
  #now: number
  readonly #timers = new Set<Timer>()

  constructor(start = Date.UTC(2026, 10, 29, 12)) {
    this.#start = start
    this.#now = start
  }

  readonly now = (): number => this.#now
  readonly monotonic = (): number => this.#now - this.#start

  readonly setTimeout = (work: () => void, ms: number): (() => void) => {
    const timer = { at: this.#now + Math.max(0, ms), work }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Lets time pass: runs what is due, in order, and waits for what that began as far as it needs no time. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await idle()
    for (let timer = this.#nextBy(end); timer; timer = this.#nextBy(end)) {
      this.#timers.delete(timer)
      this.#now = Math.max(this.#now, timer.at)
      timer.work()
      await idle()
    }
    this.#now = end
  }

  #nextBy(end: number): Timer | undefined {
    return [...this.#timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
  }
}

/** Lets everything go on that waits for no time: promises, and what they queue for the next turn of the event loop. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
