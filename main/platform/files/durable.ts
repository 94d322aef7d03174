import fs from 'node:fs/promises'
import path from 'node:path'
import { EngineError } from '../../contract/index.ts'

/** Makes a rename or a new name in `folder` survive a power cut. Windows keeps no such handle and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Moves `from` to `to` on the same disk so that after a crash it is at one of the two, whole. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await fs.mkdir(path.dirname(to), { recursive: true })
  await fs.rename(from, to)
  await syncFolder(path.dirname(to))
  await syncFolder(path.dirname(from))
}

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
    // Whatever the reason, it cannot be written to now.
    return false
  }
}

export function isMissing(error: unknown): boolean {
  const code = errno(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** The system's code of a failed file operation (`ENOSPC`, `EACCES`, …), or null. */
export function errno(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** A failed write as something a person can act on; everything else passes through unchanged. */
export function explainWriteFailure(error: unknown, folder: string): unknown {
  switch (errno(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new EngineError(
        'storage_full',
        'The disk is full. Free some space; what is stored already is safe.',
        null,
        {
          cause: error,
        },
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new EngineError(
        'storage_refused',
        `Fieldreel may not write to ${folder}. Check its permissions, or choose another folder.`,
        null,
        { cause: error },
      )
    default:
      return error
  }
}
