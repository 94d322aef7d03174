import { followChanges, getSystem, type SystemState } from '../../contract/index.ts'
import type { Changes } from '../changes.ts'
import type { Operations } from '../operations.ts'

export interface SystemHandlersOptions {
  readonly changes: Changes
  readonly describe: () => Promise<SystemState>
}

/** Answers the operations of contract/system/system.ts. */
export function implementSystem(operations: Operations, { changes, describe }: SystemHandlersOptions): void {
  operations
    .implement(getSystem, describe)
    .implementStream(followChanges, (_input, { signal }) => changes.follow(signal))
}
