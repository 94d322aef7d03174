export { CRASH_POINTS, crashPoint, type CrashPoint } from './crash-points.ts'
export { DataFolder } from './data-folder.ts'
export {
  errno,
  explainWriteFailure,
  freeBytes,
  isMissing,
  isWritable,
  moveDurably,
  sizeOf,
  syncFolder,
} from './durable.ts'
export { gone, LibraryIdentity, type StorageState } from './library-identity.ts'
