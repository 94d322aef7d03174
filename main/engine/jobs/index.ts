export type { Job, JobHandler, JobKind, JobRun } from './job.ts'
export { JobQueue, type JobQueueOptions } from './queue.ts'
export { defineJob, type HandledJob, handleJob, type JobDefinition, type Lane } from './definition.ts'
export { JobInventory } from './inventory.ts'
