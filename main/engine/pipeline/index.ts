export type { LibraryVideos } from './inputs.ts'
export { Pipeline } from './service.ts'
