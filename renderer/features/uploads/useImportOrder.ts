import { useState } from 'react'
import { type Import, listImports, moveImport } from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import { foresee } from '../../shared/engine/queries.ts'
import { runAndRefresh } from './run-and-refresh.ts'
import { beforeIdOf, withMoved } from './queue.ts'
import { isQueued } from './import-status.ts'

export interface ImportOrder {
  /** Whether an import can be moved up or down among those that are shown. */
  readonly neighbours: (importId: string) => { readonly above: string | null; readonly below: string | null }
  /** Gives an import the place of another. */
  readonly moveTo: (importId: string, overId: string) => void
  readonly toTop: (importId: string) => void
  readonly toBottom: (importId: string) => void
  /** What the last move did, for those who do not see it. */
  readonly announcement: string
}

/**
 * The order of the line, to be changed by hand.
 * @param imports all there are, in the order they are taken.
 * @param shown those a person sees: one step goes past the next of them.
 */
export function useImportOrder(imports: readonly Import[], shown: readonly Import[]): ImportOrder {
  const [announcement, setAnnouncement] = useState('')
  const queue = imports.filter(isQueued)
  const inSight = shown.filter(isQueued)

  const move = (importId: string, beforeId: string | null | undefined): void => {
    if (beforeId === undefined || beforeId === importId) return
    const after = withMoved(queue, importId, beforeId)
    const place = after.findIndex((one) => one.importId === importId)
    setAnnouncement(`${after[place]?.filename ?? ''} is now ${place + 1} of ${after.length} in the queue.`)
    void runAndRefresh(async () => {
      // The row stays where it was put until the engine has answered.
      await foresee('imports', listImports, {}, (now) => ({ imports: withMoved(now.imports, importId, beforeId) }))
      await engine.run(moveImport, { importId, beforeId })
    })
  }
  return {
    neighbours: (importId) => {
      const at = inSight.findIndex((one) => one.importId === importId)
      return { above: inSight[at - 1]?.importId ?? null, below: (at >= 0 && inSight[at + 1]?.importId) || null }
    },
    moveTo: (importId, overId) => move(importId, beforeIdOf(queue, importId, overId)),
    toTop: (importId) => move(importId, queue[0]?.importId),
    toBottom: (importId) => move(importId, null),
    announcement,
  }
}
