import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import fs, { type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { errno, isMissing } from './failure.ts'

/** Fails with ELOOP on a link, where the system can; Windows makes links for administrators only. */
export const NO_LINK = (constants.O_NOFOLLOW as number | undefined) ?? 0

/** What a file system says that cannot sync a folder: some of a network or of FUSE. It has then no more to give. */
const NO_FOLDER_SYNC: ReadonlySet<string | null> = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/** Makes the names in `folder` (made, renamed, deleted) survive a power cut. Windows keeps no such handle and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(errno(error))) throw error
  } finally {
    await handle.close()
  }
}

/** The same, at once: for what has to be there before anything else begins. */
export function syncFolderNow(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(errno(error))) throw error
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Makes a folder, and those above it that are not there, so that it survives a power cut. One that is there already is
 * synced too: who made it may have ended before it was.
 */
export async function makeFolderDurably(folder: string): Promise<void> {
  try {
    await fs.mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (isMissing(error)) {
      await makeFolderDurably(path.dirname(folder))
      await makeFolderDurably(folder)
      return
    }
    if (errno(error) !== 'EEXIST') throw error
  }
  await syncFolder(path.dirname(folder))
}

/**
 * Opens a file for reading and writing, made when it is not there, and lets `write` fill it. A link in its place is
 * refused: some other file would be cut or lengthened. When this resolves, its
 * bytes and its name survive a power cut.
 */
export async function writeFileDurably(file: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await fs.open(file, constants.O_RDWR | constants.O_CREAT | NO_LINK, 0o600)
  try {
    await write(handle)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(path.dirname(file))
}

/**
 * Replaces a small file: after a power cut it is the old one or the new one, whole. Only its owner may read it, from its
 * first byte on.
 */
export function replaceFileDurably(file: string, text: string): void {
  const unfinished = `${file}.new`
  rmSync(unfinished, { force: true })
  // Made anew: a link of that name would lead elsewhere.
  writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(unfinished, file)
  syncFolderNow(path.dirname(file))
}

/** Moves `from` to `to` on the same disk so that after a crash it is at one of the two, whole. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await makeFolderDurably(path.dirname(to))
  await fs.rename(from, to)
  await syncFolder(path.dirname(to))
  await syncFolder(path.dirname(from))
}
