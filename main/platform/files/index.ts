export { DataFolder } from './data-folder.ts'
export { errno, explainWriteFailure, freeBytes, isMissing, moveDurably, sizeOf, syncFolder } from './durable.ts'
