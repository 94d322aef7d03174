import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import {
  type CatalogueVideo,
  EngineError,
  type listCatalogue,
  type registerVideo,
  type updateCatalogueVideo,
} from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Videos } from './videos.ts'
import type { Caller } from '../operations.ts'
import { CatalogueRows } from './catalogue-rows.ts'

type Registration = z.output<(typeof registerVideo)['input']>
type Change = Omit<z.output<(typeof updateCatalogueVideo)['input']>, 'videoId'>
type Query = z.output<(typeof listCatalogue)['input']>

/** How long a deletion can be undone, as that of an uploaded video. */
const RESTORABLE_MS = 10 * 60_000

export interface CatalogueOptions {
  readonly database: Database
  readonly videos: Videos
  readonly onChange: (videoId: string) => void
  /** By which deletions can be undone, see `RunningClock`. */
  readonly now?: () => number
}

/**
 * The videos as they are published: the uploaded ones, and those that are only registered (LI-7).
 */
export class Catalogue {
  readonly #options: CatalogueOptions
  readonly #rows: CatalogueRows
  readonly #now: () => number

  constructor(options: CatalogueOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#rows = new CatalogueRows(options.database)
  }

  /** Registers a video whose bytes are elsewhere. */
  register({ title, tags = [], ...facts }: Registration, ownerId: string): CatalogueVideo {
    const id = randomUUID()
    this.#options.database.transaction(() => {
      const now = Date.now()
      this.#rows.insertLink.run({ id, ownerId, title, tags: JSON.stringify(tags), now })
      this.#publish(id, { ...UNSAID, ...given(facts) }, now)
    })
    this.#options.onChange(id)
    return this.get(id)
  }

  /** @throws EngineError `not_found`; a deleted video counts as gone. */
  get(videoId: string): CatalogueVideo {
    return this.#rows.get(videoId)
  }

  /** @throws EngineError `not_found`. */
  assertThere(videoId: string): void {
    this.get(videoId)
  }

  /** "401 no auth, 403 other user, 404 missing". @throws EngineError `not_found`, `forbidden`. */
  assertMayChange(videoId: string, { userId, scopes }: Caller): void {
    const { ownerId } = this.get(videoId)
    if (ownerId === userId || scopes.has('admin')) return
    throw new EngineError('forbidden', 'Only the owner of this video and admins may do that.')
  }

  /** @param userId whose videos those of 'mine' are. */
  list({ whose, offset, limit, videoType, ...filter }: Query, userId: string | null) {
    const ownerId = whose === 'mine' ? userId : null
    return this.#rows.page({ ...filter, ownerId, videoType: videoType ?? null }, offset, limit)
  }

  /** Changes what is given and leaves the rest; null empties. @throws EngineError `not_found`, `forbidden`. */
  update(videoId: string, { title, tags, ...facts }: Change, caller: Caller): CatalogueVideo {
    this.#options.database.transaction(() => {
      this.assertMayChange(videoId, caller)
      const before = this.get(videoId)
      if (before.hasFile) this.#options.videos.update(videoId, { title, tags })
      else {
        const labels = tags === undefined ? null : JSON.stringify(tags)
        this.#rows.updateLink.run({ id: videoId, title: title ?? null, tags: labels })
      }
      // The film's own duration is shown as long as it has one.
      this.#publish(videoId, { ...before, ...given(facts) }, Date.now())
    })
    this.#options.onChange(videoId)
    return this.get(videoId)
  }

  /** Hides a video, and with it what is shown of it elsewhere, until `purge` comes round. @throws as `update`. */
  async delete(videoId: string, caller: Caller): Promise<void> {
    this.assertMayChange(videoId, caller)
    if (this.get(videoId).hasFile) {
      await this.#options.videos.delete(videoId)
      return
    }
    this.#rows.setLinkDeleted.run({ id: videoId, deletedAt: this.#now() })
    this.#options.onChange(videoId)
  }

  /** Removes for good what was deleted longer ago than can be undone. */
  async purge(now = this.#now()): Promise<void> {
    this.#rows.purgeLinks.run({ before: now - RESTORABLE_MS })
    await this.#options.videos.purge(now)
  }

  #publish(id: string, facts: Published, now: number): void {
    const { description, videoType, videoUrl, thumbnailUrl, durationSeconds, techStack, projectUrl } = facts
    this.#rows.writePublication.run({
      ...{ id, description, videoType, videoUrl, thumbnailUrl, durationSeconds, projectUrl, now },
      techStack: JSON.stringify(techStack),
    })
  }
}

/** What a video is published with, beside title and tags. */
type Published = Pick<
  CatalogueVideo,
  'description' | 'videoType' | 'videoUrl' | 'thumbnailUrl' | 'durationSeconds' | 'techStack' | 'projectUrl'
>

const UNSAID: Published = {
  ...{ description: null, videoType: 'other', videoUrl: null, thumbnailUrl: null },
  ...{ durationSeconds: null, techStack: [], projectUrl: null },
}

/** Without what is undefined, which would hide what was there. */
function given(facts: Omit<Change, 'title' | 'tags'>): Partial<Published> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}
