import path from 'node:path'
import { readablePath } from '../../platform/files/index.ts'

/** Why files of a folder are not imported though somebody chose the folder. */
export type LeftOut = 'camera' | 'system'

/** How many files of a folder were left out, by reason. A folder that is not looked into counts as one. */
export type LeftOutCounts = ReadonlyMap<LeftOut, number>

/** Trash and folders of the system, in lower case. Those that begin with a dot are left out in any case. */
const SYSTEM_FOLDERS: ReadonlySet<string> = new Set([
  ...['$recycle.bin', 'recycler', 'recycled', 'system volume information', 'found.000'],
  ...['lost+found', 'lost.dir', 'network trash folder', 'temporary items', 'trash'],
])
/** Thumbnails and small copies that cameras write beside each film: GoPro, DJI, Insta360, Canon. */
const CAMERA_FILES: ReadonlySet<string> = new Set(['.lrv', '.thm', '.lrf', '.scr', '.tnl'])
/** Folders in which cameras write small copies: Sony, Panasonic, Blackmagic. A person may call a folder so, too. */
const PROXY_FOLDER = /^(sub|proxy|proxies)$/i
/** What cameras add to the name of a small copy: C0001S03, A001_Proxy. */
const PROXY_ENDING = /(s\d{2}|[-_ ]?proxy|[-_ ]sub)$/
/** Insta360 names the small copy of VID_x LRV_x. */
const PROXY_BEGINNING = 'lrv_'

/** Whether a folder of that name holds nothing that somebody filmed. */
export function isSystemFolder(name: string): boolean {
  return name.startsWith('.') || SYSTEM_FOLDERS.has(name.toLowerCase())
}

/** Why a file is left out by its name alone; null when it is not. macOS leaves `._NAME` twins that hold no video. */
export function reasonOf(name: string): LeftOut | null {
  if (name.startsWith('.')) return 'system'
  return CAMERA_FILES.has(path.extname(name).toLowerCase()) ? 'camera' : null
}

/**
 * Those files that are small copies of another one. By its name alone none is: the film that it is a copy of must be there,
 * of whatever kind.
 * @param files all files of a folder and of those below it.
 */
export function proxiesAmong(files: readonly string[]): ReadonlySet<string> {
  const likely = files.filter(isLikelyProxy)
  if (likely.length === 0) return new Set()
  const copies = new Set(likely)
  const originals = new Set(files.filter((file) => !copies.has(file)).map(stemOf))
  return new Set(likely.filter((file) => originals.has(originalStemOf(file))))
}

export function sumOf(all: readonly LeftOutCounts[]): LeftOutCounts {
  const sum = new Map<LeftOut, number>()
  for (const [why, count] of all.flatMap((counts) => [...counts])) sum.set(why, (sum.get(why) ?? 0) + count)
  return sum
}

/** In words for a person; null when nothing was left out. */
export function describeLeftOut(counts: LeftOutCounts): string | null {
  const camera = counts.get('camera') ?? 0
  const system = counts.get('system') ?? 0
  const reasons = [
    ...(camera > 0 ? ['thumbnails and proxies of the camera'] : []),
    ...(system > 0 ? ['trash, hidden files and folders of the system'] : []),
  ]
  if (reasons.length === 0) return null
  const all = camera + system
  return `${all} ${all === 1 ? 'file' : 'files'} left out: ${reasons.join('; ')}.`
}

function isLikelyProxy(file: string): boolean {
  return stemOf(file).startsWith(PROXY_BEGINNING) || PROXY_FOLDER.test(path.basename(path.dirname(file)))
}

function originalStemOf(file: string): string {
  return stemOf(file).replace(/^lrv_/, 'vid_').replace(PROXY_ENDING, '')
}

function stemOf(file: string): string {
  return path.parse(readablePath(file)).name.toLowerCase()
}
