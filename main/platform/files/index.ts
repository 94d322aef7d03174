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
