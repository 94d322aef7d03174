import type { Database } from '../../platform/database/index.ts'
import { type DataFolder, sizeOf } from '../../platform/files/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { DerivedFolder, type ListedVideo, type MediaReader, previewJob, VideoInventory } from '../library/index.ts'
import { type Checksums, markSidecarsStale } from '../objects/index.ts'
import { analysisJob, picturesJob } from '../scenes/index.ts'
import { RepairMarks } from './repair-marks.ts'

export interface DerivedRepairOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly media: MediaReader
  readonly jobs: JobQueue
}

/** Queues what verify found damaged and removed, to be made again: pictures, frame indices, previews, sidecars. */
export class DerivedRepair {
  readonly #options: DerivedRepairOptions
  readonly #marks: RepairMarks
  readonly #videos: VideoInventory

  constructor(options: DerivedRepairOptions) {
    this.#options = options
    this.#marks = new RepairMarks(options.folder)
    this.#videos = new VideoInventory(options.database)
  }

  /** A chore: queues the jobs for every video that is marked and whose object is not damaged any more. */
  async takeUp(): Promise<void> {
    const { database, media } = this.#options
    for (const videoId of this.#marks.sidecars()) {
      const video = this.#videos.get(videoId)
      if (video) markSidecarsStale(database, [video.sha256])
      this.#marks.removeSidecar(videoId)
    }
    for (const videoId of this.#marks.all()) {
      // Of a deleted video pictures are made again when they are asked for, once it is restored.
      const video = media.exists(videoId) ? this.#videos.get(videoId) : null
      if (video && !this.#marks.isReady(videoId, video.sha256)) continue
      if (video) await this.#queue(video)
      this.#marks.remove(videoId)
    }
  }

  async #queue({ id, sha256, poster, preview }: ListedVideo): Promise<void> {
    const { database, jobs } = this.#options
    const lacksPreview = preview !== null && !(await this.#hasGoodPreview(id))
    database.transaction(() => {
      markSidecarsStale(database, [sha256])
      if (poster > 0 && !jobs.isBusy(id, analysisJob, picturesJob)) jobs.enqueue(picturesJob, id, {})
      if (lacksPreview && !jobs.isBusy(id, previewJob)) jobs.enqueue(previewJob, id, {})
    })
  }

  async #hasGoodPreview(videoId: string): Promise<boolean> {
    const { folder, checksums } = this.#options
    if ((await sizeOf(new DerivedFolder(folder, videoId).preview)) === null) return false
    return (await checksums.matchesFile(videoId, 'preview')) !== false
  }
}
