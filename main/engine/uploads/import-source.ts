import type { Dirent } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { type ContentType, MAX_UPLOAD_BYTES } from '../../contract/index.ts'
import { bytesOf, errno, joinBytes, readablePath } from '../../platform/files/index.ts'
import { isSystemFolder, type LeftOut, type LeftOutCounts, proxiesAmong, reasonOf } from './left-out.ts'

/** UP-3. What a file really holds is found out by probing it. */
const TYPES: Readonly<Record<string, ContentType>> = {
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.qt': 'video/quicktime',
  '.m4v': 'video/x-m4v',
  '.webm': 'video/webm',
  '.avi': 'video/x-msvideo',
}

/** A file that can be imported. */
export interface ImportSource {
  /** May be no text, see `joinBytes`. */
  readonly path: string
  readonly sizeBytes: number
  /** Milliseconds since 1970; with the size it shows whether the file changed since. */
  readonly modifiedAt: number
  readonly contentType: ContentType
}

export interface Refusal {
  readonly path: string
  /** For a person to read. */
  readonly reason: string
}

/** What lies at one path. */
export interface Found {
  readonly sources: ImportSource[]
  readonly refused: Refusal[]
  readonly leftOut: LeftOutCounts
}

/** The videos at one path: a file, or a folder with everything below it. */
export async function findSources(given: string): Promise<Found> {
  const file = path.resolve(given)
  try {
    const stat = await fs.stat(file)
    if (!stat.isDirectory()) return { ...sort([await inspect(file)]), leftOut: new Map() }
    const { files, refused, leftOut } = await videosBelow(file)
    const found = sort(await Promise.all(files.map(inspect)))
    const none = files.length > 0 ? [] : [{ path: given, reason: `No videos in ${path.basename(file)}.` }]
    return { sources: found.sources, refused: [...found.refused, ...refused, ...none], leftOut }
  } catch (error) {
    return { sources: [], refused: [{ path: given, reason: explain(file, error) }], leftOut: new Map() }
  }
}

/** Size and time of the file now, or null when it is gone. */
export async function inspectAgain(file: string): Promise<{ sizeBytes: number; modifiedAt: number } | null> {
  try {
    const { size, mtimeMs } = await fs.stat(bytesOf(file))
    return { sizeBytes: size, modifiedAt: Math.trunc(mtimeMs) }
  } catch {
    // It cannot be read, for any reason: the caller reports it as missing.
    return null
  }
}

async function inspect(file: string): Promise<ImportSource | Refusal> {
  try {
    const stat = await fs.stat(bytesOf(file))
    const name = path.basename(readablePath(file))
    const contentType = TYPES[path.extname(file).toLowerCase()]
    if (!stat.isFile()) return { path: file, reason: `${name} is not a file.` }
    if (!contentType) return { path: file, reason: `Not a video: ${name}. Supported are MP4, MOV, M4V, WebM and AVI.` }
    if (stat.size === 0) return { path: file, reason: `${name} is empty. Copy it from the camera again.` }
    if (stat.size > MAX_UPLOAD_BYTES)
      return { path: file, reason: `${name} is larger than 10 GB (${MAX_UPLOAD_BYTES} bytes).` }
    return { path: file, sizeBytes: stat.size, modifiedAt: Math.trunc(stat.mtimeMs), contentType }
  } catch (error) {
    return { path: file, reason: explain(file, error) }
  }
}

/** Folder by folder: one that may not be read hides no other. */
async function videosBelow(root: string) {
  const all: string[] = []
  const refused: Refusal[] = []
  const leftOut = new Map<LeftOut, number>()
  const leave = (why: LeftOut): void => void leftOut.set(why, (leftOut.get(why) ?? 0) + 1)
  const folders = [root]
  for (const folder of folders) {
    const entries = await readFolder(folder).catch((error: unknown) => {
      if (folder === root) throw error
      refused.push({ path: readablePath(folder), reason: explain(folder, error) })
      return []
    })
    for (const entry of entries) {
      const name = entry.name.toString('utf8')
      const why = reasonOf(name)
      if (entry.isDirectory() && isSystemFolder(name)) leave('system')
      else if (entry.isDirectory()) folders.push(joinBytes(folder, entry.name))
      else if (entry.isFile() && why) leave(why)
      else if (entry.isFile()) all.push(joinBytes(folder, entry.name))
    }
  }
  const proxies = proxiesAmong(all)
  const videos = all.filter((file) => path.extname(file).toLowerCase() in TYPES)
  for (const file of videos) if (proxies.has(file)) leave('camera')
  return { files: videos.filter((file) => !proxies.has(file)).toSorted(), refused, leftOut }
}

/** Names as bytes: Linux lets them be no text. */
async function readFolder(folder: string): Promise<Dirent<Buffer>[]> {
  return await fs.readdir(bytesOf(folder), { withFileTypes: true, encoding: 'buffer' })
}

function sort(found: Array<ImportSource | Refusal>): Pick<Found, 'sources' | 'refused'> {
  return {
    sources: found.filter((one): one is ImportSource => 'sizeBytes' in one),
    refused: found.filter((one): one is Refusal => 'reason' in one),
  }
}

function explain(file: string, error: unknown): string {
  const code = errno(error)
  const name = path.basename(readablePath(file))
  if (code === 'ENOENT') return `${name} no longer exists.`
  if (code === 'EACCES' || code === 'EPERM') return `${name} cannot be read. Check its permissions.`
  return `${name} cannot be read.`
}
