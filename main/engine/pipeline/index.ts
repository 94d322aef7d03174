export type { LibraryVideos } from './inputs.ts'
export { Pipeline } from './service.ts'
export { type ListedTask, TaskInventory } from './inventory.ts'
export { pipelineModule } from './module.ts'
