import fs from 'node:fs/promises'
import { EngineError } from '../../contract/index.ts'
import { crashPoint, type DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import type { Checksums, ObjectStore } from '../objects/index.ts'
import { analysisJob, type SceneStore } from '../scenes/index.ts'
import { queueAgain } from './activities.ts'
import { MEDIA_DELETED, MEDIA_PURGED, MEDIA_RESTORED } from './events.ts'
import type { MediaRow, MediaRows } from './media-rows.ts'
import { previewJob } from './preview-job.ts'
import type { MediaWriter } from './media-writer.ts'

/** How long a deletion can be undone. */
const RESTORABLE_MS = 10 * 60_000

interface Outcome {
  readonly done: string[]
  readonly failed: { videoId: string; message: string }[]
}

export interface TrashOptions {
  readonly folder: DataFolder
  readonly rows: MediaRows
  readonly writer: MediaWriter
  readonly objects: ObjectStore
  readonly checksums: Checksums
  readonly scenes: SceneStore
  readonly jobs: JobQueue
  readonly log: Log
  /** By which deletions can be undone, see `RunningClock`. */
  readonly now: () => number
}

/** Deletes items, which can be undone for a while, and then for good. */
export class Trash {
  readonly #options: TrashOptions

  constructor(options: TrashOptions) {
    this.#options = options
  }

  /** Hides an item, and what is shown of it elsewhere. Its jobs are cancelled. @throws EngineError `not_found`. */
  async delete(id: string): Promise<void> {
    const { jobs, now, rows, writer } = this.#options
    rows.get(id)
    writer.change(id, MEDIA_DELETED, () => rows.setDeleted.run({ id, deletedAt: now() }))
    await jobs.cancelAllOf(id)
  }

  /** @throws EngineError `not_found` when it was never there or its time is over. */
  restore(id: string): void {
    const { jobs, rows, writer } = this.#options
    rows.get(id, { evenDeleted: true })
    writer.change(id, MEDIA_RESTORED, () => {
      rows.setDeleted.run({ id, deletedAt: null })
      // Pictures are made again when they are asked for.
      queueAgain(jobs, id, 'cancelled', [analysisJob, previewJob])
    })
  }

  /** The same of several uploaded videos, as one change. What cannot be is told; the others go. */
  async deleteMany(ids: readonly string[]): Promise<Outcome> {
    const { jobs, now, writer, rows } = this.#options
    const outcome = this.#each(ids, (id) => {
      assertUploaded(rows.get(id))
      writer.change(id, MEDIA_DELETED, () => rows.setDeleted.run({ id, deletedAt: now() }))
    })
    await Promise.all(outcome.done.map((id) => jobs.cancelAllOf(id)))
    return outcome
  }

  restoreMany(ids: readonly string[]): Outcome {
    return this.#each(ids, (id) => {
      assertUploaded(this.#options.rows.get(id, { evenDeleted: true }))
      this.restore(id)
    })
  }

  #each(ids: readonly string[], act: (id: string) => void): Outcome {
    const done: string[] = []
    const failed: Outcome['failed'] = []
    this.#options.writer.together(() => {
      for (const videoId of new Set(ids)) {
        try {
          act(videoId)
          done.push(videoId)
        } catch (error) {
          if (!(error instanceof EngineError && error.code === 'not_found')) throw error
          failed.push({ videoId, message: error.message })
        }
      }
    })
    return { done, failed }
  }

  /** Removes for good what was deleted longer ago than can be undone. */
  async purge(now = this.#options.now()): Promise<void> {
    const { folder, log, objects, rows } = this.#options
    const before = now - RESTORABLE_MS
    for (const { id } of rows.deletedBefore(before)) {
      const row = rows.get(id, { evenDeleted: true })
      // Restored while another one was being removed.
      if (row.deleted_at === null || row.deleted_at >= before) continue
      log.info({ videoId: id }, 'removing a deleted video')
      // Its files before its row: a crash in between leaves a row that is purged again, not files without a row.
      await fs.rm(folder.derivedOf(id), { recursive: true, force: true })
      crashPoint('video.derived-removed')
      if (row.source === 'uploaded') await objects.release(row.sha256, () => this.#remove(id, before))
      else this.#remove(id, before)
    }
  }

  #remove(id: string, before: number): boolean {
    const { checksums, rows, scenes, writer } = this.#options
    return writer.remove(id, MEDIA_PURGED, () => {
      if (rows.remove.run({ id, before }).changes === 0) return false
      scenes.forget(id)
      checksums.forgetAll(id)
      return true
    })
  }
}

function assertUploaded({ source }: MediaRow): void {
  if (source !== 'uploaded') throw new EngineError('not_found', 'There is no such video.')
}
