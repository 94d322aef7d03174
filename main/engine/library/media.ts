import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import type { z } from 'zod'
import {
  type CatalogueVideo,
  EngineError,
  type listCatalogue,
  type registerVideo,
  type updateCatalogueVideo,
  type Video,
} from '../../contract/index.ts'
import { type Database, readRows } from '../../platform/database/index.ts'
import { crashPoint, type DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Events } from '../events/index.ts'
import type { Identity } from '../identity/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import type { ProbedVideo } from '../media/index.ts'
import type { Checksums, ObjectRefs, ObjectStore } from '../objects/index.ts'
import type { Caller } from '../operations.ts'
import type { SceneStore } from '../scenes/index.ts'
import { assertMayChange } from './access.ts'
import { activitiesOf, jobsToRedo } from './activities.ts'
import { MEDIA_ADDED, MEDIA_CHANGED, MEDIA_DELETED, MEDIA_PURGED, MEDIA_RESTORED } from './events.ts'
import { type MediaCounts, type MediaRow, MediaRows, type VideoOrder, type VideoRow } from './media-rows.ts'
import { toPublished, toSidecar, toVideo } from './media-views.ts'

type Registration = z.output<(typeof registerVideo)['input']>
type Change = Omit<z.output<(typeof updateCatalogueVideo)['input']>, 'videoId'>
type Facts = Omit<Change, 'title' | 'tags'>
type Query = z.output<(typeof listCatalogue)['input']>

/** How long a deletion can be undone. */
const RESTORABLE_MS = 10 * 60_000
/** Of references to objects. */
const OWNER_KIND = 'media'

/** What becomes a video. */
export interface NewVideo {
  readonly videoId: string
  readonly ownerId: string
  readonly title: string
  readonly filename: string
  readonly contentType: string
  readonly sizeBytes: number
  readonly sha256: string
  /** JSON text, as the upload kept it. */
  readonly tags: string
  readonly custom: string
  readonly probed: ProbedVideo
  /** Milliseconds since 1970; now when it is not given. */
  readonly createdAt?: number
}

export interface MediaOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly objects: ObjectStore
  readonly refs: ObjectRefs
  readonly checksums: Checksums
  readonly scenes: SceneStore
  readonly identity: Pick<Identity, 'namesOf'>
  readonly jobs: JobQueue
  readonly events: Events
  readonly log: Log
  /** By which deletions can be undone, see `RunningClock`. */
  readonly now?: () => number
}

/** The items of the library: uploaded ones, and those that are only registered by their URL. */
export class Media {
  readonly #options: MediaOptions
  readonly #rows: MediaRows
  readonly #now: () => number

  constructor(options: MediaOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#rows = new MediaRows(options.database)
  }

