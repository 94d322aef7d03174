import type { Database } from '../../platform/database/index.ts'
import { LIBRARY, SLOT_MS } from './audience-rows.ts'

/** Cached counts; the least recently used are dropped first. */
const MOST_CACHED = 20_000

export interface Span {
  readonly from: number
  readonly to: number
  readonly whole?: number
}

interface Counted {
  readonly upTo: number
  readonly count: number
}

/**
 * Distinct viewers of a span: its views whose viewer's previous view was before the span. This is a sum over the span, so
 * the past is counted once, cached, and extended: no view begins in the past unless the clock is set back; then call
 * `forget`.
 */
export class DistinctViewers {
  readonly #inVideo
  readonly #inLibrary
  readonly #cached = new Map<string, Counted>()

  constructor(database: Database) {
    this.#inVideo = database.prepare<{ count: number }>(
      `SELECT count(*) AS count FROM views
        WHERE audience = :audience AND started_at >= :since AND started_at < :to AND before_at < :from`,
    )
    this.#inLibrary = database.prepare<{ count: number }>(
      'SELECT count(*) AS count FROM views WHERE started_at >= :since AND started_at < :to AND library_before_at < :from',
    )
  }

  /**
   * Of a half-open span, in milliseconds.
   * @param whole where the span is going to end, when its end moves with time: that it goes on is then the same question.
   */
  count(audience: number, { from, to, whole = to }: Span, now: number): number {
    const past = Math.max(from, Math.min(to, now - (now % SLOT_MS)))
    const { upTo, count } = this.#past(audience, from, past, whole)
    return upTo < to ? count + this.#scan(audience, from, upTo, to) : count
  }

  /** The cached counts may be wrong. */
  forget(): void {
    this.#cached.clear()
  }

  #past(audience: number, from: number, past: number, whole: number): Counted {
    const key = `${audience} ${from} ${whole}`
    const known = this.#cached.get(key) ?? { upTo: from, count: 0 }
    if (known.upTo > past) return { upTo: past, count: this.#scan(audience, from, from, past) }
    const counted =
      known.upTo === past ? known : { upTo: past, count: known.count + this.#scan(audience, from, known.upTo, past) }
    this.#cached.delete(key)
    this.#cached.set(key, counted)
    if (this.#cached.size > MOST_CACHED) this.#forgetOldest()
    return counted
  }

  #scan(audience: number, from: number, since: number, to: number): number {
    const statement = audience === LIBRARY ? this.#inLibrary : this.#inVideo
    return statement.get({ audience, from, since, to })?.count ?? 0
  }

  #forgetOldest(): void {
    const [oldest] = this.#cached.keys()
    if (oldest !== undefined) this.#cached.delete(oldest)
  }
}
