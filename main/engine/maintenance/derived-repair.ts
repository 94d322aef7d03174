import type { Database } from '../../platform/database/index.ts'
import { type DataFolder, sizeOf } from '../../platform/files/index.ts'
import type { Checksums } from '../objects/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { DerivedFolder, previewJob, type VideoRow, type Videos } from '../library/index.ts'
import { analysisJob, picturesJob } from '../scenes/index.ts'
import { AgainMarks } from './again-marks.ts'

export interface DerivedRepairOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly videos: Videos
  readonly jobs: JobQueue
}

/** Has made again what verify found damaged and removed: pictures, frame indices, previews, sidecars. */
export class DerivedRepair {
  readonly #options: DerivedRepairOptions
  readonly #marks: AgainMarks
  readonly #touch
  readonly #ofObject

  constructor(options: DerivedRepairOptions) {
    this.#options = options
    this.#marks = new AgainMarks(options.folder)
    // Changes nothing but what triggers note: that the sidecar is to be written again.
    this.#touch = options.database.prepare('UPDATE videos SET title = title WHERE id = :id')
    this.#ofObject = options.database.prepare<{ id: string }>('SELECT id FROM videos WHERE sha256 = :sha256')
  }

  /** A chore: queues the jobs for every video that is marked and whose bytes are good. */
  async takeUp(): Promise<void> {
    for (const videoId of this.#marks.sidecars()) {
      this.#touch.run({ id: videoId })
      this.#marks.removeSidecar(videoId)
    }
    for (const videoId of this.#marks.all()) {
      const row = this.#rowOf(videoId)
      if (row && !this.#marks.isReady(videoId, row.sha256)) continue
      if (row) await this.#queue(row)
      this.#marks.remove(videoId)
    }
  }

  /** The bytes of an object are good again: what was made of the damaged ones is not to be relied on. */
  async objectHealed(sha256: string): Promise<void> {
    for (const { id } of this.#ofObject.all({ sha256 })) this.#marks.add(id, null)
    await this.takeUp()
  }

  #rowOf(videoId: string): VideoRow | null {
    try {
      return this.#options.videos.rows.get(videoId)
    } catch {
      // Deleted: when it is restored, pictures are made again as they are asked for.
      return null
    }
  }

  async #queue(row: VideoRow): Promise<void> {
    const { database, jobs } = this.#options
    const lacksPreview = row.preview !== null && !(await this.#hasGoodPreview(row.id))
    database.transaction(() => {
      this.#touch.run({ id: row.id })
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
