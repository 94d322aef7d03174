import { chmodSync, constants, lstatSync, statSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isMainThread } from 'node:worker_threads'
import { errno } from './failure.ts'

/** What a mode gives to the group and to everybody. */
const OTHERS = 0o077
const OWNER = 0o700
/** Of a folder, before it is checked: a library of 100,000 videos is no work for the first seconds of a start. */
const REST_MS = 2

let usual: number | null = null

/**
 * From now on nothing that this process or a child of it makes can be read by other users of the machine. May be called
 * again. Windows has no such mode: there a library in the user's own profile is closed to others by its place.
 */
export function makeFilesPrivate(): void {
  // A thread shares its process's mask and may not set it.
  if (process.platform === 'win32' || !isMainThread) return
  const before = process.umask(OTHERS)
  usual ??= before
}

/** The mode of a file that is the user's own, outside the library: what any other program would give it. */
export function usualFileMode(): number {
  return 0o666 & ~(usual ?? 0)
}

/** Why other users of the machine may be able to read a library all the same. */
export type Exposure =
  /** Only that user may close it. */
  | 'belongs-to-another-user'
  /** exFAT and FAT take a mode and forget it; a disk that is mounted read-only takes none. */
  | 'disk-takes-no-modes'
  /** The temporary folder of all, or the root of the disk: others need it. */
  | 'belongs-to-everybody'

const REFUSED: ReadonlySet<string | null> = new Set(['EPERM', 'ENOTSUP', 'EROFS', 'EINVAL'])
/** Set where everybody may make files and delete their own only. */
const STICKY = 0o1000

/**
 * Closes a folder to other users: with that nothing in it can be reached, whatever its own mode.
 * @returns what is wrong with it; null when all is well.
 */
export function closeToOthers(folder: string): Exposure | null {
  if (process.platform === 'win32') return null
  const { uid, mode } = statSync(folder)
  if ((mode & STICKY) !== 0 || path.dirname(folder) === folder) return 'belongs-to-everybody'
  const isMine = uid === process.getuid?.()
  if ((mode & 0o777) !== OWNER) changeMode(folder)
  if (!isMine) return 'belongs-to-another-user'
  return (statSync(folder).mode & OTHERS) === 0 ? null : 'disk-takes-no-modes'
}

function changeMode(folder: string): void {
  try {
    chmodSync(folder, OWNER)
  } catch (error) {
    if (!REFUSED.has(errno(error))) throw error
  }
}

/** What a walk through a library did. */
export interface Repaired {
  /** Files and folders that others could read until now. */
  readonly closed: number
  /** Those that could not be closed. */
  readonly refused: number
  /** Links in the folder itself: what they lead to is not ours to close. */
  readonly links: readonly string[]
}

/**
 * Takes from other users what they could read in a library that was made before, folder by folder and gently. Follows no
 * link, and touches nothing that is no file and no folder.
 */
export async function repairModes(root: string, signal: AbortSignal): Promise<Repaired> {
  const repaired = { closed: 0, refused: 0, links: [] as string[] }
  if (process.platform === 'win32') return repaired
  const waiting = [root]
  for (let folder = waiting.pop(); folder !== undefined && !signal.aborted; folder = waiting.pop()) {
    for (const entry of await list(folder)) {
      const place = path.join(folder, entry.name)
      if (entry.isDirectory()) waiting.push(place)
      else if (entry.isSymbolicLink() && folder === root) repaired.links.push(place)
      if (!entry.isDirectory() && !entry.isFile()) continue
      const done = await close(place)
      if (done === 'closed') repaired.closed += 1
      else if (done === 'refused') repaired.refused += 1
    }
    await pause(REST_MS)
  }
  return repaired
}

async function list(folder: string) {
  try {
    // No link is gone through, also one that took the folder's place meanwhile.
    return lstatSync(folder).isDirectory() ? await fs.readdir(folder, { withFileTypes: true }) : []
  } catch {
    // Deleted meanwhile, or not to be read even by us.
    return []
  }
}

async function close(place: string): Promise<'closed' | 'refused' | 'was-closed'> {
  try {
    const { mode } = await fs.lstat(place)
    if ((mode & OTHERS) === 0) return 'was-closed'
    // Through a handle: a link that took its place meanwhile is not followed.
    const handle = await fs.open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      await handle.chmod(mode & OWNER)
    } finally {
      await handle.close()
    }
    return 'closed'
  } catch (error) {
    return errno(error) === 'ENOENT' ? 'was-closed' : 'refused'
  }
}
