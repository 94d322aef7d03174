import fs from 'node:fs/promises'
import path from 'node:path'
import { NO_LINK, syncFolder } from './durable.ts'

/**
 * Puts a small text in the place of what was there, so that after a power cut one of the two is there, whole. The new
 * text is first written beside it, as `<file>.new`. The folder has to be there.
 */
export async function replaceDurably(file: string, text: string): Promise<void> {
  const beside = `${file}.new`
  // What a crash left half-written; and nothing is written through a link that somebody laid there.
  await fs.rm(beside, { force: true })
  const handle = await fs.open(beside, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await fs.rename(beside, file)
  await syncFolder(path.dirname(file))
}

/** Adds to a text file, which is made where there is none. Not synced: whoever reads it has to do without its end. */
export async function appendText(file: string, text: string): Promise<void> {
  const flags = fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_APPEND | NO_LINK
  const handle = await fs.open(file, flags, 0o600)
  try {
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}

/** The text of a real file of at most so many bytes; null for anything else. */
export async function readSmallText(file: string, mostBytes: number): Promise<string | null> {
  try {
    if (!(await fs.lstat(file)).isFile()) return null
    const handle = await fs.open(file, fs.constants.O_RDONLY | NO_LINK)
    try {
      if ((await handle.stat()).size > mostBytes) return null
      return await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch {
    // Missing, or not to be read: what it says is not known either way.
    return null
  }
}

/** The same as JSON; null when it is none. What it holds is untrusted. */
export async function readSmallJson(file: string, mostBytes: number): Promise<unknown> {
  const text = await readSmallText(file, mostBytes)
  if (text === null) return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    // Damaged: as good as none.
    return null
  }
}
