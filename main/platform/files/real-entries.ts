import fs from 'node:fs/promises'
import { errno, isMissing } from './failure.ts'

/** What lies under a name. A link is `other`: nothing of ours is ever a link, so it is never followed. */
export interface RealEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
}

/** What `file` is, without following a link; null when nothing is there. */
export async function kindOf(file: string): Promise<RealEntry['kind'] | null> {
  try {
    return kindOfStat(await fs.lstat(file))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/**
 * The entries of a folder: none when it is missing, null when it may not be read or is no folder but a link.
 * @throws Error of the file system for any other reason.
 */
export async function listRealFolder(folder: string): Promise<RealEntry[] | null> {
  try {
    const kind = await kindOf(folder)
    if (kind === null) return []
    if (kind !== 'folder') return null
    const entries = await fs.readdir(folder, { withFileTypes: true })
    return entries.map((entry) => ({ name: entry.name, kind: kindOfStat(entry) }))
  } catch (error) {
    if (isMissing(error)) return []
    if (errno(error) === 'EACCES' || errno(error) === 'EPERM') return null
    throw error
  }
}

function kindOfStat(entry: { isFile(): boolean; isDirectory(): boolean }): RealEntry['kind'] {
  if (entry.isFile()) return 'file'
  return entry.isDirectory() ? 'folder' : 'other'
}
