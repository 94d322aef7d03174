import { existsSync } from 'node:fs'
import path from 'node:path'
import { EngineError } from '../../contract/errors.ts'

/** Lies in a library from the first to the last step of restoring it from a backup. */
export const RESTORING = 'restoring.json'

/** @throws EngineError `library_damaged` while the library is only partly restored from a backup. */
export function assertRestored(root: string): void {
  if (!existsSync(path.join(root, RESTORING))) return
  throw new EngineError(
    'library_damaged',
    `The library in ${root} is not restored completely. Run restore again with the same backup; it goes on from there.`,
  )
}
