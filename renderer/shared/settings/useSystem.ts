import { getSystem } from '../../../main/contract/index.ts'
import { useEngine } from '../engine/queries.ts'

/** The facts of this installation. */
export function useSystem() {
  return useEngine('system', getSystem, {})
}
