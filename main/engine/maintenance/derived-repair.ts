import type { Database } from '../../platform/database/index.ts'
import { type DataFolder, sizeOf } from '../../platform/files/index.ts'
import type { Checksums, ObjectRefs } from '../objects/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { DerivedFolder, previewJob, type VideoRow, type Videos } from '../library/index.ts'
import { analysisJob, picturesJob } from '../scenes/index.ts'
import { AgainMarks } from './again-marks.ts'

export interface DerivedRepairOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly refs: ObjectRefs
  readonly videos: Videos
  readonly jobs: JobQueue
}

/** Has made again what verify found damaged and removed: pictures, frame indices, previews, sidecars. */
export class DerivedRepair {
  readonly #options: DerivedRepairOptions
  readonly #marks: AgainMarks

  constructor(options: DerivedRepairOptions) {
    this.#options = options
    this.#marks = new AgainMarks(options.folder)
  }

  /** A chore: queues the jobs for every video that is marked and whose bytes are good. */
  async takeUp(): Promise<void> {
    for (const videoId of this.#marks.sidecars()) {
      const row = this.#rowOf(videoId, true)
      if (row) this.#options.refs.markStale(row.sha256)
      this.#marks.removeSidecar(videoId)
    }
    for (const videoId of this.#marks.all()) {
      const row = this.#rowOf(videoId)
      if (row && !this.#marks.isReady(videoId, row.sha256)) continue
      if (row) await this.#queue(row)
      this.#marks.remove(videoId)
    }
  }

  #rowOf(videoId: string, evenDeleted = false): VideoRow | null {
    try {
      return this.#options.videos.row(videoId, { evenDeleted })
    } catch {
      // Deleted: when it is restored, pictures are made again as they are asked for.
      return null
    }
  }

  async #queue(row: VideoRow): Promise<void> {
    const { database, jobs, refs } = this.#options
    const lacksPreview = row.preview !== null && !(await this.#hasGoodPreview(row.id))
    database.transaction(() => {
      refs.markStale(row.sha256)
      if (row.poster > 0 && !jobs.isBusy(row.id, analysisJob, picturesJob)) jobs.enqueue(picturesJob, row.id, {})
      if (lacksPreview && !jobs.isBusy(row.id, previewJob)) jobs.enqueue(previewJob, row.id, {})
    })
  }

  async #hasGoodPreview(videoId: string): Promise<boolean> {
    const { folder, checksums } = this.#options
    if ((await sizeOf(new DerivedFolder(folder, videoId).preview)) === null) return false
    return (await checksums.matchesFile(videoId, 'preview')) !== false
  }
}
