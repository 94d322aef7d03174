import fs from 'node:fs/promises'
import path from 'node:path'
import { errno, listRealFolder, syncFolder } from '../../platform/files/index.ts'

/** Bytes of a file, or of the files of a folder. */
export async function bytesOf(file: string): Promise<number> {
  const stat = await fs.lstat(file)
  if (!stat.isDirectory()) return stat.size
  const entries = (await listRealFolder(file)) ?? []
  const sizes = await Promise.all(entries.map(({ name }) => fs.lstat(path.join(file, name))))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}

export async function copyDurably(from: string, to: string): Promise<void> {
  await fs.copyFile(from, to, fs.constants.COPYFILE_EXCL)
  const handle = await fs.open(to, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(path.dirname(to))
}

/** A second name for the same bytes; false where the disk knows no such thing (exFAT). */
export async function linked(from: string, to: string): Promise<boolean> {
  try {
    await fs.link(from, to)
    return true
  } catch (error) {
    if (errno(error) === 'ENOENT') throw error
    return false
  }
}
