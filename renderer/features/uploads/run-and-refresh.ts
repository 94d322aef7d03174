import { queryClient } from '../../shared/engine/queries.ts'
import { toastError } from '../../shared/ui/toast.tsx'

/** Does what somebody asked for, says why it could not, and shows what came of it. */
export async function runAndRefresh(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    toastError(error instanceof Error ? error.message : String(error))
  } finally {
    await Promise.all(['imports', 'videos'].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })))
  }
}
