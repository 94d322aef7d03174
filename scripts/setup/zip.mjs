// @ts-check
import { createWriteStream } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

const PERMISSIONS = 0o777
const READABLE = 0o644

/**
 * Extracts some files of a zip archive, with their permissions. yauzl refuses broken data and unsafe names but compares
 * no checksums: whoever needs to trust the archive checks it as a whole first.
 * @param {string} archive
 * @param {string} folder created when missing
 * @param {(name: string) => string | null} place the path to give an entry, or null to leave it out
 * @throws {Error} when the archive is damaged or `place` points outside
 */
export async function extractZip(archive, folder, place) {
  const zip = await openPromise(archive)
  for await (const entry of zip.eachEntry()) {
    const target = entry.fileName.endsWith('/') ? null : place(entry.fileName)
    if (target === null) continue
    const file = path.resolve(folder, target)
    if (!file.startsWith(path.resolve(folder) + path.sep)) throw new Error(`${target} would lie outside ${folder}`)
    await fs.mkdir(path.dirname(file), { recursive: true })
    // the upper half of the attributes are Unix permissions, when the archive was made on Unix
    const mode = (entry.externalFileAttributes >>> 16) & PERMISSIONS || READABLE
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file, { mode }))
  }
}