  /** Adds an uploaded video; part of the caller's transaction. Queues a preview copy where the window needs one. */
  add(video: NewVideo): void {
    const { metadata, startSeconds, playable } = video.probed
    const { videoId: id, probed: _, createdAt: now = Date.now(), ...facts } = video
    this.#rows.insertVideo.run({
      ...{ id, ...facts, startSeconds, now },
      metadata: JSON.stringify(metadata),
      durationSeconds: metadata.durationSeconds,
      playable: playable ? 1 : 0,
    })
    this.#describe(id)
    if (!playable) this.#options.jobs.enqueue('preview', id, {})
    this.#options.events.publish({ kind: MEDIA_ADDED, subjectId: id })
  }

  /** LI-1: registers a video whose bytes are elsewhere. */
  register({ title, tags = [], ...facts }: Registration, ownerId: string): CatalogueVideo {
    const id = randomUUID()
    this.#options.database.transaction(() => {
      const now = Date.now()
      this.#rows.insertLink.run({ id, ownerId, title, tags: JSON.stringify(tags), now })
      this.#publish(id, facts, now)
      this.#options.events.publish({ kind: MEDIA_ADDED, subjectId: id })
    })
    return this.published(id)
  }

  /** The row of an uploaded video. @throws EngineError `not_found`; a deleted one counts as gone unless asked for. */
  row(id: string, which: { evenDeleted?: boolean } = {}): VideoRow {
    const row = this.#rows.get(id, which)
    if (row.source === 'uploaded') return row
    throw new EngineError('not_found', 'There is no such video.')
  }

  /** @throws EngineError `not_found`. */
  video(id: string): Video {
    return this.#toVideos([this.row(id)])[0]!
  }

  videos(query: { search: string; sort: VideoOrder; offset: number; limit: number }) {
    const { rows, total, totalSeconds } = this.#rows.videos(query.search, query.sort, query.offset, query.limit)
    return { videos: this.#toVideos(rows), total, totalSeconds }
  }

  /** @throws EngineError `not_found`. */
  published(id: string): CatalogueVideo {
    const row = this.#rows.get(id)
    return toPublished(row, this.#ownerOf(row) ?? '')
  }

  /** @param userId whose items those of 'mine' are. */
  listPublished({ whose, offset, limit, videoType, ...filter }: Query, userId: string | null) {
    const ownerId = whose === 'mine' ? userId : null
    const asked = { ...filter, ownerId, videoType: videoType ?? null }
    const { rows, total } = this.#rows.published(asked, offset, limit)
    const names = this.#options.identity.namesOf(rows.map((row) => row.owner_id))
    return { videos: readRows(rows, (row) => toPublished(row, names.get(row.owner_id) ?? '')), total }
  }

  /** @throws EngineError `not_found`, `forbidden`. */
  assertMayChange(id: string, caller: Caller): void {
    const refusal = 'Only the owner of this video and admins may do that.'
    assertMayChange(this.#rows.get(id).owner_id, caller, refusal)
  }

  /** Changes what is given and leaves the rest; null empties. @throws EngineError `not_found`, `forbidden`. */
  updatePublished(id: string, { title, tags, ...facts }: Change, caller: Caller): CatalogueVideo {
    this.#options.database.transaction(() => {
      this.assertMayChange(id, caller)
      this.#update(id, { title, tags })
      this.#publish(id, facts, Date.now())
    })
    return this.published(id)
  }

  /** Changes title or tags of an uploaded video. @throws EngineError `not_found`. */
  update(id: string, change: Pick<Change, 'title' | 'tags'>): Video {
    this.row(id)
    this.#update(id, change)
    return this.video(id)
  }

  /** Adds to the counters; part of the caller's transaction. */
  count(id: string, added: MediaCounts): void {
    this.#rows.addCounts(id, added)
  }

  /** Hides an item, and with it what is shown of it elsewhere, until `purge` removes it. Its jobs are cancelled. @throws EngineError `not_found`. */
  async delete(id: string): Promise<void> {
    this.#rows.get(id)
    this.#setDeleted(id, this.#now())
    await this.#options.jobs.cancelAllOf(id)
  }

  /** @throws EngineError `not_found` when it was never there or its time is over. */
  restore(id: string): Video {
    const { jobs } = this.#options
    this.row(id, { evenDeleted: true })
    this.#setDeleted(id, null)
    for (const { kind, request } of jobsToRedo(jobs, id, 'cancelled')) jobs.enqueue(kind, id, request)
    return this.video(id)
  }

  /** Removes for good what was deleted longer ago than can be undone. */
  async purge(now = this.#now()): Promise<void> {
    const before = now - RESTORABLE_MS
    for (const { id } of this.#rows.deletedBefore(before)) {
      const row = this.#rows.get(id, { evenDeleted: true })
      // Restored while another one was being removed.
      if (row.deleted_at === null || row.deleted_at >= before) continue
      this.#options.log.info({ videoId: id }, 'removing a deleted video')
      // Its files before its row: a crash in between leaves a row that is purged again, not files that nobody knows.
      await fs.rm(this.#options.folder.derivedOf(id), { recursive: true, force: true })
      crashPoint('video.derived-removed')
      if (row.source === 'uploaded') await this.#options.objects.release(row.sha256, () => this.#remove(id, before))
      else this.#options.database.transaction(() => this.#remove(id, before))
    }
  }

  /** The bytes of an object are right again: jobs that failed for want of them are queued again. */
  redoFailed(sha256: string): void {
    const { events, jobs } = this.#options
    for (const id of this.#rows.withObject(sha256)) {
      for (const { kind, request } of jobsToRedo(jobs, id, 'failed')) jobs.enqueue(kind, id, request)
      events.publish({ kind: MEDIA_CHANGED, subjectId: id })
    }
  }

  /** A poster was made. */
  notePoster(id: string): void {
    this.#rows.setPoster.run({ id })
    this.#changed(id)
  }

  /** @param sprite JSON text: how the sheet is laid out. */
  noteSprite(id: string, sprite: string): void {
    this.#rows.setSprite.run({ id, sprite })
    this.#changed(id)
  }

  /** @param preview content type of the copy. */
  notePreview(id: string, preview: string): void {
    this.#rows.setPreview.run({ id, preview })
    this.#changed(id)
  }

  /** The id of a video with these bytes, or null. */
  idBySha256(sha256: string): string | null {
    return this.#rows.withObject(sha256)[0] ?? null
  }

  /** The file with the video's bytes. */
  sourceOf({ sha256 }: Pick<VideoRow, 'sha256'>): string {
    return this.#options.objects.pathOf(sha256)
  }

  /** The title of an uploaded video that is there, or null. */
  titleOf(id: string): string | null {
    try {
      return this.row(id).title
    } catch (error) {
      if (error instanceof EngineError && error.code === 'not_found') return null
      throw error
    }
  }

  #toVideos(rows: readonly VideoRow[]): Video[] {
    const { jobs, scenes } = this.#options
    const counts = scenes.counts(rows.map(({ id }) => id))
    return readRows(rows, (row) => toVideo(row, counts.get(row.id) ?? 0, activitiesOf(jobs, row)))
  }

  #update(id: string, { title, tags }: Pick<Change, 'title' | 'tags'>): void {
    this.#options.database.transaction(() => {
      this.#rows.update.run({ id, title: title ?? null, tags: tags === undefined ? null : JSON.stringify(tags) })
      this.#describe(id)
      this.#changed(id)
    })
  }

  /** Writes what is given and leaves the rest. */
  #publish(id: string, facts: Facts, now: number): void {
    const before = toPublished(this.#rows.get(id), '')
    const given = Object.entries(facts).filter(([, value]) => value !== undefined)
    const { description, videoType, videoUrl, thumbnailUrl, durationSeconds, techStack, projectUrl } = {
      ...before,
      ...(Object.fromEntries(given) as Partial<CatalogueVideo>),
    }
    this.#rows.publish.run({
      ...{ id, description, videoType, videoUrl, thumbnailUrl, durationSeconds, projectUrl, now },
      techStack: JSON.stringify(techStack),
    })
  }

  #setDeleted(id: string, deletedAt: number | null): void {
    this.#options.database.transaction(() => {
      this.#rows.setDeleted.run({ id, deletedAt })
      this.#describe(id)
      this.#options.events.publish({ kind: deletedAt === null ? MEDIA_RESTORED : MEDIA_DELETED, subjectId: id })
    })
  }

  #remove(id: string, before: number): boolean {
    const { checksums, events, refs, scenes } = this.#options
    if (this.#rows.remove.run({ id, before }).changes === 0) return false
    refs.remove(OWNER_KIND, id)
    scenes.forget(id)
    checksums.forgetAll(id)
    events.publish({ kind: MEDIA_PURGED, subjectId: id })
    return true
  }

  /** Tells the object of an uploaded item what its sidecar is to say of it. */
  #describe(id: string): void {
    const row = this.#rows.get(id, { evenDeleted: true })
    if (row.source !== 'uploaded') return
    const description = toSidecar(row, this.#ownerOf(row))
    this.#options.refs.put({ sha256: row.sha256, ownerKind: OWNER_KIND, ownerId: id, description })
  }

  #changed(id: string): void {
    this.#options.events.publish({ kind: MEDIA_CHANGED, subjectId: id })
  }

  #ownerOf({ owner_id: ownerId }: MediaRow): string | null {
    return this.#options.identity.namesOf([ownerId]).get(ownerId) ?? null
  }
}
