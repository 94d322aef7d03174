import type { z } from 'zod'
import type { Job, JobRun } from './job.ts'

/** What limits how many jobs run at a time: a lane has places, and no lane holds up another. */
export type Lane = 'cpu' | 'gpu' | 'network'

/** Does the work. Resolves when done, throws EngineError when it cannot be done; must end soon after `signal` aborts. */
export type JobHandler<R> = (job: Job & { readonly request: R }, run: JobRun) => Promise<void>

/** A kind of job: what may be asked of it. Whoever queues such jobs imports this, and not their handler. */
export interface JobDefinition<S extends z.ZodType = z.ZodType> {
  readonly kind: string
  /** Stored requests are parsed by it: they may have been written by another version. */
  readonly schema: S
  readonly lane: Lane
}

/** A kind of job together with what does it. */
export interface HandledJob {
  readonly definition: JobDefinition
  readonly handle: JobHandler<unknown>
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
): HandledJob {
  return { definition, handle: handle as JobHandler<unknown> }
}
