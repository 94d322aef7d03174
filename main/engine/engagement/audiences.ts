import type { Database } from '../../platform/database/index.ts'
import { LIBRARY, slotOf } from './audience-rows.ts'
import { DistinctViewers, type Span } from './distinct-viewers.ts'

export interface Totals {
  readonly views: number
  readonly viewers: number
  readonly watch_seconds: number
  readonly completion: number
  readonly likes: number
  readonly shares: number
}

export interface Sums {
  readonly views: number
  readonly watch_seconds: number
  /** Millionths of a percent. */
  readonly completion: number
}

export interface Ending extends Pick<Sums, 'views' | 'completion'> {
  readonly device: string
  /** The twentieth of the video that the views ended in; 20 is its very end. */
  readonly step: number
}

/** The audience of a video without views. */
const EMPTY = -1
const NOTHING: Totals = { views: 0, viewers: 0, watch_seconds: 0, completion: 0, likes: 0, shares: 0 }

/** Reads what is kept of audiences. Spans of time are half-open, in milliseconds. */
export class Audiences {
  readonly #totals
  readonly #numberOf
  readonly #slots
  readonly #endings
  readonly #traits
  readonly #cities
  readonly #viewers: DistinctViewers
  readonly #recent
  readonly #recentOfLibrary
  readonly #active
  readonly #byViews

  constructor(database: Database) {
    this.#totals = database.prepare<Totals>('SELECT * FROM audiences WHERE id = :audience')
    this.#numberOf = database.prepare<{ id: number }>('SELECT id FROM audiences WHERE video_id = :videoId')
    this.#slots = database.prepare<Sums & { slot: number }>(
      `SELECT slot, views, watch_seconds, completion FROM audience_slots
        WHERE audience = :audience AND slot >= :from AND slot < :to ORDER BY slot`,
    )
    this.#endings = database.prepare<Ending>(
      'SELECT device, step, views, completion FROM audience_endings WHERE audience = :audience AND views > 0',
    )
    this.#traits = database.prepare<{ value: string; views: number }>(
      `SELECT value, views FROM audience_traits WHERE audience = :audience AND trait = :trait ORDER BY views DESC, value`,
    )
    // LI-27
    this.#cities = database.prepare<{ country: string; city: string; views: number }>(
      `SELECT country, city, views FROM audience_cities WHERE audience = :audience AND viewers >= 3
        ORDER BY views DESC, country, city`,
    )
    this.#viewers = new DistinctViewers(database)
    const recent = (where: string) =>
      database.prepare<Omit<Sums, 'completion'>>(
        `SELECT count(*) AS views, coalesce(sum(watch_seconds), 0) AS watch_seconds FROM views
          WHERE ${where} started_at >= :from AND started_at < :to`,
      )
    this.#recent = recent('audience = :audience AND')
    this.#recentOfLibrary = recent('')
    this.#active = database.prepare<{ count: number }>(
      `SELECT count(*) AS count FROM views WHERE reported_at >= :from AND (:audience = ${LIBRARY} OR audience = :audience)`,
    )
    this.#byViews = database.prepare<{ id: number; video_id: string; views: number }>(
      `SELECT id, video_id, views FROM audiences WHERE id > ${LIBRARY} AND views > 0
        ORDER BY views DESC, id LIMIT :limit OFFSET :offset`,
    )
  }

  /** @param videoId null for the whole library. */
  of(videoId: string | null): number {
    return videoId === null ? LIBRARY : (this.#numberOf.get({ videoId })?.id ?? EMPTY)
  }

  totals(audience: number): Totals {
    return this.#totals.get({ audience }) ?? NOTHING
  }

  /** Sums by quarter of an hour. Both ends are at one. */
  slots(audience: number, from: number, to: number): (Sums & { slot: number })[] {
    return this.#slots.all({ audience, from: slotOf(from), to: slotOf(to) })
  }

  /** Sums of a span; both ends are at a quarter of an hour. */
  sums(audience: number, from: number, to: number): Sums {
    return this.slots(audience, from, to).reduce(plus, { views: 0, watch_seconds: 0, completion: 0 })
  }

  /** Distinct viewers of a span. */
  viewers(audience: number, span: Span, now: number): number {
    return this.#viewers.count(audience, span, now)
  }

  /** The clock was set back: cached counts may be wrong. */
  forgetPast(): void {
    this.#viewers.forget()
  }

  /** Sums of a short span that may begin at any time. */
  recent(audience: number, from: number, to: number): Omit<Sums, 'completion'> {
    const statement = audience === LIBRARY ? this.#recentOfLibrary : this.#recent
    return statement.get({ audience, from, to }) ?? { views: 0, watch_seconds: 0 }
  }

  /** Sessions that reported since. */
  active(audience: number, from: number): number {
    return this.#active.get({ audience, from })?.count ?? 0
  }

  endings(audience: number): Ending[] {
    return this.#endings.all({ audience })
  }

  traits(audience: number, trait: 'device' | 'browser' | 'os' | 'country'): { value: string; views: number }[] {
    return this.#traits.all({ audience, trait })
  }

  cities(audience: number): { country: string; city: string; views: number }[] {
    return this.#cities.all({ audience })
  }

  /** Audiences of videos, most views ever first. */
  byViews(offset: number, limit: number): { id: number; video_id: string; views: number }[] {
    return this.#byViews.all({ offset, limit })
  }
}

function plus(one: Sums, other: Sums): Sums {
  return {
    views: one.views + other.views,
    watch_seconds: one.watch_seconds + other.watch_seconds,
    completion: one.completion + other.completion,
  }
}
