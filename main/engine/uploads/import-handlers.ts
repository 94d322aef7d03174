import { addImports, cancelImport, clearImports, listImports, retryImport } from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { Imports } from './imports.ts'

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
    .implement(clearImports, async ({ importId }) => {
      await imports.clear(importId)
      return { done: true as const }
    })
}
