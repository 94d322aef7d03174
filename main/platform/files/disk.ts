import fs from 'node:fs/promises'
import { isMissing } from './failure.ts'

/** Size in bytes, or null when there is no such file. */
export async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await fs.stat(file)).size
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Bytes that this user may still write on the disk that holds `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await fs.statfs(folder)
  return bavail * bsize
}

/** Whether files may be made in `folder` now: a disk mounted read-only and a folder without permission may not. */
export async function isWritable(folder: string): Promise<boolean> {
  try {
    await fs.access(folder, fs.constants.W_OK)
    return true
  } catch {
    // For any reason: it cannot be written to now.
    return false
  }
}
