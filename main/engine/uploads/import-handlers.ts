import {
  addImports,
  addWatchedFolder,
  cancelImport,
  clearImports,
  listImports,
  listWatchedFolders,
  moveImport,
  pauseImports,
  removeWatchedFolder,
  resumeImports,
  retryImport,
} from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { Imports } from './imports.ts'
import type { WatchedFolders } from './watched.ts'

/** Answers the operations of contract/import.ts. */
export function implementImports(operations: Operations, imports: Imports): void {
  operations
    .implement(addImports, async ({ paths }) => {
      const { imports: added, refused, leftOut } = await imports.add(paths)
      return { imports: added, leftOut, refused: refused.map(({ path, reason }) => ({ path, reason })) }
    })
    .implement(listImports, () => ({ imports: imports.list() }))
    .perform(cancelImport, ({ importId }) => imports.cancel(importId))
    .implement(retryImport, ({ importId, keepTruncated }) => imports.retry(importId, keepTruncated))
    .perform(pauseImports, ({ importId }) => imports.pause(importId ?? null))
    .perform(resumeImports, ({ importId }) => imports.resume(importId ?? null))
    .perform(moveImport, ({ importId, beforeId }) => imports.move(importId, beforeId))
    .perform(clearImports, ({ importId, keepFailed }) => imports.clear(importId ?? null, keepFailed))
}

/** Answers the operations of contract/watched.ts. */
export function implementWatchedFolders(operations: Operations, watched: WatchedFolders): void {
  operations
    .implement(listWatchedFolders, () => ({ folders: watched.list() }))
    .implement(addWatchedFolder, ({ path }) => watched.add(path))
    .perform(removeWatchedFolder, ({ folderId }) => watched.remove(folderId))
}
