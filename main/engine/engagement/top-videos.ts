import type { Database } from '../../platform/database/index.ts'
import type { MediaItem, MediaReader } from '../library/index.ts'
import type { Audiences, Sums } from './audiences.ts'

export interface TopVideo extends Sums {
  readonly audience: number
  readonly video: MediaItem
}

/** Audiences read at once. */
const BATCH = 256

/** The most watched videos of a span of time that are still there. */
export class TopVideos {
  readonly #audiences: Audiences
  readonly #sums
  readonly #media: MediaReader

  constructor(database: Database, audiences: Audiences, media: MediaReader) {
    this.#audiences = audiences
    this.#media = media
    this.#sums = database.prepare<Sums>(
      `SELECT coalesce(sum(views), 0) AS views, coalesce(sum(watch_seconds), 0) AS watch_seconds,
              coalesce(sum(completion), 0) AS completion
         FROM audience_slots WHERE audience = :audience AND slot >= :from AND slot < :to`,
    )
  }

  /**
   * Most views first; those of as many by the time watched. Videos are gone through by their views ever, which are at
   * least those of any span: the rest cannot be among the first any more once their views ever are fewer.
   *
   * @param from, to slots.
   */
  find(from: number, to: number, limit: number): TopVideo[] {
    let best: TopVideo[] = []
    for (let offset = 0; ; offset += BATCH) {
      const batch = this.#audiences.byViews(offset, BATCH)
      for (const { id, video_id: videoId, views } of batch) {
        const least = best.length < limit ? 1 : (best.at(-1)?.views ?? 1)
        if (views < least) return best
        const sums = this.#sums.get({ audience: id, from, to })
        if (!sums || sums.views < least) continue
        const video = this.#media.get(videoId)
        if (video) best = [...best, { ...sums, video, audience: id }].toSorted(compare).slice(0, limit)
      }
      if (batch.length < BATCH) return best
    }
  }
}

function compare(a: TopVideo, b: TopVideo): number {
  return b.views - a.views || b.watch_seconds - a.watch_seconds || (a.video.id < b.video.id ? -1 : 1)
}
