import { networkOf } from '../../base/ip-address.ts'
import { type BucketRate, TokenBuckets } from '../../base/token-bucket.ts'
import { EngineError } from '../../contract/index.ts'

export interface WriteRates {
  /** New rows of one address, of one video, and of all callers without a key together. */
  readonly rows: { readonly address: BucketRate; readonly video: BucketRate; readonly all: BucketRate }
  /** Reports of one address, which may change a row that is there. */
  readonly reports: BucketRate
}

/** Hundreds of people behind one address can begin at once; a day of it adds less than 100,000 rows. */
const RATES: WriteRates = {
  rows: {
    address: { burst: 500, perMinute: 60 },
    video: { burst: 600, perMinute: 600 },
    all: { burst: 1200, perMinute: 1200 },
  },
  reports: { burst: 600, perMinute: 300 },
}

/**
 * Limits what callers without a key may write: a few rows a minute by address and by video. Callers with a key are not
 * counted.
 */
export class WriteBudgets {
  readonly #rows
  readonly #reports

  constructor(rates: WriteRates = RATES) {
    const { address, video, all } = rates.rows
    this.#rows = { address: new TokenBuckets(address), video: new TokenBuckets(video), all: new TokenBuckets(all) }
    this.#reports = new TokenBuckets(rates.reports)
  }

  /** Counts one report. @throws EngineError `rate_limited`. */
  report(address: string | null, now: number): void {
    const caller = callerOf(address)
    refuseUnless(this.#reports.secondsUntilFree(caller, now))
    this.#reports.take(caller, now)
  }

  /** Seconds until there is room for another row; 0 when there is. */
  secondsUntilRow(address: string | null, videoId: string, now: number): number {
    return Math.max(
      this.#rows.address.secondsUntilFree(callerOf(address), now),
      this.#rows.video.secondsUntilFree(videoId, now),
      this.#rows.all.secondsUntilFree('', now),
    )
  }

  /** Counts one new row. @throws EngineError `rate_limited`. */
  row(address: string | null, videoId: string, now: number): void {
    refuseUnless(this.secondsUntilRow(address, videoId, now))
    this.#rows.address.take(callerOf(address), now)
    this.#rows.video.take(videoId, now)
    this.#rows.all.take('', now)
  }
}

function callerOf(address: string | null): string {
  return address === null ? '' : networkOf(address)
}

function refuseUnless(seconds: number): void {
  if (seconds === 0) return
  throw new EngineError(
    'rate_limited',
    `Too many reports from this address or for this video. Try again in ${seconds} s.`,
    {
      retry_after_seconds: seconds,
    },
  )
}
