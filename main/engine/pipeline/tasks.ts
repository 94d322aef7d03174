import { ulid } from 'ulid'
import type { z } from 'zod'
import { toInstant, toInstantOrNull } from '../../base/clock.ts'
import {
  EngineError,
  type TaskInput,
  TaskRequest,
  type Task,
  type TaskResults,
  type TaskStatus,
} from '../../contract/index.ts'
import { type Database, readRow, readRows } from '../../platform/database/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import type { Archives } from './archives.ts'
import { beforeFirst, ChunkWriter } from './chunk-writer.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Inputs } from './inputs.ts'
import type { TaskProgress } from './task-progress.ts'
import { unopenedStart } from './sampling.ts'
import { stagesOf } from './steps.ts'
import { taskJob } from './task-job.ts'
import { TaskVideo, type TaskRow, type TaskRows } from './task-rows.ts'

export interface TasksOptions {
  readonly database: Database
  readonly rows: TaskRows
  readonly jobs: JobQueue
  readonly archives: Archives
  readonly inputs: Inputs
  readonly progress: TaskProgress
  readonly onChange: (taskId: string) => void
}

export interface TaskListQuery {
  readonly status?: TaskStatus | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly mediaId?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

const ENDED: ReadonlySet<TaskStatus> = new Set(['succeeded', 'failed', 'cancelled'])

/** Creates, lists, cancels and removes tasks. `TaskRunner` runs them. */
export class Tasks {
  readonly #options: TasksOptions

  constructor(options: TasksOptions) {
    this.#options = options
  }

  /** Durable when it returns (PI-1). @throws EngineError `invalid_input`, `too_large`, `storage_full`. */
  async create(request: TaskRequest): Promise<Task> {
    const { database, inputs, jobs, rows, onChange } = this.#options
    const [input] = request.input
    if (!input) throw new EngineError('invalid_input', 'One input is needed.')
    stagesOf(request.steps)
    const taskId = `vt_${ulid()}`
    const admitted = await inputs.admit(input)
    const kept = JSON.stringify({ ...request, input: [admitted.input] })
    const { title, mediaId, staged } = admitted
    const add = (): void =>
      database.transaction(() => {
        const jobId = jobs.enqueue(taskJob, taskId, {}).id
        const sha256 = staged?.sha256 ?? null
        rows.insert.run({ id: taskId, request: kept, title, mediaId, sha256, jobId, now: Date.now() })
      })
    if (staged) await inputs.keep(taskId, staged, add)
    else add()
    onChange(taskId)
    return await this.get(taskId)
  }

  /** @throws EngineError `not_found`. */
  async get(taskId: string): Promise<Task> {
    return await this.#describe(this.row(taskId))
  }

