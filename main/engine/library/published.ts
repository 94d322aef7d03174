import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { CatalogueVideo, listCatalogue, registerVideo, updateCatalogueVideo } from '../../contract/index.ts'
import { readRows } from '../../platform/database/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Caller } from '../operations.ts'
import { assertMayChange } from './access.ts'
import { MEDIA_ADDED, MEDIA_CHANGED } from './events.ts'
import type { MediaRows } from './media-rows.ts'
import { toPublished } from './media-views.ts'
import type { MediaWriter } from './media-writer.ts'

type Registration = z.output<(typeof registerVideo)['input']>
type Change = Omit<z.output<(typeof updateCatalogueVideo)['input']>, 'videoId'>
type Facts = Omit<Change, 'title' | 'tags'>
type Query = z.output<(typeof listCatalogue)['input']>

export interface PublishedOptions {
  readonly rows: MediaRows
  readonly writer: MediaWriter
  readonly identity: Pick<Identity, 'namesOf'>
}

/** The items as they are published: uploaded videos, and those that are only registered by their URL. */
export class Published {
  readonly #options: PublishedOptions
  readonly #rows: MediaRows

  constructor(options: PublishedOptions) {
    this.#options = options
    this.#rows = options.rows
  }

  /** LI-1: registers a video whose bytes are elsewhere. */
  register({ title, tags = [], ...facts }: Registration, ownerId: string): CatalogueVideo {
    const id = randomUUID()
    this.#options.writer.change(id, MEDIA_ADDED, () => {
      const now = Date.now()
      this.#rows.insertLink.run({ id, ownerId, title, tags: JSON.stringify(tags), now })
      this.#write(id, facts, now)
    })
    return this.get(id)
  }

  /** @throws EngineError `not_found`; a deleted one counts as gone. */
  get(id: string): CatalogueVideo {
    const row = this.#rows.get(id)
    return toPublished(row, this.#options.identity.namesOf([row.owner_id]))
  }

  /** @param userId whose items those of 'mine' are. */
  list({ whose, offset, limit, videoType, ...filter }: Query, userId: string | null) {
    const asked = { ...filter, ownerId: whose === 'mine' ? userId : null, videoType: videoType ?? null }
    const { rows, total } = this.#rows.published(asked, offset, limit)
    const names = this.#options.identity.namesOf(rows.map((row) => row.owner_id))
    return { videos: readRows(rows, (row) => toPublished(row, names)), total }
  }

  /** LI-6. @throws EngineError `not_found`, `forbidden`. */
  assertMayChange(id: string, caller: Caller): void {
    assertMayChange(this.#rows.get(id).owner_id, caller, 'Only the owner of this video and admins may do that.')
  }

  /** Changes what is given and leaves the rest; null empties. @throws EngineError `not_found`, `forbidden`. */
  update(id: string, { title, tags, ...facts }: Change, caller: Caller): CatalogueVideo {
    this.assertMayChange(id, caller)
    this.#options.writer.change(id, MEDIA_CHANGED, () => {
      this.#rows.update(id, { title, tags })
      this.#write(id, facts, Date.now())
    })
    return this.get(id)
  }

  #write(id: string, facts: Facts, now: number): void {
    const given = Object.entries(facts).filter(([, value]) => value !== undefined)
    const { description, videoType, videoUrl, thumbnailUrl, durationSeconds, techStack, projectUrl } = {
      ...toPublished(this.#rows.get(id), new Map()),
      ...(Object.fromEntries(given) as Partial<CatalogueVideo>),
    }
    this.#rows.publish.run({
      ...{ id, description, videoType, videoUrl, thumbnailUrl, durationSeconds, projectUrl, now },
      techStack: JSON.stringify(techStack),
    })
  }
}
