import { lstatSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type DataFolder, errno, isMissing } from '../../../platform/files/index.ts'
import { isIntact } from '../../objects/index.ts'
import { finding } from '../findings.ts'
import type { ListedVideo } from '../../library/index.ts'
import type { Inventory } from '../inventory.ts'
import { namesIn } from '../reading.ts'
import { FAN_OUT, NAME } from './objects.ts'
import { reportConfirmed } from './confirm.ts'
import type { Suspect, Verification } from './verification.ts'

const HEALS = {
  heals: 'itself',
  remedy: 'Nothing to do: Fieldreel writes it again from the database while it is open.',
} as const

/** A sidecar is a few kilobytes. */
const MOST_BYTES = 4 * 1024 * 1024

/** Of a video that no row knows little may be known. */
const Text = z.string().nullable()

/** The part of a sidecar that verify compares. */
const Sidecar = z.object({
  sha256: z.string(),
  videos: z.array(z.object({ id: Text, title: Text, filename: Text, tags: z.array(z.string()) }).partial()),
})

/**
 * Compares the files that say what an object holds with the rows. What is damaged or missing is written again while the
 * library is open; nothing is removed: a damaged one may be all that is known of a video.
 */
export async function checkSidecars(verification: Verification): Promise<void> {
  const { folder, rows, marks, pace } = verification
  if (!rows) return
  const suspects: Suspect[] = []
  for (const sha256 of new Set([...besideFiles(folder), ...ofRows(rows)])) {
    await pace.spend(0)
    const file = folder.sidecar(sha256)
    const problem = problemOf(file, sha256, rows)
    if (problem === null) continue
    const about = rows.aboutObject(sha256)
    const path = `objects/${sha256.slice(0, 2)}/${sha256}.json`
    suspects.push({
      finding: finding({ kind: 'sidecar', path, sha256, ...about }, problem, HEALS),
      isStillWrong: () => !rows.objects.isSidecarStale(sha256) && problemOf(file, sha256, rows) === problem,
      repair: () => about.videoId !== null && marks.addSidecar(about.videoId),
    })
  }
  await reportConfirmed(suspects, verification)
}

function* besideFiles(folder: DataFolder): Generator<string> {
  for (const prefix of namesIn(folder.objects).filter((name) => FAN_OUT.test(name))) {
    for (const name of namesIn(path.join(folder.objects, prefix))) {
      const sha256 = path.parse(name).name
      if (name.endsWith('.json') && NAME.test(sha256) && sha256.startsWith(prefix)) yield sha256
    }
  }
}

/** Objects that videos have; one that several have comes as often. */
export function* ofRows(rows: Inventory): Generator<string> {
  for (const { sha256 } of rows.videos.all()) yield sha256
}

/** What is wrong with a sidecar; null when it is as written and says of its videos what the rows say. */
export function problemOf(file: string, sha256: string, rows: Inventory): 'damaged' | 'missing' | null {
  const text = textOf(file)
  const videos = rows.videos.ofObject(sha256)
  // Without an object it is removed, too.
  if (text === null) return videos.length > 0 ? 'missing' : null
  return isIntact(text) && saysSo(text, sha256, videos) ? null : 'damaged'
}

function saysSo(text: string, sha256: string, videos: readonly ListedVideo[]): boolean {
  const parsed = parse(text)
  if (parsed?.sha256 !== sha256) return false
  const listed = new Map(parsed.videos.map((video) => [video.id, video]))
  return videos.every(({ id, title, filename, tags }) => {
    const video = listed.get(id)
    const sameTags = JSON.stringify(video?.tags) === JSON.stringify(JSON.parse(tags))
    return video?.title === title && video.filename === filename && sameTags
  })
}

function parse(text: string): z.infer<typeof Sidecar> | null {
  try {
    return Sidecar.safeParse(JSON.parse(text)).data ?? null
  } catch {
    // No JSON any more.
    return null
  }
}

/** Null when it is missing; '' for a link, a folder or an unreadable file. */
function textOf(file: string): string | null {
  const stat = lstatSync(file, { throwIfNoEntry: false })
  if (!stat) return null
  if (!stat.isFile() || stat.size > MOST_BYTES) return ''
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    if (errno(error) !== null) return ''
    throw error
  }
}
