export { uploadsModule } from './module.ts'
export { ReturnedUploads } from './returned-uploads.ts'
export type { Uploads } from './uploads.ts'
