import type { Import } from '../../../main/contract/index.ts'
import { isActive, isFinished, isQueued, needsYou } from './import-status.ts'

export interface Filter {
  readonly name: string
  readonly matches: (one: Import) => boolean
}

/** The ways to narrow the list, in the order of their chips. Each import is in exactly one besides All. */
export const FILTERS = {
  all: { name: 'All', matches: () => true },
  active: { name: 'Active', matches: (one) => isActive(one) || one.status === 'paused' },
  needsYou: { name: 'Needs you', matches: needsYou },
  done: { name: 'Done', matches: isFinished },
} satisfies Record<string, Filter>

export type FilterId = keyof typeof FILTERS

/** What runs first, then what failed, then the line in its order, then what ended, the newest on top. */
export function inOrder(imports: readonly Import[]): Import[] {
  return imports.toSorted((one, other) => rank(one) - rank(other) || (isFinished(one) ? newestFirst(one, other) : 0))
}

/** What is held or meets an obstacle keeps its place in the line: rows that jump when a card is pulled out lose the eye. */
function rank(one: Import): number {
  if (one.status === 'uploading' || one.status === 'checking') return 0
  if (one.status === 'failed') return 1
  return isQueued(one) ? 2 : 3
}

function newestFirst(one: Import, other: Import): number {
  return (other.finishedAt ?? '').localeCompare(one.finishedAt ?? '')
}
