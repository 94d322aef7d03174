import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import {
  type Annotation,
  type AnnotationType,
  type createAnnotation,
  Drawing,
  EngineError,
  type updateAnnotation,
} from '../../contract/index.ts'
import { type Database, readRow, readRows } from '../../platform/database/index.ts'
import type { Events } from '../events/index.ts'
import type { Identity } from '../identity/index.ts'
import { assertMayChange, MEDIA_PURGED, type MediaItem, type MediaReader } from '../library/index.ts'
import { type Caller, userOf } from '../operations.ts'
import { type AnnotationRow, AnnotationRows } from './annotation-rows.ts'

/** How long a deletion can be undone. */
const RESTORABLE_MS = 10 * 60_000

/** Which video is annotated, and whether it has to be a showcase. */
export interface VideoAsked {
  readonly videoId: string
  /** LI-50: else there is no such video. */
  readonly showcase: boolean
}

interface AnnotationAsked extends VideoAsked {
  readonly annotationId: string
}

type Facts = Omit<z.output<(typeof createAnnotation)['input']>, keyof VideoAsked>
type Change = Omit<z.output<(typeof updateAnnotation)['input']>, keyof AnnotationAsked>

export interface AnnotationsOptions {
  readonly database: Database
  readonly identity: Pick<Identity, 'namesOf'>
  readonly media: MediaReader
  readonly events: Events
  readonly onChange: (videoId: string) => void
  /** By which deletions can be undone, see `RunningClock`. */
  readonly now?: () => number
}

/** Timed notes on the videos of the library. Whoever is signed in reads them; the video's owner and admins write them. */
export class Annotations {
  readonly #database: Database
  readonly #rows: AnnotationRows
  readonly #identity: Pick<Identity, 'namesOf'>
  readonly #media: MediaReader
  readonly #onChange: (videoId: string) => void
  readonly #now: () => number

