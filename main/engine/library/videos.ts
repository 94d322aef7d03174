import fs from 'node:fs/promises'
import { EngineError, type JobStatus, type Video, type VideoActivity } from '../../contract/index.ts'
import { type Database, readRows } from '../../platform/database/index.ts'
import { crashPoint, type DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Job, JobQueue } from '../jobs/index.ts'
import type { ProbedVideo } from '../media/index.ts'
import type { ObjectStore } from '../objects/index.ts'
import { analysisJob, picturesJob } from '../scenes/index.ts'
import { previewJob } from './preview-job.ts'
import { toVideo, type VideoOrder, type VideoRow, VideoRows } from './video-rows.ts'

/** How long a deletion can be undone. */
const RESTORABLE_MS = 10 * 60_000

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
  readonly database: Database
  readonly folder: DataFolder
  readonly objects: ObjectStore
  readonly jobs: JobQueue
  readonly log: Log
  /** By which deletions can be undone, see `RunningClock`. */
  readonly now?: () => number
  readonly onChange: (videoId: string) => void
}

/** The videos of the library. */
export class Videos {
  readonly rows: VideoRows
  readonly #options: VideosOptions
  readonly #now: () => number

  constructor(options: VideosOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.rows = new VideoRows(options.database)
  }

  /** Adds a video; part of the caller's transaction. Queues a preview copy when the window cannot play it as it is. */
  add(video: NewVideo): void {
    const { metadata, startSeconds, playable } = video.probed
    this.rows.insert.run({
      id: video.videoId,
      ownerId: video.ownerId,
      title: video.title,
      filename: video.filename,
      contentType: video.contentType,
      sizeBytes: video.sizeBytes,
      sha256: video.sha256,
      tags: video.tags,
      custom: video.custom,
      metadata: JSON.stringify(metadata),
      durationSeconds: metadata.durationSeconds,
      startSeconds,
      playable: playable ? 1 : 0,
      now: video.createdAt ?? Date.now(),
    })
    if (!playable) this.#options.jobs.enqueue(previewJob, video.videoId, {})
    setImmediate(() => this.#options.onChange(video.videoId))
  }

  /** @throws EngineError `not_found`. */
  get(videoId: string): Video {
    return this.#describe(this.rows.get(videoId))
  }

  list(query: { search: string; sort: VideoOrder; offset: number; limit: number }) {
    const { rows, total, totalSeconds } = this.rows.page(query.search, query.sort, query.offset, query.limit)
    return { videos: readRows(rows, (row) => this.#describe(row)), total, totalSeconds }
  }

  update(videoId: string, change: { title?: string | undefined; tags?: string[] | undefined }): Video {
    this.rows.get(videoId)
    this.rows.update.run({
      id: videoId,
      title: change.title ?? null,
      tags: change.tags === undefined ? null : JSON.stringify(change.tags),
    })
    this.#options.onChange(videoId)
    return this.get(videoId)
  }

  /** Hides a video; `restore` undoes it until `purge` comes round. Work on it stops. @throws EngineError `not_found`. */
  async delete(videoId: string): Promise<void> {
    this.rows.get(videoId)
    this.rows.setDeleted.run({ id: videoId, deletedAt: this.#now() })
    await this.#options.jobs.cancelAllOf(videoId)
    this.#options.onChange(videoId)
  }

  /** @throws EngineError `not_found` when it was never there or its time is over. */
  restore(videoId: string): Video {
    this.rows.get(videoId, { evenDeleted: true })
    this.rows.setDeleted.run({ id: videoId, deletedAt: null })
    for (const definition of [analysisJob, previewJob]) {
      const job = this.#options.jobs.latest(videoId, definition)
      if (job?.status === 'cancelled') this.#options.jobs.enqueueAgain(job)
    }
    this.#options.onChange(videoId)
    return this.get(videoId)
  }

  /** Removes for good what was deleted longer ago than can be undone. */
  async purge(now = this.#now()): Promise<void> {
    const before = now - RESTORABLE_MS
    for (const { id } of this.rows.deletedBefore(before)) {
      const row = this.rows.get(id, { evenDeleted: true })
      // Restored while another one was being removed.
      if (row.deleted_at === null || row.deleted_at >= before) continue
      this.#options.log.info({ videoId: row.id }, 'removing a deleted video')
      // Its files before its row: a crash in between leaves a row that is purged again, not files that nobody knows.
      await fs.rm(this.#options.folder.derivedOf(row.id), { recursive: true, force: true })
      crashPoint('video.derived-removed')
      const remove = (): boolean => this.rows.remove.run({ id: row.id, before }).changes > 0
      await this.#options.objects.release(row.sha256, remove)
    }
  }

  /** The bytes of an object are right again: what failed for want of them is done again. */
  redoFailed(sha256: string): void {
    for (const { id } of this.rows.withObject(sha256)) {
      for (const definition of [analysisJob, previewJob, picturesJob]) {
        const job = this.#options.jobs.latest(id, definition)
        if (job?.status === 'failed') this.#options.jobs.enqueueAgain(job)
      }
      this.#options.onChange(id)
    }
  }

  /** The file with the video's bytes. */
  sourceOf(row: VideoRow): string {
    return this.#options.objects.pathOf(row.sha256)
  }

  /** The title of a video that is there, or null. */
  titleOf(videoId: string): string | null {
    try {
      return this.rows.get(videoId).title
    } catch (error) {
      if (error instanceof EngineError && error.code === 'not_found') return null
      throw error
    }
  }

  #describe(row: VideoRow): Video {
    const { jobs } = this.#options
    const activities = (['analysis', 'preview'] as const).flatMap((kind) => {
      // A preview copy is of interest only where there is none and one is needed.
      if (kind === 'preview' && (row.playable === 1 || row.preview !== null)) return []
      return toActivity(kind, jobs.latest(row.id, kind === 'analysis' ? analysisJob : previewJob)) ?? []
    })
    return toVideo(row, activities)
  }
}

const QUIET: ReadonlySet<JobStatus> = new Set(['completed', 'cancelled'])

function toActivity(kind: 'analysis' | 'preview', job: Job | null): VideoActivity | null {
  if (!job || QUIET.has(job.status)) return null
  return {
    kind,
    jobId: job.id,
    status: job.status,
    progressPercent: job.progress,
    step: job.step,
    secondsLeft: job.secondsLeft,
    errorMessage: job.errorMessage,
  }
}
