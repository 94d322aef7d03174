export { CRASH_POINTS, crashPoint, type CrashPoint, slowedPart } from './crash-points.ts'
export { DataFolder } from './data-folder.ts'
export { freeBytes, isWritable, sizeOf } from './disk.ts'
export {
  makeFolderDurably,
  moveDurably,
  replaceFileDurably,
  syncFolder,
  syncFolderNow,
  writeFileDurably,
} from './durable.ts'
export { bytesOf, isText, joinBytes, readablePath } from './byte-paths.ts'
export { kindOf, listRealFolder, type RealEntry } from './real-entries.ts'
export { appendText, readSmallJson, readSmallText, replaceDurably } from './small-files.ts'
export { DISK_FULL, errno, explainWriteFailure, explainWrites, isMissing } from './failure.ts'
export { closeToOthers, type Exposure, makeFilesPrivate, type Repaired, repairModes, usualFileMode } from './private.ts'
export { assertRestored, RESTORING } from './restoring.ts'
export { gone, LibraryIdentity, type StorageState } from './library-identity.ts'
