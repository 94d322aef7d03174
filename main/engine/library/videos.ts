import { EngineError, type FrameIndex, type Video, type VideoSort } from '../../contract/index.ts'
import { readRows } from '../../platform/database/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import type { ProbedVideo } from '../media/index.ts'
import type { ObjectStore } from '../objects/index.ts'
import { analysisJob, picturesJob, posterJob, type SceneStore } from '../scenes/index.ts'
import { activitiesOf, queueAgain } from './activities.ts'
import { MEDIA_ADDED, MEDIA_CHANGED } from './events.ts'
import { type MediaRows, metadataOf, type VideoRow } from './media-rows.ts'
import { previewJob } from './preview-job.ts'
import { toVideo } from './media-views.ts'
import type { MediaWriter } from './media-writer.ts'
import type { VideoLists } from './video-lists.ts'

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

export interface VideosOptions {
  readonly rows: MediaRows
  readonly writer: MediaWriter
  readonly objects: ObjectStore
  readonly scenes: SceneStore
  readonly jobs: JobQueue
  readonly lists: VideoLists
}

/** Durations this close are one: containers round. */
const SAME_SECONDS = 0.0005

/** The uploaded videos. */
export class Videos {
  readonly #options: VideosOptions
  readonly #rows: MediaRows

  constructor(options: VideosOptions) {
    this.#options = options
    this.#rows = options.rows
  }

  /** Adds a video; part of the caller's transaction. Queues its poster, and a preview copy where the window needs one. */
  add({ videoId: id, probed, createdAt: now = Date.now(), ...facts }: NewVideo): void {
    const { metadata, startSeconds, playable } = probed
    this.#options.writer.change(id, MEDIA_ADDED, () => {
      this.#rows.insertVideo.run({
        ...{ id, ...facts, startSeconds, now },
        metadata: JSON.stringify(metadata),
        durationSeconds: metadata.durationSeconds,
        playable: playable ? 1 : 0,
      })
      this.#options.jobs.enqueue(posterJob, id, {}, 'high')
      if (!playable) this.#options.jobs.enqueue(previewJob, id, {})
    })
  }

  /** @throws EngineError `not_found`; a deleted video counts as gone unless asked for. */
  row(id: string, which: { evenDeleted?: boolean } = {}): VideoRow {
    const row = this.#rows.get(id, which)
    if (row.source === 'uploaded') return row
    throw new EngineError('not_found', 'There is no such video.')
  }

  /** @throws EngineError `not_found`, `library_damaged`. */
  get(id: string): Video {
    const row = this.row(id)
    return toVideo(row, this.#options.scenes.counts([id]), activitiesOf(this.#options.jobs, row))
  }

  /** Those that are there, in the order of the ids. */
  many(ids: readonly string[]): Video[] {
    const { jobs, scenes } = this.#options
    const rows = this.#rows.videos(ids)
    const counts = scenes.counts(rows.map(({ id }) => id))
    return readRows(rows, (row) => toVideo(row, counts, activitiesOf(jobs, row)))
  }

  async list({ search, sort, offset, limit }: { search: string; sort: VideoSort; offset: number; limit: number }) {
    const found = await this.#options.lists.found(search, sort)
    const totalSeconds = found.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0)
    const page = found.slice(offset, offset + limit).map(({ id }) => id)
    return { videos: this.many(page), total: found.length, totalSeconds }
  }

  /** @throws EngineError `not_found`. */
  update(id: string, change: { title?: string | undefined; tags?: string[] | undefined }): Video {
    this.row(id)
    this.#options.writer.change(id, MEDIA_CHANGED, () => this.#rows.update(id, change))
    return this.get(id)
  }

  /** The frame index has the last word on duration and frame rate (UP-91, UP-94). */
  noteTimes(row: VideoRow, index: FrameIndex): void {
    const metadata = metadataOf(row)
    const durationSeconds = Math.round(index.end * 1e6) / 1e6
    const frameRate = index.rate(metadata.frameRate)
    const isSame = Math.abs(durationSeconds - (row.duration_seconds ?? NaN)) < SAME_SECONDS
    if (isSame && frameRate === metadata.frameRate) return
    const { bitrateKbps: before, fileSizeBytes } = metadata
    const bitrateKbps =
      isSame || fileSizeBytes === null ? before : Math.round((fileSizeBytes * 8) / durationSeconds / 1000)
    const noted = { ...metadata, durationSeconds, frameRate, bitrateKbps }
    this.#options.writer.change(row.id, MEDIA_CHANGED, () =>
      this.#rows.setMetadata.run({ id: row.id, metadata: JSON.stringify(noted), durationSeconds }),
    )
  }

  /** A poster was made. */
  notePoster(id: string): void {
    this.#options.writer.change(id, MEDIA_CHANGED, () => this.#rows.setPoster.run({ id }))
  }

  /** @param sprite JSON text: how the sheet is laid out. */
  noteSprite(id: string, sprite: string): void {
    this.#options.writer.change(id, MEDIA_CHANGED, () => this.#rows.setSprite.run({ id, sprite }))
  }

  /** @param preview content type of the copy. */
  notePreview(id: string, preview: string): void {
    this.#options.writer.change(id, MEDIA_CHANGED, () => this.#rows.setPreview.run({ id, preview }))
  }

  /** The bytes of an object are right again: jobs that failed for want of them are queued again. */
  redoFailed(sha256: string): void {
    for (const id of this.#rows.withObject(sha256)) {
      this.#options.writer.change(id, MEDIA_CHANGED, () =>
        queueAgain(this.#options.jobs, id, 'failed', [analysisJob, previewJob, picturesJob, posterJob]),
      )
    }
  }

  /** The files of what has that many bytes in the library. */
  filesOfSize(sizeBytes: number): string[] {
    return this.#options.objects.filesOfSize(sizeBytes)
  }

  /** The id of a video with these bytes, or null. */
  idBySha256(sha256: string): string | null {
    return this.#rows.withObject(sha256)[0] ?? null
  }

  /** The file with the video's bytes. */
  sourceOf({ sha256 }: Pick<VideoRow, 'sha256'>): string {
    return this.#options.objects.pathOf(sha256)
  }

  /** The title of a video that is there, or null. */
  titleOf(id: string): string | null {
    try {
      return this.row(id).title
    } catch (error) {
      if (error instanceof EngineError && error.code === 'not_found') return null
      throw error
    }
  }
}
