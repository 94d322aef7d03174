import fs from 'node:fs/promises'
import { monotonic } from '../../base/clock.ts'
import { asEngineError, type StreamChunk, type TaskRequest, type TaskStatus } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { type Checksums, STREAM } from '../objects/index.ts'
import type { Job, JobRun } from '../jobs/index.ts'
import type { StreamArchive } from './archive.ts'
import type { Archives } from './archives.ts'
import { END_OF_STREAM, type Ending } from './chunk-writer.ts'
import type { Inputs } from './inputs.ts'
import type { TaskProgress } from './task-progress.ts'
import { RollUp } from './roll-up.ts'
import { TaskRun, type RunParts } from './task-run.ts'
import type { TaskRow, TaskRows } from './task-rows.ts'
import { inputOf, requestOf } from './tasks.ts'

export interface RunnerOptions extends RunParts {
  readonly database: Database
  readonly rows: TaskRows
  readonly archives: Archives
  readonly checksums: Checksums
  readonly inputs: Inputs
  readonly progress: TaskProgress
  readonly onChange: (taskId: string) => void
}

/** How often a running task's progress is saved. */
const SAVE_EVERY_MS = 5000

/** Runs tasks, from where an earlier process left them. */
export class TaskRunner {
  readonly #options: RunnerOptions

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  /** Does `taskJob`. The job succeeds with any end of its task, also with a failed one. */
  readonly handle = async ({ subjectId: taskId }: Job, { signal }: JobRun): Promise<void> => {
    const { rows, archives, progress, onChange } = this.#options
    const row = rows.get(taskId)
    if (row?.completed_at !== null) return
    rows.begin.run({ id: taskId, now: Date.now() })
    onChange(taskId)
    try {
      await archives.with(taskId, (archive) => this.#run(row, archive, signal))
    } finally {
      progress.end(taskId)
      onChange(taskId)
    }
  }

  async #run(row: TaskRow, archive: StreamArchive, signal: AbortSignal): Promise<void> {
    const request = requestOf(row)
    const last = await archive.lastChunk()
    if (last !== null && last.finish_reason !== null) {
      // An earlier process ended the stream, but crashed before it ended the task.
      await this.#settleStored(row.id, request, archive, last)
      return
    }
    const run = await TaskRun.resume(this.#options, this.#callOf(row, request, archive, signal))
    const ending = await this.#endingOf(run, row.id, signal)
    await run.stored()
    const events = run.end(ending)
    const usage = { processed_frames: run.position.decoded, processing_time_ms: run.position.elapsedMs }
    await archive.end(events, () => this.#settle(row.id, request, archive, ending, usage))
  }

  /** @throws what interrupts the run but does not end the task: Fieldreel closes, or the disk is full. */
  async #endingOf(run: TaskRun, taskId: string, signal: AbortSignal): Promise<Ending> {
    const isCancelled = () => this.#options.rows.get(taskId)?.status === 'cancelling'
    if (isCancelled()) return { reason: 'cancelled' }
    try {
      const reason = await run.work()
      return { reason }
    } catch (error) {
      if (isCancelled()) return { reason: 'cancelled' }
      if (signal.aborted) throw error
      const { code, message, cause } = asEngineError(error)
      if (code === 'storage_full' || code === 'storage_refused') throw error
      this.#options.log.error({ task: taskId, err: cause ?? error, code }, 'a task failed')
      return { reason: 'error', error: { code, message } }
    }
  }

  #callOf(row: TaskRow, request: TaskRequest, archive: StreamArchive, signal: AbortSignal) {
    const { rows, archives, inputs, progress, onChange } = this.#options
    const input = inputOf(row)
    let savedAt = monotonic()
    return {
      ...{ taskId: row.id, request, archive, signal, stateFile: archives.stateFile(row.id) },
      open: async () => await inputs.open(rows.get(row.id) ?? row, input, rows, signal),
      onOpened: ({ facts }: { facts: unknown }, dueFrames: number) => {
        rows.setVideo.run({ id: row.id, video: JSON.stringify(facts), dueFrames })
        progress.begin(row.id, rows.get(row.id)?.processed_frames ?? 0, dueFrames)
        onChange(row.id)
      },
      onProgress: (processed: number) => {
        progress.report(row.id, processed)
        onChange(row.id)
        if (monotonic() - savedAt < SAVE_EVERY_MS) return
        savedAt = monotonic()
        rows.saveProgress.run({ id: row.id, processed })
      },
    }
  }

  async #settleStored(taskId: string, request: TaskRequest, archive: StreamArchive, last: StreamChunk): Promise<void> {
    const { finish_reason: reason, error, usage = { processed_frames: 0, processing_time_ms: 0 } } = last
    if (reason === null) return
    const settle = () => this.#settle(taskId, request, archive, { reason, ...(error && { error }) }, usage)
    if (archive.isEnded) await settle()
    else await archive.end(END_OF_STREAM, settle)
  }

  /** Saves how a task ended, with its results. */
  async #settle(
    taskId: string,
    request: TaskRequest,
    archive: StreamArchive,
    { reason, error }: Ending,
    usage: NonNullable<StreamChunk['usage']>,
  ): Promise<void> {
    const { rows, database, archives, checksums } = this.#options
    const status: TaskStatus = reason === 'error' ? 'failed' : reason === 'cancelled' ? 'cancelled' : 'succeeded'
    const results = status === 'succeeded' ? await rollUp(taskId, request, archive, usage) : null
    await checksums.record(taskId, [STREAM])
    database.transaction(() => {
      if (results) rows.saveResults.run({ id: taskId, results: JSON.stringify(results) })
      rows.finish.run({
        ...{ id: taskId, status, reason, now: Date.now(), processed: usage.processed_frames },
        errorCode: error?.code.toUpperCase() ?? null,
        errorMessage: error?.message ?? null,
      })
    })
    await fs.rm(archives.stateFile(taskId), { force: true })
  }
}

async function rollUp(
  taskId: string,
  request: TaskRequest,
  archive: StreamArchive,
  usage: NonNullable<StreamChunk['usage']>,
) {
  const all = new RollUp(request.counting)
  // An empty stream has no file yet.
  if (archive.length > 0) for await (const chunk of archive.chunks(new AbortController().signal)) all.add(chunk)
  return all.results({ id: taskId, model: request.model ?? null, usage })
}
