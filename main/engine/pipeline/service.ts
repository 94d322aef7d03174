import type { EngineError } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Checksums } from '../objects/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import type { Models } from '../models/index.ts'
import type { ObjectRefs, ObjectStore, Quarantine, Swept } from '../objects/index.ts'
import type { Operations } from '../operations.ts'
import { AnnotatedFilms } from './annotated/films.ts'
import { Archives } from './archives.ts'
import { TaskFiles } from './files.ts'
import { implementTasks } from './handlers.ts'
import { Inputs, type LibraryVideos } from './inputs.ts'
import { type Receiving, ReceivingVideos } from './receiving.ts'
import { Progress } from './progress.ts'
import { TaskRunner } from './runner.ts'
import { TaskRows } from './task-rows.ts'
import { Tasks } from './tasks.ts'

export interface PipelineOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly objects: ObjectStore
  readonly library: LibraryVideos
  /** Runs jobs of kind `task`, and no others. */
  readonly jobs: JobQueue
  readonly refs: ObjectRefs
  readonly models: Models
  readonly tools: () => Promise<FfmpegTools>
  readonly log: Log
  /** Whether videos may be fetched from private networks. */
  readonly allowPrivateUrls: boolean
  readonly onChange: () => void
}

/** Everything that frame-pipeline tasks consist of, put together. */
export class Pipeline {
  readonly #jobs: JobQueue
  readonly #rows: TaskRows
  readonly #archives: Archives
  readonly #tasks: Tasks
  readonly #files: TaskFiles
  readonly #annotated: AnnotatedFilms
  readonly #receiving: ReceivingVideos

  constructor({ objects, refs, library, jobs, models, log, allowPrivateUrls, ...options }: PipelineOptions) {
    const { database, folder, checksums, tools, onChange } = options
    const rows = new TaskRows(database)
    const archives = new Archives(folder)
    const receiving = new ReceivingVideos(folder)
    const inputs = new Inputs({ folder, checksums, objects, refs, library, receiving, tools, allowPrivateUrls })
    const parts = { database, rows, archives, checksums, inputs, progress: new Progress(), onChange }
    const tasks = new Tasks({ ...parts, jobs })
    this.#jobs = jobs
    this.#rows = rows
    this.#archives = archives
    this.#tasks = tasks
    this.#receiving = receiving
    this.#files = new TaskFiles({ folder, checksums, objects, library, inputs, tasks, rows, tools })
    this.#annotated = new AnnotatedFilms({ folder, checksums, archives, inputs, tasks, rows, tools })
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

  /** What a task is called. @throws EngineError `not_found`. */
  titleOf(taskId: string): string {
    return this.#tasks.row(taskId).title
  }

  /** A video begins to come in inside of a request. @throws EngineError `storage_full`, `storage_refused`. */
  receiveVideo(): Promise<Receiving> {
    return this.#receiving.begin()
  }

  /** Puts right what a crash left, and goes on with what waits. */
  async start(): Promise<void> {
    await this.#annotated.sweep()
    this.#jobs.start()
  }

  /** See `JobQueue.hold`. */
  hold(why: EngineError): void {
    this.#jobs.hold(why)
  }

  async close(): Promise<void> {
    await Promise.all([this.#jobs.close(), this.#annotated.close()])
  }
}
