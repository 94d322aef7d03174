export type { LibraryVideos } from './inputs.ts'
export { FrameTasks } from './service.ts'
