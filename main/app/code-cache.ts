import { createHash } from 'node:crypto'
import path from 'node:path'
import envPaths from 'env-paths'

/**
 * Folder of the page's compiled scripts, one for each library: two windows never share one. It lies in the system's
 * place for caches, not in the library: Chromium makes the folder again whenever it is gone, and would so take the place
 * of a library that was moved away or whose disk was unplugged.
 * @param data the library's folder.
 */
export function codeCacheOf(data: string): string {
  const name = createHash('sha256').update(path.resolve(data)).digest('hex').slice(0, 16)
  return path.join(envPaths('Fieldreel', { suffix: '' }).cache, 'scripts', name)
}
