import type { Database } from '../../platform/database/index.ts'
import type { Audiences, Sums } from './audiences.ts'

interface Named {
  video_id: string
  title: string
  thumbnail_url: string | null
}

export interface TopVideo extends Named, Sums {
  readonly audience: number
}

/** Audiences looked at in one go. */
const BATCH = 256

/** The most watched videos of a span of time that are still there. */
export class TopVideos {
  readonly #audiences: Audiences
  readonly #sums
  readonly #named

  constructor(database: Database, audiences: Audiences) {
    this.#audiences = audiences
    this.#sums = database.prepare<Sums>(
      `SELECT coalesce(sum(views), 0) AS views, coalesce(sum(watch_seconds), 0) AS watch_seconds,
              coalesce(sum(completion), 0) AS completion
         FROM audience_slots WHERE audience = :audience AND slot >= :from AND slot < :to`,
    )
    this.#named = database.prepare<Named>(
      `SELECT catalogue.id AS video_id, title,
              coalesce(thumbnail_url, iif(poster > 0, '/api/v2/videos/' || catalogue.id || '/poster?v=' || poster, NULL))
                AS thumbnail_url
         FROM catalogue WHERE deleted_at IS NULL AND id = (SELECT video_id FROM audiences WHERE id = :audience)`,
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
      for (const { id, views } of batch) {
        const least = best.length < limit ? 1 : (best.at(-1)?.views ?? 1)
        if (views < least) return best
        const sums = this.#sums.get({ audience: id, from, to })
        if (!sums || sums.views < least) continue
        const named = this.#named.get({ audience: id })
        if (named) best = [...best, { ...named, ...sums, audience: id }].toSorted(compare).slice(0, limit)
      }
      if (batch.length < BATCH) return best
    }
  }
}

function compare(a: TopVideo, b: TopVideo): number {
  return b.views - a.views || b.watch_seconds - a.watch_seconds || (a.video_id < b.video_id ? -1 : 1)
}
