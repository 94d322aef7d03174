import type { Import } from '../../../main/contract/index.ts'
import { isBlocked } from './import-status.ts'

/**
 * The import that a moved one goes before, so that it takes the place of `overId`: null puts it last. Moving down it
 * lands behind what it was dropped on, moving up in front of it. Undefined when it stays where it is.
 */
export function beforeIdOf(queue: readonly Import[], importId: string, overId: string): string | null | undefined {
  const ids = queue.map(({ importId: id }) => id)
  const [from, to] = [ids.indexOf(importId), ids.indexOf(overId)]
  if (from === to || from < 0 || to < 0) return undefined
  return to < from ? overId : (ids[to + 1] ?? null)
}

/** The imports with one of them taken out and put before another, or last. As the engine will answer them. */
export function withMoved(imports: readonly Import[], importId: string, beforeId: string | null): Import[] {
  const moved = imports.filter((one) => one.importId === importId)
  const rest = imports.filter((one) => one.importId !== importId)
  const at = beforeId === null ? rest.length : rest.findIndex((one) => one.importId === beforeId)
  return at < 0 ? [...imports] : rest.toSpliced(at, 0, ...moved)
}

/** How many imports are taken before each that waits for its turn only. What is held or blocked is passed by. */
export function placesInLine(imports: readonly Import[]): ReadonlyMap<string, number> {
  const inLine = imports.filter((one) => one.status === 'waiting' && !isBlocked(one))
  return new Map(inLine.map(({ importId }, index) => [importId, index]))
}
