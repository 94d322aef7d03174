import { cancelImport, clearImports, type Import, retryImport, retryJob } from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import { count } from '../../shared/format/size.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { runAndRefresh } from './run-and-refresh.ts'
import { pause, resume } from './pause-resume.ts'
import { isFinished } from './import-status.ts'
import { useImport } from '../../shared/media/useImport.ts'

/** What can be done about imports. Each says what it did, or why it could not. */
export function useImportActions() {
  const { importPaths } = useImport()
  const addAgain = (one: Import) => ({ label: 'Add again', run: () => importPaths([pathOf(one)]) })
  return {
    pause,
    resume,
    /** Stops an import. Nothing of it stays, so its row goes as well; adding it again is the way back. */
    cancel: (one: Import) =>
      runAndRefresh(async () => {
        await engine.run(cancelImport, { importId: one.importId })
        await engine.run(clearImports, { importId: one.importId })
        toastDone(`Cancelled ${one.filename}.`, addAgain(one))
      }),
    retry: (one: Import) => runAndRefresh(() => engine.run(retryImport, { importId: one.importId })),
    keepTruncated: (one: Import) =>
      runAndRefresh(() => engine.run(retryImport, { importId: one.importId, keepTruncated: true })),
    /** Forgets a failed import with what it stored. */
    remove: (one: Import) =>
      runAndRefresh(async () => {
        await engine.run(clearImports, { importId: one.importId })
        toastDone(`Removed ${one.filename} from the uploads.`, addAgain(one))
      }),
    dismiss: (one: Import) => runAndRefresh(() => engine.run(clearImports, { importId: one.importId })),
    retryJob: (jobId: string) => runAndRefresh(() => engine.run(retryJob, { jobId })),
    /** Forgets what is done with; what failed stays, with the parts it keeps. */
    clearFinished: (imports: readonly Import[]) =>
      runAndRefresh(async () => {
        await engine.run(clearImports, { keepFailed: true })
        const cleared = count(imports.filter(isFinished).length, 'upload')
        toastDone(`Cleared ${cleared}. The videos stay in the library.`)
      }),
  }
}

export type ImportActions = ReturnType<typeof useImportActions>

function pathOf({ folder, filename }: Import): string {
  const separator = folder.includes('\\') ? '\\' : '/'
  return folder.endsWith(separator) ? `${folder}${filename}` : `${folder}${separator}${filename}`
}
