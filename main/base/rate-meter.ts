import { monotonic } from './clock.ts'

const HALF_LIFE_MS = 10_000
const RESET_AFTER_MS = 30_000
const MIN_SAMPLES = 2
const MIN_SPAN_MS = 2_000

/**
 * Bytes per second of wall time, as an exponential average (UP-65). Parts sent in parallel add up, because time is not
 * the sum over parts.
 */
export class RateMeter {
  #startedAt: number | null = null
  #lastAt = 0
  #samples = 0
  #weightedBytes = 0
  #weightedMs = 0

  /** Starts the clock, so that the first bytes have a span to be divided by. */
  begin(nowMs = monotonic()): void {
    if (this.#startedAt !== null && nowMs - this.#lastAt <= RESET_AFTER_MS) return
    this.#startedAt = nowMs
    this.#lastAt = nowMs
    this.#samples = 0
    this.#weightedBytes = 0
    this.#weightedMs = 0
  }

  /** `bytes` arrived since the last call. */
  add(bytes: number, nowMs = monotonic()): void {
    this.begin(nowMs)
    const elapsed = Math.max(0, nowMs - this.#lastAt)
    const kept = 0.5 ** (elapsed / HALF_LIFE_MS)
    this.#weightedBytes = this.#weightedBytes * kept + bytes
    this.#weightedMs = this.#weightedMs * kept + elapsed
    this.#lastAt = nowMs
    this.#samples += 1
  }

  /** Whether bytes arrived within the last so many milliseconds. */
  isActive(withinMs: number, nowMs = monotonic()): boolean {
    return this.#startedAt !== null && nowMs - this.#lastAt <= withinMs
  }

  /** Null while too little is known, and after a long silence. */
  bytesPerSecond(nowMs = monotonic()): number | null {
    if (this.#startedAt === null || nowMs - this.#lastAt > RESET_AFTER_MS) return null
    if (this.#samples < MIN_SAMPLES || nowMs - this.#startedAt < MIN_SPAN_MS) return null
    return this.#weightedMs > 0 ? (this.#weightedBytes * 1000) / this.#weightedMs : null
  }

  /** Whole seconds, rounded up; 0 when nothing remains. */
  secondsLeft(remainingBytes: number, nowMs = monotonic()): number | null {
    if (remainingBytes <= 0) return 0
    const rate = this.bytesPerSecond(nowMs)
    return rate === null || rate <= 0 ? null : Math.ceil(remainingBytes / rate)
  }
}