  constructor({ database, identity, media, events, onChange, now = Date.now }: AnnotationsOptions) {
    this.#database = database
    this.#now = now
    this.#identity = identity
    this.#media = media
    this.#rows = new AnnotationRows(database)
    this.#onChange = onChange
    events.inTransaction([MEDIA_PURGED], ({ subjectId: videoId }) => void this.#rows.removeOf.run({ videoId }))
  }

  /** @throws EngineError `not_found`, `forbidden`, `time_out_of_range`. */
  create(asked: VideoAsked, facts: Facts, caller: Caller): Annotation {
    const id = randomUUID()
    return this.#change(asked, caller, (video, authorId) => {
      assertInside(facts.timestamp, video)
      this.#rows.insert.run({
        ...{ id, videoId: asked.videoId, authorId, timestamp: facts.timestamp, title: facts.title, type: facts.type },
        ...{ description: facts.description ?? null, url: facts.url ?? null },
        drawings: JSON.stringify(facts.drawings ?? []),
        now: Date.now(),
      })
      return this.#describe(this.#row(asked.videoId, id), video)
    })
  }

  /** What an annotation is called, also one that was deleted lately; null when there is none. */
  titleOf(annotationId: string): string | null {
    return this.#rows.title(annotationId)
  }

  /** In the order of time. @throws EngineError `not_found`. */
  list(asked: VideoAsked, type: AnnotationType | null): Annotation[] {
    const video = this.#video(asked)
    const rows = this.#rows.list(asked.videoId, type)
    const names = this.#identity.namesOf(rows.map((row) => row.author_id))
    return readRows(rows, (row) => toAnnotation(row, video, names))
  }

  /** How many there are of a video, or in the whole library. */
  count(videoId: string | null): number {
    return videoId === null ? this.#rows.countAll() : this.#rows.countOf(videoId)
  }

  /** Changes what is given and leaves the rest. @throws EngineError as `create`. */
  update(asked: AnnotationAsked, change: Change, caller: Caller): Annotation {
    return this.#change(asked, caller, (video) => {
      const row = this.#row(asked.videoId, asked.annotationId)
      // LI-52: one that is not moved may stay after the end.
      if (change.timestamp !== undefined) assertInside(change.timestamp, video)
      this.#rows.update.run({
        id: row.id,
        timestamp: change.timestamp ?? row.timestamp,
        title: change.title ?? row.title,
        description: change.description === undefined ? row.description : change.description,
        type: change.type ?? row.type,
        url: change.url === undefined ? row.url : change.url,
        drawings: change.drawings === undefined ? row.drawings : JSON.stringify(change.drawings),
        now: Date.now(),
      })
      return this.#describe(this.#row(asked.videoId, row.id), video)
    })
  }

  /** Hides an annotation; `restore` undoes it for ten minutes. @throws EngineError `not_found`, `forbidden`. */
  delete(asked: AnnotationAsked, caller: Caller): void {
    this.#change(asked, caller, () => {
      const { id } = this.#row(asked.videoId, asked.annotationId)
      this.#rows.setDeleted.run({ id, deletedAt: this.#now() })
    })
  }

  /** @throws EngineError `not_found` when it is not deleted or its time is over, `forbidden`. */
  restore(asked: AnnotationAsked, caller: Caller): Annotation {
    return this.#change(asked, caller, (video) => {
      const { id } = this.#row(asked.videoId, asked.annotationId, { deleted: true })
      this.#rows.setDeleted.run({ id, deletedAt: null })
      return this.#describe(this.#row(asked.videoId, id), video)
    })
  }

  /** Removes for good what was deleted longer ago than can be undone. */
  purge(now = this.#now()): void {
    this.#rows.purge.run({ before: now - RESTORABLE_MS })
  }

  #change<T>(asked: VideoAsked, caller: Caller, work: (video: MediaItem, userId: string) => T): T {
    const result = this.#database.transaction(() => {
      const video = this.#video(asked)
      assertMayChange(video.ownerId, caller, 'Only the owner of a video may annotate it.')
      return work(video, userOf(caller))
    })
    this.#onChange(asked.videoId)
    return result
  }

  #video({ videoId, showcase }: VideoAsked): MediaItem {
    const video = this.#media.get(videoId)
    if (!video) throw new EngineError('not_found', 'There is no such video.')
    if (showcase && video.videoType !== 'demo') {
      throw new EngineError('not_found', 'This video is no showcase: its type is not "demo".')
    }
    return video
  }

  #describe(row: AnnotationRow, video: MediaItem): Annotation {
    return toAnnotation(row, video, this.#identity.namesOf([row.author_id]))
  }

  #row(videoId: string, id: string, which: { deleted?: boolean } = {}): AnnotationRow {
    const row = this.#rows.get(videoId, id, which)
    if (!row) throw new EngineError('not_found', 'There is no such annotation of this video.')
    return row
  }
}

/** LI-52. @throws EngineError `time_out_of_range`. */
function assertInside(timestamp: number, { durationSeconds }: MediaItem): void {
  if (!isAfterEnd(timestamp, durationSeconds)) return
  const message = `The video ends at ${String(durationSeconds)} s: there is no ${timestamp} s in it.`
  throw new EngineError('time_out_of_range', message, { durationSeconds })
}

function isAfterEnd(timestamp: number, durationSeconds: number | null): boolean {
  return durationSeconds !== null && timestamp > durationSeconds
}

/** Stored JSON is untrusted: it is validated. */
function toAnnotation(row: AnnotationRow, video: MediaItem, names: ReadonlyMap<string, string>): Annotation {
  return readRow('note', () => annotationOf(row, video, names))
}

function annotationOf(row: AnnotationRow, video: MediaItem, names: ReadonlyMap<string, string>): Annotation {
  return {
    annotationId: row.id,
    videoId: row.video_id,
    authorId: row.author_id,
    authorName: names.get(row.author_id) ?? '',
    timestamp: row.timestamp,
    title: row.title,
    description: row.description,
    type: row.type,
    url: row.url,
    drawings: z.array(Drawing).parse(JSON.parse(row.drawings)),
    outOfRange: isAfterEnd(row.timestamp, video.durationSeconds),
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
  }
}
