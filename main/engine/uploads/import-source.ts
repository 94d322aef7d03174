import type { Dirent } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { type ContentType, MAX_UPLOAD_BYTES } from '../../contract/index.ts'

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

/** The videos at one path: a file, or a folder with everything below it. */
export async function findSources(given: string): Promise<{ sources: ImportSource[]; refused: Refusal[] }> {
  const file = path.resolve(given)
  try {
    const stat = await fs.stat(file)
    if (!stat.isDirectory()) return sort([await inspect(file)])
    const { files, refused } = await videosBelow(file)
    const found = sort(await Promise.all(files.map(inspect)))
    const none = files.length > 0 ? [] : [{ path: given, reason: `No videos in ${path.basename(file)}.` }]
    return { sources: found.sources, refused: [...found.refused, ...refused, ...none] }
  } catch (error) {
    return { sources: [], refused: [{ path: given, reason: explain(file, error) }] }
  }
}

/** Size and time of the file now, or null when it is gone. */
export async function inspectAgain(file: string): Promise<{ sizeBytes: number; modifiedAt: number } | null> {
  try {
    const { size, mtimeMs } = await fs.stat(file)
    return { sizeBytes: size, modifiedAt: Math.trunc(mtimeMs) }
  } catch {
    // It cannot be read, for any reason: the caller reports it as missing.
    return null
  }
}

async function inspect(file: string): Promise<ImportSource | Refusal> {
  try {
    const stat = await fs.stat(file)
    const name = path.basename(file)
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

/** Folder by folder: one that may not be read (`lost+found`, a system's own) hides no other. */
async function videosBelow(root: string): Promise<{ files: string[]; refused: Refusal[] }> {
  const files: string[] = []
  const refused: Refusal[] = []
  const folders = [root]
  for (const folder of folders) {
    const entries = await fs.readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (folder === root) throw error
      refused.push({ path: folder, reason: explain(folder, error) })
      return []
    })
    for (const entry of entries) {
      const inside = path.join(folder, entry.name)
      if (entry.isDirectory()) folders.push(inside)
      else if (isVisibleVideo(entry)) files.push(inside)
    }
  }
  return { files: files.toSorted(), refused }
}

/** Cameras and macOS leave `._NAME` twins that hold no video. */
function isVisibleVideo(entry: Dirent): boolean {
  return entry.isFile() && !entry.name.startsWith('.') && path.extname(entry.name).toLowerCase() in TYPES
}

function sort(found: Array<ImportSource | Refusal>): { sources: ImportSource[]; refused: Refusal[] } {
  return {
    sources: found.filter((one): one is ImportSource => 'sizeBytes' in one),
    refused: found.filter((one): one is Refusal => 'reason' in one),
  }
}

function explain(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return `${path.basename(file)} no longer exists.`
  if (code === 'EACCES' || code === 'EPERM') return `${path.basename(file)} cannot be read. Check its permissions.`
  return `${path.basename(file)} cannot be read.`
}
