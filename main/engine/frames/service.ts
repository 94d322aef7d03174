import type { Database } from '../../platform/database/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import type { Models } from '../models/index.ts'
import type { ObjectStore, Quarantine, Swept } from '../objects/index.ts'
import type { Operations } from '../operations.ts'
import { AnnotatedFilms } from './annotated/films.ts'
import { Archives } from './archives.ts'
import { TaskFiles } from './files.ts'
import { implementTasks } from './handlers.ts'
import { Inputs, type LibraryVideos } from './inputs.ts'
import { Progress } from './progress.ts'
import { TaskRunner } from './runner.ts'
import { TaskRows } from './task-rows.ts'
import { Tasks } from './tasks.ts'

export interface FrameTasksOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly objects: ObjectStore
  readonly library: LibraryVideos
  /** Runs jobs of kind `task`, and no others. */
  readonly jobs: JobQueue
  readonly models: Models
  readonly tools: () => Promise<FfmpegTools>
  readonly log: Log
  /** Whether videos may be fetched from private networks. */
  readonly allowPrivateUrls: boolean
  readonly onChange: () => void
}

/** Everything that frame-pipeline tasks consist of, put together. */
export class FrameTasks {
  readonly #jobs: JobQueue
  readonly #rows: TaskRows
  readonly #archives: Archives
  readonly #tasks: Tasks
  readonly #files: TaskFiles
  readonly #annotated: AnnotatedFilms

  constructor({ objects, library, jobs, models, log, allowPrivateUrls, ...options }: FrameTasksOptions) {
    const { database, folder, tools, onChange } = options
    const rows = new TaskRows(database)
    const archives = new Archives(folder)
    const inputs = new Inputs({ folder, objects, library, tools, allowPrivateUrls })
    const parts = { database, rows, archives, inputs, progress: new Progress(), onChange }
    const tasks = new Tasks({ ...parts, jobs })
    this.#jobs = jobs
    this.#rows = rows
    this.#archives = archives
    this.#tasks = tasks
    this.#files = new TaskFiles({ folder, objects, library, inputs, tasks, rows, tools })
    this.#annotated = new AnnotatedFilms({ folder, archives, inputs, tasks, rows, tools })
    jobs.register('task', new TaskRunner({ ...parts, models, tools, folder, log }).handle)
  }

  /** Answers the operations of contract/task.ts. */
  implement(operations: Operations): void {
    const [tasks, archives, files, annotated] = [this.#tasks, this.#archives, this.#files, this.#annotated]
    implementTasks(operations, { tasks, archives, files, annotated })
  }

  has(taskId: string): boolean {
    return this.#rows.get(taskId) !== null
  }

  /** Finds streams that no task has. */
  async sweepStreams(quarantine: Quarantine): Promise<Swept> {
    return await this.#archives.sweep(() => this.#rows.ids(), quarantine)
  }

  /** Puts right what a crash left, and goes on with what waits. */
  async start(): Promise<void> {
    await this.#annotated.sweep()
    this.#jobs.start(['task'])
  }

  async close(): Promise<void> {
    await Promise.all([this.#jobs.close(), this.#annotated.close()])
  }
}
