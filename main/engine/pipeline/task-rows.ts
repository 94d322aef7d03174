import { Task, TaskResults, type FinishReason, type TaskStatus } from '../../contract/index.ts'
import { type Database, readRow } from '../../platform/database/index.ts'

export interface TaskRow {
  id: string
  status: TaskStatus
  request: string
  title: string
  media_id: string | null
  sha256: string | null
  video: string | null
  job_id: string
  processed_frames: number
  due_frames: number | null
  finish_reason: FinishReason | null
  error_code: string | null
  error_message: string | null
  created_at: number
  started_at: number | null
  completed_at: number | null
}

export interface TaskQuery {
  readonly status: TaskStatus | null
  /** Milliseconds since 1970 (PI-51). */
  readonly from: number | null
  readonly to: number | null
  readonly mediaId: string | null
  /** The last row of the page before. */
  readonly after: { readonly createdAt: number; readonly id: string } | null
  readonly limit: number
}

/** The `tasks` and `task_results` tables. */
export class TaskRows {
  readonly insert
  readonly begin
  readonly requestCancel
  readonly setObject
  readonly setVideo
  readonly saveProgress
  readonly finish
  readonly remove
  readonly saveResults
  readonly #get
  readonly #results
  readonly #page
  readonly #ids

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO tasks (id, status, request, title, media_id, sha256, job_id, created_at)
       VALUES (:id, 'pending', :request, :title, :mediaId, :sha256, :jobId, :now)`,
    )
    this.begin = database.prepare(
      `UPDATE tasks SET status = 'running', started_at = coalesce(started_at, :now) WHERE id = :id AND status = 'pending'`,
    )
    this.requestCancel = database.prepare(
      `UPDATE tasks SET status = 'cancelling' WHERE id = :id AND status IN ('pending', 'running')`,
    )
    this.setObject = database.prepare('UPDATE tasks SET sha256 = :sha256 WHERE id = :id')
    this.setVideo = database.prepare('UPDATE tasks SET video = :video, due_frames = :dueFrames WHERE id = :id')
    this.saveProgress = database.prepare('UPDATE tasks SET processed_frames = :processed WHERE id = :id')
    this.finish = database.prepare(
      `UPDATE tasks SET status = :status, finish_reason = :reason, error_code = :errorCode, error_message = :errorMessage,
              processed_frames = :processed, completed_at = :now
       WHERE id = :id AND status IN ('pending', 'running', 'cancelling')`,
    )
    this.remove = database.prepare(
      `DELETE FROM tasks WHERE id = :id AND status IN ('succeeded', 'failed', 'cancelled')`,
    )
    this.saveResults = database.prepare(
      `INSERT INTO task_results (task_id, results) VALUES (:id, :results)
       ON CONFLICT (task_id) DO UPDATE SET results = excluded.results`,
    )
    this.#get = database.prepare<TaskRow>('SELECT * FROM tasks WHERE id = :id')
    this.#results = database.prepare<{ results: string }>('SELECT results FROM task_results WHERE task_id = :id')
    this.#page = database.prepare<TaskRow>(
      `SELECT * FROM tasks
       WHERE (:status IS NULL OR status = :status) AND (:mediaId IS NULL OR media_id = :mediaId)
         AND (:from IS NULL OR created_at >= :from) AND (:to IS NULL OR created_at < :to)
         AND (:afterId IS NULL OR (created_at, id) < (:afterTime, :afterId))
       ORDER BY created_at DESC, id DESC LIMIT :limit`,
    )
    this.#ids = database.prepare<{ id: string }>('SELECT id FROM tasks')
  }

  get(id: string): TaskRow | null {
    return this.#get.get({ id }) ?? null
  }

  /** Newest first, one more than the limit when there are more. */
  page({ status, from, to, mediaId, after, limit }: TaskQuery): TaskRow[] {
    const place = { afterTime: after?.createdAt ?? null, afterId: after?.id ?? null }
    return this.#page.all({ status, from, to, mediaId, ...place, limit: limit + 1 })
  }

  results(id: string): TaskResults | null {
    const row = this.#results.get({ id })
    return row ? readRow('task', () => TaskResults.parse(JSON.parse(row.results))) : null
  }

  ids(): Set<string> {
    return new Set(this.#ids.all().map(({ id }) => id))
  }
}

/** Facts of a task's video as they are stored. */
export const TaskVideo = Task.shape.video.unwrap()
