import { cancelImport, clearImports, type Import, retryImport, retryJob } from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import { queryClient } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { toastDone, toastError } from '../../shared/ui/toast.tsx'
import { isFinished } from './filter.ts'
import { useImport } from './useImport.ts'

/** What can be done about imports. Each says what it did, or why it could not. */
export function useImportActions() {
  const { importPaths } = useImport()
  const addAgain = (one: Import) => ({ label: 'Add again', run: () => importPaths([pathOf(one)]) })
  return {
    /** Stops an import. Nothing of it stays, so its row goes as well; adding it again is the way back. */
    cancel: (one: Import) =>
      attempt(async () => {
        await engine.run(cancelImport, { importId: one.importId })
        await engine.run(clearImports, { importId: one.importId })
        toastDone(`Cancelled ${one.filename}.`, addAgain(one))
      }),
    retry: (one: Import) => attempt(() => engine.run(retryImport, { importId: one.importId })),
    keepTruncated: (one: Import) =>
      attempt(() => engine.run(retryImport, { importId: one.importId, keepTruncated: true })),
    /** Forgets a failed import with what it stored. */
    remove: (one: Import) =>
      attempt(async () => {
        await engine.run(clearImports, { importId: one.importId })
        toastDone(`Removed ${one.filename} from the uploads.`, addAgain(one))
      }),
    dismiss: (one: Import) => attempt(() => engine.run(clearImports, { importId: one.importId })),
    retryJob: (jobId: string) => attempt(() => engine.run(retryJob, { jobId })),
    clearFinished: (imports: readonly Import[]) => attempt(() => clearFinished(imports)),
  }
}

export type ImportActions = ReturnType<typeof useImportActions>

async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    toastError(error instanceof Error ? error.message : String(error))
  } finally {
    await Promise.all(['imports', 'videos'].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })))
  }
}

/** Clearing all at once would take along what failed, with the parts it keeps: then they go one by one. */
async function clearFinished(imports: readonly Import[]): Promise<void> {
  const finished = imports.filter(isFinished)
  const onlyFinished = finished.length === imports.length
  if (onlyFinished) await engine.run(clearImports, {})
  else for (const { importId } of finished) await engine.run(clearImports, { importId })
  toastDone(`Cleared ${count(finished.length, 'upload')}. The videos stay in the library.`)
}

function pathOf({ folder, filename }: Import): string {
  const separator = folder.includes('\\') ? '\\' : '/'
  return folder.endsWith(separator) ? `${folder}${filename}` : `${folder}${separator}${filename}`
}
