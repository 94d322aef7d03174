import type { Import } from '../../../main/contract/index.ts'
import { isActive } from './import-status.ts'

/** The imports that this run of Fieldreel picked up where an earlier one stopped: those that go on, and those that ended well. */
export function resumedImports(imports: readonly Import[]): Import[] {
  return imports.filter((one) => one.pickedUp && (isActive(one) || one.status === 'completed'))
}
