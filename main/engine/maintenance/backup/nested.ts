import fs from 'node:fs'
import path from 'node:path'
import { isMissing } from '../../../platform/files/index.ts'

/** Whether one of two folders lies within the other, links followed. */
export function areNested(one: string, other: string): boolean {
  const [a, b] = [realPath(one), realPath(other)]
  const within = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(outer + path.sep)
  return within(a, b) || within(b, a)
}

/** Of a folder that may not be there yet. */
function realPath(folder: string): string {
  try {
    return fs.realpathSync(folder)
  } catch (error) {
    if (!isMissing(error)) throw error
    const parent = path.dirname(folder)
    return parent === folder ? folder : path.join(realPath(parent), path.basename(folder))
  }
}
