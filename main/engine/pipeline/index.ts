export type { LibraryVideos } from './inputs.ts'
export { Pipeline } from './service.ts'
export { pipelineModule } from './module.ts'
