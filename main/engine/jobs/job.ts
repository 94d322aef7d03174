import type { JobStatus } from '../../contract/index.ts'

/** One piece of work that outlives the process. `request` is read by the handler of its kind, as if a stranger wrote it. */
export interface Job {
  readonly id: string
  readonly kind: JobKind
  readonly mediaId: string
  readonly request: unknown
  readonly status: JobStatus
  readonly priority: number
  /** 0..100. */
  readonly progress: number
  readonly step: string | null
  readonly secondsLeft: number | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly retryCount: number
  readonly maxRetries: number
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly startedAt: number | null
  readonly completedAt: number | null
}

export type JobKind = 'analysis' | 'pictures' | 'preview' | 'task'

export interface JobRun {
  readonly signal: AbortSignal
  /** Says how far it is, 0..100, and what it does now. */
  readonly report: (progress: number, step: string) => void
}

/** Does the work of jobs whose request nobody parsed. Will go: see definition.ts. */
export type JobHandler = (job: Job, run: JobRun) => Promise<void>

export const PRIORITIES = { low: -1, normal: 0, high: 1 } as const
