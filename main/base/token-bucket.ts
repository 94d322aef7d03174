/** How much may be taken: `burst` at once, and `perMinute` on average. */
export interface BucketRate {
  readonly burst: number
  readonly perMinute: number
}

interface Bucket {
  left: number
  at: number
}

/** Callers that are remembered; one that is forgotten starts with a full bucket again. */
const MOST_TAKERS = 8192

/** Counts what each taker takes, by a clock that is handed in. */
export class TokenBuckets {
  readonly #rate: BucketRate
  /** The first ones have taken nothing for the longest time. */
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: BucketRate) {
    this.#rate = rate
  }

  /** @returns 0 when one was there, else the seconds until there is one. */
  secondsUntilFree(taker: string, now: number): number {
    const { left } = this.#bucket(taker, now)
    return left >= 1 ? 0 : Math.max(1, Math.ceil(((1 - left) * 60) / this.#rate.perMinute))
  }

  take(taker: string, now: number): void {
    const bucket = this.#bucket(taker, now)
    bucket.left -= 1
    this.#buckets.delete(taker)
    this.#buckets.set(taker, bucket)
    if (this.#buckets.size <= MOST_TAKERS) return
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }

  #bucket(taker: string, now: number): Bucket {
    const { burst, perMinute } = this.#rate
    const known = this.#buckets.get(taker)
    if (!known) return { left: burst, at: now }
    // A clock that was set back gives nothing and takes nothing.
    const gained = (Math.max(0, now - known.at) / 60_000) * perMinute
    return Object.assign(known, { left: Math.min(burst, known.left + gained), at: now })
  }
}
