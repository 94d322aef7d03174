import type { z } from 'zod'
import type { Job } from './job.ts'

/** What limits how many jobs run at a time: each lane has places, and no lane holds up another. */
export const LANES = ['short', 'cpu', 'gpu', 'network'] as const
export type Lane = (typeof LANES)[number]

/** A kind of job: what may be asked of it. Whoever queues such jobs imports this, and not their handler. */
export interface JobDefinition<S extends z.ZodType = z.ZodType> {
  readonly kind: string
  /** Stored requests are parsed by it: another version may have written them. */
  readonly schema: S
  readonly lane: Lane
}

export interface JobRun {
  readonly signal: AbortSignal
  /** Says how far it is, 0..100, and what it does now. */
  readonly report: (progress: number, step: string) => void
}

/** Does the work. Resolves when done, throws EngineError when it cannot be done; must end soon after `signal` aborts. */
export type JobHandler<R = unknown> = (job: Job & { readonly request: R }, run: JobRun) => Promise<void>

/** A kind of job together with what does it. */
export interface HandledJob {
  readonly definition: JobDefinition
  readonly handle: JobHandler
  /** Called whenever such a job starts, moves or ends. */
  readonly onChange: (job: Job) => void
}

export function defineJob<S extends z.ZodType>(
  kind: string,
  schema: S,
  { lane }: { readonly lane: Lane },
): JobDefinition<S> {
  return { kind, schema, lane }
}

export function handleJob<S extends z.ZodType>(
  definition: JobDefinition<S>,
  handle: JobHandler<z.output<S>>,
  onChange: (job: Job) => void = () => undefined,
): HandledJob {
  return { definition, handle: handle as JobHandler, onChange }
}
