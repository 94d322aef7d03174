import { asEngineError } from '../../../main/contract/index.ts'
import { toastDone, toastError } from './toast.tsx'

interface Deed {
  readonly undo: () => Promise<void>
  readonly hideToast: () => void
}

/** What was done and can be undone, the last of it at the end. */
const deeds: Deed[] = []

/**
 * Remembers how to undo what was just done, for Ctrl Z, and says so.
 * @param message what was done, in the past tense; null where everybody sees it.
 */
export function undoable(message: string | null, undo: () => Promise<void>): void {
  const run = (): void => void undoDeed(deed)
  const deed: Deed = { undo, hideToast: message === null ? () => undefined : toastDone(message, { run, byKey: true }) }
  deeds.push(deed)
}

/** Undoes what was done last; nothing when nothing is left. */
export async function undoLast(): Promise<void> {
  const last = deeds.at(-1)
  if (last) await undoDeed(last)
}

async function undoDeed(deed: Deed): Promise<void> {
  const index = deeds.indexOf(deed)
  if (index === -1) return
  deeds.splice(index, 1)
  deed.hideToast()
  try {
    await deed.undo()
  } catch (error) {
    toastError(`Not undone. ${asEngineError(error).message}`)
  }
}
