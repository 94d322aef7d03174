import { setTimeout as pause } from 'node:timers/promises'
import { monotonic } from '../../base/clock.ts'

/** How long the library's state of work is believed before it is asked for again. */
const ASK_EVERY_MS = 1_000
/** Shorter waits than this are saved up: timers are no finer. */
const LEAST_WAIT_MS = 5

export interface Rates {
  /** Bytes a second while nothing else runs; null for as fast as the disk is. */
  readonly idle: number | null
  /** While uploads, jobs or tasks run. */
  readonly busy: number | null
}

/** Keeps reading below a rate, so that whoever works with the library does not notice it. */
export class Pace {
  readonly #rates: Rates
  readonly #isBusy: () => boolean
  readonly #signal: AbortSignal
  #rate: number | null
  #askedAt = -Infinity
  #owedMs = 0
  #lastAt = monotonic()

  constructor(rates: Rates, isBusy: () => boolean, signal: AbortSignal) {
    this.#rates = rates
    this.#isBusy = isBusy
    this.#signal = signal
    this.#rate = rates.idle
  }

  /** Call it after each block that was read. Lets messages through, and waits when reading is ahead of its rate. @throws AbortError. */
  async spend(bytes: number): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    this.#signal.throwIfAborted()
    const now = monotonic()
    this.#ask(now)
    if (this.#rate === null) return
    this.#owedMs = Math.max(0, this.#owedMs - (now - this.#lastAt)) + (bytes * 1000) / this.#rate
    this.#lastAt = now
    if (this.#owedMs >= LEAST_WAIT_MS) await pause(this.#owedMs, undefined, { signal: this.#signal })
  }

  #ask(now: number): void {
    const { idle, busy } = this.#rates
    if (idle === busy || now - this.#askedAt < ASK_EVERY_MS) return
    this.#askedAt = now
    this.#rate = this.#isBusy() ? busy : idle
  }
}
