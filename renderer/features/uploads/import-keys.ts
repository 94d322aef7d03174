import type { KeyboardEvent } from 'react'
import type { Import } from '../../../main/contract/index.ts'
import { isFinished, isPausable } from './import-status.ts'
import type { ImportActions } from './useImportActions.ts'
import type { ImportOrder } from './useImportOrder.ts'

interface ListMoves {
  readonly goTo: (index: number) => void
  readonly scrollTo: (index: number) => void
}

/** Keys of a row: Alt and an arrow moves it, Space pauses and resumes, Delete removes. */
export function importKeys(shown: readonly Import[], actions: ImportActions, order: ImportOrder) {
  const step = (one: Import, index: number, by: -1 | 1, { scrollTo }: ListMoves): void => {
    const { above, below } = order.neighbours(one.importId)
    const over = by < 0 ? above : below
    if (over === null) return
    order.moveTo(one.importId, over)
    scrollTo(index + by)
  }
  const remove = (one: Import, index: number, { goTo }: ListMoves): void => {
    // The focus moves on before its row is gone.
    goTo(index === shown.length - 1 ? index - 1 : index + 1)
    if (isFinished(one)) void actions.dismiss(one)
    else void (one.status === 'failed' ? actions.remove(one) : actions.cancel(one))
  }
  return ({ key, altKey, metaKey }: KeyboardEvent, one: Import, index: number, moves: ListMoves): boolean => {
    if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) step(one, index, key === 'ArrowUp' ? -1 : 1, moves)
    else if (altKey) return false
    else if (key === ' ' && one.status === 'paused') void actions.resume(one)
    else if (key === ' ' && isPausable(one)) void actions.pause(one)
    else if (key === 'Delete' || (key === 'Backspace' && metaKey)) remove(one, index, moves)
    else return key === ' '
    return true
  }
}
