import type { Import } from '../../../main/contract/index.ts'
import { isActive } from './totals.ts'

export interface Filter {
  readonly name: string
  readonly matches: (one: Import) => boolean
}

/** The ways to narrow the list, in the order of their chips. */
export const FILTERS = {
  all: { name: 'All', matches: () => true },
  active: { name: 'Active', matches: isActive },
  needsYou: { name: 'Needs you', matches: ({ status }) => status === 'failed' },
  done: { name: 'Done', matches: isFinished },
} satisfies Record<string, Filter>

export type FilterId = keyof typeof FILTERS

/** Whether nothing more is to be done about an import: such rows may be cleared without a loss. */
export function isFinished({ status }: Import): boolean {
  return status === 'completed' || status === 'cancelled'
}

/** What runs first, then what needs somebody, then the queue in its order, then what ended, the newest on top. */
export function inOrder(imports: readonly Import[]): Import[] {
  return imports.toSorted((one, other) => rank(one) - rank(other) || (isFinished(one) ? newestFirst(one, other) : 0))
}

function rank({ status }: Import): number {
  if (status === 'uploading' || status === 'checking') return 0
  if (status === 'failed') return 1
  return status === 'waiting' ? 2 : 3
}

function newestFirst(one: Import, other: Import): number {
  return (other.finishedAt ?? '').localeCompare(one.finishedAt ?? '')
}
