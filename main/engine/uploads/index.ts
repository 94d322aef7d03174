export { type ListedPart, type ListedUpload, UploadInventory } from './inventory.ts'
export { uploadsModule } from './module.ts'
export { ReturnedUploads } from './returned-uploads.ts'
export type { Uploads } from './uploads.ts'
