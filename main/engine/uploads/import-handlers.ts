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
      const { imports: added, refused } = await imports.add(paths)
      return { imports: added, refused: refused.map(({ path, reason }) => ({ path, reason })) }
    })
    .implement(listImports, () => ({ imports: imports.list() }))
    .implement(cancelImport, async ({ importId }) => {
      await imports.cancel(importId)
      return { done: true as const }
    })
    .implement(retryImport, ({ importId, keepTruncated }) => imports.retry(importId, keepTruncated))
    .implement(pauseImports, async ({ importId }) => {
      await imports.pause(importId ?? null)
      return { done: true as const }
    })
    .implement(resumeImports, ({ importId }) => {
      imports.resume(importId ?? null)
      return { done: true as const }
    })
    .implement(moveImport, ({ importId, beforeId }) => {
      imports.move(importId, beforeId)
      return { done: true as const }
    })
    .implement(clearImports, async ({ importId, keepFailed }) => {
      await imports.clear(importId ?? null, keepFailed)
      return { done: true as const }
    })
}

/** Answers the operations of contract/watched.ts. */
export function implementWatchedFolders(operations: Operations, watched: WatchedFolders): void {
  operations
    .implement(listWatchedFolders, () => ({ folders: watched.list() }))
    .implement(addWatchedFolder, ({ path }) => watched.add(path))
    .implement(removeWatchedFolder, ({ folderId }) => {
      watched.remove(folderId)
      return { done: true as const }
    })
}
