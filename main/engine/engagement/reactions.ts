import { EngineError } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { AudienceRows, type CountMedia } from './audience-rows.ts'

/** Likes and shares, and how many there are of each. */
export class Reactions {
  readonly #database: Database
  readonly #count: CountMedia
  readonly #audiences: AudienceRows
  readonly #insertLike
  readonly #deleteLike
  readonly #hasLike
  readonly #insertShare

  constructor(database: Database, count: CountMedia) {
    this.#database = database
    this.#count = count
    this.#audiences = new AudienceRows(database)
    this.#insertLike = database.prepare(
      'INSERT OR IGNORE INTO likes (video_id, user_id, liked_at) VALUES (:videoId, :userId, :now)',
    )
    this.#deleteLike = database.prepare('DELETE FROM likes WHERE video_id = :videoId AND user_id = :userId')
    this.#hasLike = database.prepare('SELECT 1 FROM likes WHERE video_id = :videoId AND user_id = :userId')
    this.#insertShare = database.prepare(
      'INSERT INTO shares (video_id, user_id, platform, shared_at) VALUES (:videoId, :userId, :platform, :now)',
    )
  }

  /** @throws EngineError `conflict`: one like per user (LI-30). */
  like(videoId: string, userId: string): { likes: number } {
    return this.#database.transaction(() => {
      if (this.#insertLike.run({ videoId, userId, now: Date.now() }).changes === 0) {
        throw new EngineError('conflict', 'You like this video already.')
      }
      this.#add(videoId, { likes: 1 })
      return { likes: this.#audiences.counts(videoId).likes }
    })
  }

  /** @throws EngineError `not_found` when the user has not liked it. */
  unlike(videoId: string, userId: string): { likes: number } {
    return this.#database.transaction(() => {
      if (this.#deleteLike.run({ videoId, userId }).changes === 0) {
        throw new EngineError('not_found', 'You have not liked this video.')
      }
      this.#add(videoId, { likes: -1 })
      return { likes: this.#audiences.counts(videoId).likes }
    })
  }

  /** @param userId null without a signed-in user. */
  share(videoId: string, userId: string | null, platform: string | null): { shares: number } {
    return this.#database.transaction(() => {
      this.#insertShare.run({ videoId, userId, platform, now: Date.now() })
      this.#add(videoId, { shares: 1 })
      return { shares: this.#audiences.counts(videoId).shares }
    })
  }

  /** What was done with a video so far, for its page. */
  of(videoId: string, userId: string | null) {
    const likedByMe = userId !== null && this.#hasLike.get({ videoId, userId }) !== undefined
    return { ...this.#audiences.counts(videoId), likedByMe }
  }

  #add(videoId: string, added: { likes?: number; shares?: number }): void {
    this.#audiences.addReactions(videoId, added)
    this.#count(videoId, added)
  }
}
