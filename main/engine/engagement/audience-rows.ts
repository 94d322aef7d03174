import type { Database } from '../../platform/database/index.ts'
import type { MediaCounts } from '../library/index.ts'

/** Adds to the counters of a media item. */
export type CountMedia = (videoId: string, added: MediaCounts) => void

/** The whole library's audience. */
export const LIBRARY = 0
/** Sums are kept by quarters of an hour. */
export const SLOT_MS = 15 * 60_000
/** Completion is kept in millionths of a percent, and counted by twentieths of a video. */
export const FULL_COMPLETION = 100_000_000
const STEP = FULL_COMPLETION / 20

export function slotOf(epochMs: number): number {
  return Math.floor(epochMs / SLOT_MS)
}

export function stepOf(completion: number): number {
  return Math.floor(completion / STEP)
}

/** What one view adds to the sums of an audience, or takes from them. */
export interface Delta {
  readonly views: number
  readonly watchSeconds: number
  /** Millionths of a percent. */
  readonly completion: number
}

/** The sums of audiences. Every call belongs into the transaction that writes the view. */
export class AudienceRows {
  readonly #insert
  readonly #byVideo
  readonly #addTotals
  readonly #addSlot
  readonly #addTrait
  readonly #addEnding
  readonly #addCity
  readonly #insertCityViewer
  readonly #addReaction

  constructor(database: Database) {
    this.#insert = database.prepare('INSERT OR IGNORE INTO audiences (video_id) VALUES (:videoId)')
    this.#byVideo = database.prepare<{ id: number; views: number; likes: number; shares: number }>(
      'SELECT id, views, likes, shares FROM audiences WHERE video_id = :videoId',
    )
    this.#addTotals = database.prepare(
      `UPDATE audiences SET views = views + :views, viewers = viewers + :viewers,
              watch_seconds = watch_seconds + :watchSeconds, completion = completion + :completion
        WHERE id = :audience`,
    )
    this.#addSlot = database.prepare(
      `INSERT INTO audience_slots (audience, slot, views, watch_seconds, completion)
       VALUES (:audience, :slot, :views, :watchSeconds, :completion)
       ON CONFLICT (audience, slot) DO UPDATE SET views = views + excluded.views,
         watch_seconds = watch_seconds + excluded.watch_seconds, completion = completion + excluded.completion`,
    )
    this.#addTrait = database.prepare(
      `INSERT INTO audience_traits (audience, trait, value, views) VALUES (:audience, :trait, :value, 1)
       ON CONFLICT (audience, trait, value) DO UPDATE SET views = views + 1`,
    )
    this.#addEnding = database.prepare(
      `INSERT INTO audience_endings (audience, device, step, views, completion)
       VALUES (:audience, :device, :step, :views, :completion)
       ON CONFLICT (audience, device, step) DO UPDATE SET
         views = views + excluded.views, completion = completion + excluded.completion`,
    )
    this.#addCity = database.prepare(
      `INSERT INTO audience_cities (audience, country, city, views, viewers) VALUES (:audience, :country, :city, 1, :viewers)
       ON CONFLICT (audience, country, city) DO UPDATE SET views = views + 1, viewers = viewers + excluded.viewers`,
    )
    this.#insertCityViewer = database.prepare(
      'INSERT OR IGNORE INTO city_viewers (audience, country, city, viewer) VALUES (:audience, :country, :city, :viewer)',
    )
    this.#addReaction = database.prepare(
      'UPDATE audiences SET likes = likes + :likes, shares = shares + :shares WHERE id IN (:audience, 0)',
    )
  }

  /** The audience of a video; made when there is none. */
  of(videoId: string): number {
    const found = this.#byVideo.get({ videoId })
    if (found) return found.id
    this.#insert.run({ videoId })
    return this.of(videoId)
  }

  /** How many views, likes and shares a video has. */
  counts(videoId: string): { totalViews: number; likes: number; shares: number } {
    const { views: totalViews, likes, shares } = this.#byVideo.get({ videoId }) ?? { views: 0, likes: 0, shares: 0 }
    return { totalViews, likes, shares }
  }

  addReactions(videoId: string, { likes = 0, shares = 0 }: { likes?: number; shares?: number }): void {
    this.#addReaction.run({ audience: this.of(videoId), likes, shares })
  }

  /** @param startedAt when the view began, whenever it is that it changes. */
  add(audience: number, delta: Delta, startedAt: number, newViewers: number): void {
    this.#addTotals.run({ audience, ...delta, viewers: newViewers })
    this.#addSlot.run({ audience, ...delta, slot: slotOf(startedAt) })
  }

  addEnding(audience: number, device: string, completion: number, sign: 1 | -1): void {
    const step = stepOf(completion)
    this.#addEnding.run({ audience, device, step, views: sign, completion: sign * completion })
  }

  addTraits(audience: number, traits: Readonly<Record<'device' | 'browser' | 'os' | 'country', string>>): void {
    for (const [trait, value] of Object.entries(traits)) this.#addTrait.run({ audience, trait, value })
  }

  addCity(audience: number, country: string, city: string, viewer: number): void {
    const { changes } = this.#insertCityViewer.run({ audience, country, city, viewer })
    this.#addCity.run({ audience, country, city, viewers: changes })
  }
}
