export { type ListedTask, TaskInventory } from './inventory.ts'
export { pipelineModule } from './module.ts'
