import type { JobStatus } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Job } from './job.ts'

type JobRow = Omit<Job, 'request' | 'secondsLeft'> & { request: string }

const SELECT = `
  SELECT id, kind, subject_id AS subjectId, request, status, priority, progress, step, error_code AS errorCode,
         error_message AS errorMessage, retry_count AS retryCount, max_retries AS maxRetries, created_at AS createdAt,
         started_at AS startedAt, completed_at AS completedAt
    FROM jobs`

/** The kinds of one lane, as a JSON list. */
const OF_LANE = 'kind IN (SELECT value FROM json_each(:kinds))'

/** What the latest job of a kind is about, where that is in a state. The states by name: the index holds only these. */
const SUBJECTS = `
  SELECT subject_id AS subjectId FROM jobs AS latest
   WHERE status = :status AND status <> 'completed' AND status <> 'cancelled' AND kind = :kind AND NOT EXISTS (
     SELECT 1 FROM jobs AS later WHERE later.subject_id = latest.subject_id AND later.kind = latest.kind
        AND (later.created_at, later.rowid) > (latest.created_at, latest.rowid))`

/** The `jobs` table. */
export class JobRows {
  readonly insert
  readonly start
  readonly finish
  readonly requeue
  readonly saveProgress
  readonly requeueAfterCrash
  readonly failUnhandled
  readonly putBack
  readonly remove
  readonly queuePosition
  readonly #get
  readonly #latest
  readonly #next
  readonly #open
  readonly #subjects

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO jobs (id, kind, subject_id, request, status, priority, created_at)
       VALUES (:id, :kind, :subjectId, :request, 'pending', :priority, :now)`,
    )
    this.start = database.prepare(
      `UPDATE jobs SET status = 'processing', started_at = :now, progress = 0, step = NULL
       WHERE id = :id AND status = 'pending'`,
    )
    // AN-34
    this.finish = database.prepare(
      `UPDATE jobs SET status = :status, completed_at = :now, progress = iif(:status = 'completed', 100, progress),
              step = iif(:status = 'completed', 'Done', step), error_code = :errorCode, error_message = :errorMessage,
              started_at = coalesce(started_at, :now)
       WHERE id = :id AND status IN ('pending', 'processing')`,
    )
    // AN-32
    this.requeue = database.prepare(
      `UPDATE jobs SET status = 'pending', priority = 1, progress = 0, step = NULL, error_code = NULL,
              error_message = NULL, started_at = NULL, completed_at = NULL, crashes = 0, retry_count = retry_count + 1
       WHERE id = :id AND status IN ('failed', 'cancelled') AND retry_count < max_retries`,
    )
    this.saveProgress = database.prepare(
      `UPDATE jobs SET progress = :progress, step = :step WHERE id = :id AND status = 'processing'`,
    )
    this.requeueAfterCrash = database.prepare(
      `UPDATE jobs SET status = 'pending', crashes = crashes + 1, progress = 0, step = NULL
       WHERE status = 'processing'`,
    )
    this.failUnhandled = database.prepare(
      `UPDATE jobs SET status = 'failed', started_at = coalesce(started_at, :now), completed_at = :now,
              error_code = 'UNAVAILABLE', error_message = 'This Fieldreel cannot run jobs of kind ' || kind || '.'
       WHERE status IN ('pending', 'processing') AND kind NOT IN (SELECT value FROM json_each(:kinds))`,
    )
    this.putBack = database.prepare(
      `UPDATE jobs SET status = 'pending', progress = 0, step = :step WHERE id = :id AND status = 'processing'`,
    )
    this.remove = database.prepare('DELETE FROM jobs WHERE id = :id')
    this.queuePosition = database.prepare<{ position: number }>(
      `SELECT count(*) AS position FROM jobs AS other, jobs AS mine
       WHERE mine.id = :id AND other.status = 'pending' AND other.id <> mine.id
         AND other.kind IN (SELECT value FROM json_each(:kinds))
         AND (-other.priority, other.created_at, other.rowid) < (-mine.priority, mine.created_at, mine.rowid)`,
    )
    this.#get = database.prepare<JobRow>(`${SELECT} WHERE id = :id`)
    this.#latest = database.prepare<JobRow>(
      `${SELECT} WHERE subject_id = :subjectId AND kind = :kind ORDER BY created_at DESC, rowid DESC LIMIT 1`,
    )
    this.#next = database.prepare<JobRow>(
      `${SELECT} WHERE status = 'pending' AND crashes < :tolerated AND ${OF_LANE}
         AND id NOT IN (SELECT value FROM json_each(:late))
       ORDER BY priority DESC, created_at, rowid LIMIT 1`,
    )
    this.#open = database.prepare<JobRow>(
      `${SELECT} WHERE subject_id = :subjectId AND status IN ('pending', 'processing')`,
    )
    this.#subjects = database.prepare<{ subjectId: string }>(SUBJECTS)
  }

  get(id: string): Job | null {
    return toJob(this.#get.get({ id }))
  }

  latest(subjectId: string, kind: string): Job | null {
    return toJob(this.#latest.get({ subjectId, kind }))
  }

  /** What the latest job of a kind is about, where that is in this state. */
  subjectsWith(kind: string, status: JobStatus): string[] {
    return this.#subjects.all({ kind, status }).map(({ subjectId }) => subjectId)
  }

  /**
   * The job that goes first among those that took the process down less often than `tolerated` times.
   * @param kinds a JSON list.
   * @param late jobs to leave out.
   */
  next(tolerated: number, kinds: string, late: readonly string[] = []): Job | null {
    return toJob(this.#next.get({ tolerated, kinds, late: JSON.stringify(late) }))
  }

  unfinishedOf(subjectId: string): Job[] {
    return this.#open.all({ subjectId }).flatMap((row) => toJob(row) ?? [])
  }
}

/** null when the row is damaged: the schema of its kind refuses it, and the others go on. */
function requestOf({ request }: JobRow): unknown {
  try {
    return JSON.parse(request)
  } catch {
    return null
  }
}

function toJob(row: JobRow | undefined): Job | null {
  return row ? { ...row, request: requestOf(row), secondsLeft: null } : null
}
