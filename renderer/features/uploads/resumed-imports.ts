import type { Import } from '../../../main/contract/index.ts'
import { isActive } from './import-status.ts'

/**
 * The imports that an earlier run of Fieldreel left under way and this one took up again: those that go on, and those
 * that came to their end since.
 * @param openedAt when this run's window was opened, milliseconds since 1970.
 */
export function resumedImports(imports: readonly Import[], openedAt: number): Import[] {
  return imports.filter((one) => {
    if (Date.parse(one.addedAt) >= openedAt) return false
    if (one.finishedAt === null) return isActive(one)
    return one.status === 'completed' && Date.parse(one.finishedAt) >= openedAt
  })
}
