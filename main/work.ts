import type { Albums } from './engine/albums/index.ts'
import type { Annotations } from './engine/annotations/index.ts'
import type { Catalogue } from './engine/catalogue/index.ts'
import type { FrameTasks } from './engine/frames/index.ts'
import type { Identity } from './engine/identity/index.ts'
import type { JobQueue } from './engine/jobs/index.ts'
import type { ObjectStore } from './engine/objects/index.ts'
import { type Chore, EVERY_MINUTE, HOURLY, Upkeep } from './engine/system/index.ts'
import type { Imports, Uploads, WatchedFolders } from './engine/uploads/index.ts'
import type { EngineError } from './contract/index.ts'
import type { Log } from './platform/log/index.ts'

export interface WorkParts {
  readonly uploads: Uploads
  readonly objects: ObjectStore
  readonly imports: Imports
  readonly watched: WatchedFolders
  readonly annotations: Annotations
  readonly albums: Albums
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly jobs: JobQueue
  readonly tasks: FrameTasks
  readonly log: Log
  /** Chores besides those of these parts. */
  readonly chores: readonly Chore[]
}

/** All that the engine does by itself. None of it runs on a library that is only read. */
export class Work {
  readonly #parts: WorkParts
  #upkeep: Upkeep | null = null
  #stopped: Promise<void> | null = null

  constructor(parts: WorkParts) {
    this.#parts = parts
  }

  /** Puts right what a crash left, before anything new is taken in; then goes on with everything that waits. */
  async start(): Promise<void> {
    const { uploads, objects, imports, watched, jobs, tasks, identity, log, chores } = this.#parts
    const sweepUploads = () => uploads.sweep((mediaId) => imports.holds(mediaId))
    await uploads.recover()
    await objects.sweep(uploads.pendingObjects())
    await sweepUploads()
    await this.#purge()
    jobs.start(['analysis', 'pictures', 'preview'])
    await tasks.start()
    await imports.start()
    watched.start()
    this.#upkeep = new Upkeep(
      [
        { name: 'stale uploads', everyMs: HOURLY, run: sweepUploads },
        { name: 'what was deleted', everyMs: EVERY_MINUTE, run: () => this.#purge() },
        { name: 'key usage', everyMs: EVERY_MINUTE, run: async () => identity.saveUsage() },
        ...chores,
      ],
      log,
    )
  }

  /** Holds what runs until the library can be written to again. */
  hold(why: EngineError): void {
    this.#parts.jobs.hold(why)
    this.#parts.tasks.hold(why)
  }

  /** Ends all of it so that the next start goes on. May be called twice, and before the start is over. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop())
  }

  async #stop(): Promise<void> {
    const { watched, imports, jobs, tasks } = this.#parts
    await watched.close()
    await imports.close()
    await Promise.all([jobs.close(), tasks.close()])
    await this.#upkeep?.close()
  }

  async #purge(): Promise<void> {
    const { annotations, albums, catalogue } = this.#parts
    annotations.purge()
    await albums.purge()
    await catalogue.purge()
  }
}
