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
export { kindOf, listRealFolder, type RealEntry } from './real-entries.ts'
export { appendLine, readSmallJson, readSmallText, replaceDurably } from './small-files.ts'
