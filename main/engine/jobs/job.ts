import type { JobStatus } from '../../contract/index.ts'

/** One piece of work that outlives the process. */
export interface Job {
  readonly id: string
  readonly kind: string
  /** What it works on: a video, a task. */
  readonly subjectId: string
  /** As it is stored: parsed by the schema of its kind when it runs. */
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

export const PRIORITIES = { low: -1, normal: 0, high: 1 } as const
export type Priority = keyof typeof PRIORITIES

/** Whether a job waits or runs. */
export function isOpen(job: Job | null): boolean {
  return job?.status === 'pending' || job?.status === 'processing'
}
