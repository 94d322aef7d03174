import type { Caring } from './caring.ts'
import type { Albums } from './engine/albums/index.ts'
import type { Annotations } from './engine/annotations/index.ts'
import type { Catalogue } from './engine/library/index.ts'
import type { Pipeline } from './engine/pipeline/index.ts'
import type { JobQueue } from './engine/jobs/index.ts'
import type { Sidecars } from './engine/objects/index.ts'
import type { RunningClock } from './engine/running-clock.ts'
import { systemClock } from './base/clock.ts'
import { type Chore, ChoreRunner, EVERY_MINUTE, HOURLY } from './engine/chores.ts'
import type { Imports, Uploads, WatchedFolders } from './engine/uploads/index.ts'
import type { EngineError } from './contract/index.ts'
import type { Log } from './platform/log/index.ts'

export interface WorkParts {
  readonly uploads: Uploads
  readonly care: Caring
  readonly imports: Imports
  readonly watched: WatchedFolders
  readonly annotations: Annotations
  readonly albums: Albums
  readonly catalogue: Catalogue
  readonly jobs: JobQueue
  readonly tasks: Pipeline
  readonly sidecars: Sidecars
  readonly undoClock: RunningClock
  readonly log: Log
  /** Chores besides those of these parts. */
  readonly chores: readonly Chore[]
}

/** All that the engine does by itself. None of it runs on a library that is only read. */
export class Work {
  readonly #parts: WorkParts
  #upkeep: ChoreRunner | null = null
  #stopped: Promise<void> | null = null

  constructor(parts: WorkParts) {
    this.#parts = parts
  }

  /** Puts right what a crash left, before anything new is taken in; then goes on with everything that waits. */
  async start(): Promise<void> {
    const { uploads, care, imports, watched, jobs, tasks, sidecars, log, chores } = this.#parts
    const sweepUploads = () => uploads.sweep((mediaId) => imports.uses(mediaId))
    await care.start()
    await sweepUploads()
    await this.#purge()
    await care.takeUp()
    jobs.start(['analysis', 'pictures', 'preview'])
    await tasks.start()
    await imports.start()
    watched.start()
    sidecars.nudge()
    this.#upkeep = new ChoreRunner(
      [
        { name: 'stale uploads', everyMs: HOURLY, run: sweepUploads },
        { name: 'what was deleted', everyMs: EVERY_MINUTE, run: () => this.#purge() },
        { name: 'sidecars', everyMs: EVERY_MINUTE, run: async () => sidecars.nudge() },
        ...care.chores,
        ...chores,
      ],
      { clock: systemClock, log },
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
    const { care, watched, imports, jobs, tasks } = this.#parts
    await care.close()
    await watched.close()
    await imports.close()
    await Promise.all([jobs.close(), tasks.close()])
    // What healed since waits as a job for the next start.
    if (this.#upkeep) await care.takeUp()
    await this.#upkeep?.close()
  }

  async #purge(): Promise<void> {
    const { annotations, albums, catalogue, undoClock } = this.#parts
    annotations.purge()
    await albums.purge()
    await catalogue.purge()
    undoClock.save()
  }
}
