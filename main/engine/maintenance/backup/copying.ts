import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { syncFolderNow } from '../../../platform/files/index.ts'
import type { PartChecksum } from '../../objects/index.ts'
import type { Pace } from '../pace.ts'
import { readFile } from '../reading.ts'

/**
 * Copies a file, or a part of one, into a new file and syncs it. A disk that shares blocks between files (Btrfs, XFS, APFS)
 * makes the copy in no time; it is read and hashed all the same.
 * @returns null when it cannot be read.
 */
export async function copyInto(
  to: string,
  from: { file: string; range: { start?: number; sizeBytes?: number }; checksum: PartChecksum | null },
  pace: Pace,
  onBytes: (bytes: number) => void,
): Promise<{ sha256: string; sizeBytes: number } | null> {
  const { file, range, checksum } = from
  const isShared = range.start === undefined && cloned(file, to)
  const handle = fs.openSync(to, isShared ? 'r+' : 'wx', 0o600)
  try {
    const take = (bytes: Uint8Array): void => {
      checksum?.update(bytes)
      writeAll(handle, bytes)
    }
    const read = isShared
      ? await readFile(to, pace, { onBytes })
      : await readFile(file, pace, { ...range, onBytes, take })
    if (read.is !== 'read') return null
    fs.fsyncSync(handle)
    return { sha256: read.digest, sizeBytes: read.sizeBytes }
  } finally {
    fs.closeSync(handle)
  }
}

function cloned(from: string, to: string): boolean {
  try {
    if (!fs.lstatSync(from).isFile()) return false
    fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE_FORCE | fs.constants.COPYFILE_EXCL)
    fs.chmodSync(to, 0o600)
    return true
  } catch {
    // This disk cannot, or the file is missing, which is found out when it is read.
    fs.rmSync(to, { force: true })
    return false
  }
}

export /** @param at where in the file; at its end without. */
function writeAll(descriptor: number, bytes: Uint8Array, at: number | null = null): void {
  for (let done = 0; done < bytes.length;) {
    done += fs.writeSync(descriptor, bytes, done, bytes.length - done, at === null ? null : at + done)
  }
}

const UNFINISHED = '.making-'

/** A name in `folder` for a file that is being made. */
export function temporaryIn(folder: string): string {
  return path.join(folder, `${UNFINISHED}${randomUUID()}`)
}

export function isUnfinished(name: string): boolean {
  return name.startsWith(UNFINISHED)
}

/** What a crash left in `folder`. */
export function removeUnfinished(folder: string): void {
  for (const name of fs.readdirSync(folder).filter(isUnfinished)) fs.rmSync(path.join(folder, name), { force: true })
}

/** Gives a synced file its name, so that a power cut leaves it there whole or not at all. */
export function place(temporary: string, to: string): void {
  const folder = path.dirname(to)
  makeFolder(folder)
  fs.renameSync(temporary, to)
  syncFolderNow(folder)
}

/** One level after the other, each synced into the one above it. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return
  makeFolder(path.dirname(folder))
  fs.mkdirSync(folder, { mode: 0o700 })
  syncFolderNow(path.dirname(folder))
}
