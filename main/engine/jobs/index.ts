export {
  defineJob,
  type HandledJob,
  handleJob,
  type JobDefinition,
  type JobHandler,
  type JobRun,
} from './definition.ts'
export { JobInventory } from './inventory.ts'
export { isOpen, type Job } from './job.ts'
export { jobsModule } from './module.ts'
export { JobQueue, type JobQueueOptions } from './queue.ts'
