import type { Database } from '../../platform/database/index.ts'
import { JobInventory } from '../jobs/index.ts'
import { VideoInventory } from '../library/index.ts'
import { ObjectInventory } from '../objects/index.ts'
import { TaskInventory } from '../pipeline/index.ts'
import { UploadInventory } from '../uploads/index.ts'

/** What the rows of a library say about its files. Only reads; the connection may be of any thread. */
export class Inventory {
  readonly objects: ObjectInventory
  readonly videos: VideoInventory
  readonly uploads: UploadInventory
  readonly tasks: TaskInventory
  readonly jobs: JobInventory

  constructor(database: Database) {
    this.objects = new ObjectInventory(database)
    this.videos = new VideoInventory(database)
    this.uploads = new UploadInventory(database)
    this.tasks = new TaskInventory(database)
    this.jobs = new JobInventory(database)
  }

  /** What a person knows an object by. */
  aboutObject(sha256: string): { videoId: string | null; title: string | null } {
    const [video] = this.videos.ofObject(sha256)
    if (video) return { videoId: video.id, title: video.title }
    return { videoId: null, title: this.tasks.titleOfObject(sha256) }
  }

  /** Whether jobs, tasks or uploads run. */
  isBusy(): boolean {
    return this.jobs.isBusy() || this.tasks.isBusy() || this.uploads.isBusy()
  }

  /** Bytes that a verify reads. @param after the object after which it begins. */
  bytesToRead(after: string): number {
    return this.objects.bytes(after) + this.uploads.bytes()
  }
}
