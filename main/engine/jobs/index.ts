export type { Job, JobHandler, JobKind, JobRun } from './job.ts'
export { JobQueue, type JobQueueOptions } from './queue.ts'