  /** PI-51. @throws EngineError `malformed` for a bad cursor. */
  async list(query: TaskListQuery): Promise<{ tasks: Task[]; nextCursor: string | null; hasMore: boolean }> {
    const { status = null, from, to, mediaId = null, cursor, limit } = query
    const rows = this.#options.rows.page({
      ...{ status, mediaId, limit },
      from: from === undefined ? null : Date.parse(from),
      to: to === undefined ? null : Date.parse(to),
      after: cursor === undefined ? null : readCursor(cursor),
    })
    const page = rows.slice(0, limit)
    const readable = readRows(page, wholeRow)
    const last = page.at(-1)
    const hasMore = rows.length > limit
    const tasks = await Promise.all(readable.map((row) => this.#describe(row)))
    return { tasks, nextCursor: hasMore && last ? writeCursor(last) : null, hasMore }
  }

  /** @throws EngineError `not_found` until it has succeeded (PI-60). */
  results(taskId: string): TaskResults {
    const { status } = this.row(taskId)
    const results = status === 'succeeded' ? this.#options.rows.results(taskId) : null
    if (results) return results
    throw new EngineError('not_found', `There are no results of this task: it is ${status}.`, { status })
  }

  /** PI-53 */
  async cancel(taskId: string): Promise<Task> {
    const { rows, jobs, onChange } = this.#options
    const { status, job_id: jobId } = this.row(taskId)
    if (status === 'succeeded' || status === 'failed') {
      throw new EngineError('conflict', `This task has ended already: it ${status}.`, { status })
    }
    if (status === 'pending' || status === 'running') {
      rows.requestCancel.run({ id: taskId })
      const isWaiting = jobs.get(jobId).status === 'pending'
      const cancelled = jobs.cancel(jobId)
      if (isWaiting) {
        await cancelled
        await this.#endWaiting(this.row(taskId))
      } else cancelled.catch(() => undefined)
      onChange(taskId)
    }
    return await this.get(taskId)
  }

  /** @throws EngineError `conflict` while it has not ended. */
  async remove(taskId: string): Promise<void> {
    const { database, rows, archives, inputs, jobs, onChange } = this.#options
    const row = this.row(taskId)
    const isRemoved = database.transaction(() => {
      if (rows.remove.run({ id: taskId }).changes === 0) return false
      inputs.forget(taskId)
      return true
    })
    if (!isRemoved) {
      throw new EngineError('conflict', 'This task has not ended. Cancel it first.', { status: row.status })
    }
    await jobs.forget(row.job_id)
    await archives.remove(taskId)
    await inputs.release(row)
    onChange(taskId)
  }

  /** @throws EngineError `not_found`. */
  row(taskId: string): TaskRow {
    const row = this.#options.rows.get(taskId)
    if (!row) throw new EngineError('not_found', 'There is no such task.')
    return row
  }

  /** Ends the stream of a task that never ran: readers may be waiting for its first event. */
  async #endWaiting(row: TaskRow): Promise<void> {
    const { archives, rows } = this.#options
    const request = requestOf(row)
    await archives.with(row.id, async (archive) => {
      const rangeStart = unopenedStart(request.input[0]?.range)
      const facts = { taskId: row.id, model: request.model ?? null, rangeStart, totalFrames: null, fps: 0 }
      const end = new ChunkWriter(facts, true).end(beforeFirst(rangeStart, 0), { reason: 'cancelled' })
      await archive.end(end, async () => {
        const ended = { status: 'cancelled', reason: 'cancelled', errorCode: null, errorMessage: null, processed: 0 }
        rows.finish.run({ id: row.id, ...ended, now: Date.now() })
      })
    })
  }

  async #describe(row: TaskRow): Promise<Task> {
    const { archives, progress } = this.#options
    const live = ENDED.has(row.status) ? null : progress.of(row.id)
    return {
      taskId: row.id,
      status: row.status,
      request: requestOf(row),
      title: row.title,
      mediaId: row.media_id,
      video: videoOf(row),
      processedFrames: live?.processed ?? row.processed_frames,
      dueFrames: row.due_frames,
      secondsLeft: live?.secondsLeft ?? null,
      streamBytes: await archives.lengthOf(row.id, ENDED.has(row.status)),
      finishReason: row.finish_reason,
      errorCode: row.error_code,
      errorMessage: row.error_message,
      createdAt: toInstant(row.created_at),
      startedAt: toInstantOrNull(row.started_at),
      completedAt: toInstantOrNull(row.completed_at),
    }
  }
}

/** @throws EngineError `library_damaged`. */
function wholeRow(row: TaskRow): TaskRow {
  requestOf(row)
  videoOf(row)
  return row
}

/** @throws EngineError `library_damaged`. */
export function requestOf({ request }: TaskRow): TaskRequest {
  return readRow('task', () => TaskRequest.parse(JSON.parse(request)))
}

/** A task's only input. */
export function inputOf(row: TaskRow): TaskInput {
  const [input] = requestOf(row).input
  if (!input) throw new EngineError('internal', 'This task has no input.')
  return input
}

function videoOf({ video }: TaskRow): z.infer<typeof TaskVideo> | null {
  return readRow('task', () => (video === null ? null : TaskVideo.parse(JSON.parse(video))))
}
