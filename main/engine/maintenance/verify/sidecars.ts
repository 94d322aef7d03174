import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { isMissing } from '../../../platform/files/index.ts'
import { finding } from '../findings.ts'
import type { LibraryRows } from '../library-rows.ts'
import { FAN_OUT, listed, NAME } from './objects.ts'
import { tellOf } from './suspects.ts'
import type { Suspect, Verification } from './verification.ts'

const HEALS = {
  heals: 'itself',
  remedy: 'Nothing to do: Fieldreel writes it again from the database while it is open.',
} as const

/** What verify knows of a sidecar; whatever else it holds is its writer's. */
const Sidecar = z.object({
  sha256: z.string(),
  videos: z.array(
    z.object({ id: z.string(), title: z.string(), filename: z.string(), tags: z.array(z.string()) }).partial(),
  ),
})

/** Compares the files that say what an object holds with the rows; what differs is removed, to be written again. */
export async function checkSidecars(verification: Verification): Promise<void> {
  const { folder, rows, marks, pace } = verification
  if (!rows) return
  const suspects: Suspect[] = []
  for (const prefix of listed(folder.objects).filter((name) => FAN_OUT.test(name))) {
    for (const name of listed(path.join(folder.objects, prefix))) {
      const sha256 = path.parse(name).name
      if (!name.endsWith('.json') || !NAME.test(sha256)) continue
      await pace.spend(0)
      const file = path.join(folder.objects, prefix, name)
      if (saysSo(file, sha256, rows)) continue
      const about = rows.aboutObject(sha256)
      suspects.push({
        finding: finding({ kind: 'sidecar', path: `objects/${prefix}/${name}`, sha256, ...about }, 'damaged', HEALS),
        isStill: () => !rows.isSidecarStale(sha256) && !saysSo(file, sha256, rows),
        act: () => {
          // Beside an object that no row names it may be all that is known of it.
          if (about.videoId === null) return
          rmSync(file, { force: true })
          marks.add(about.videoId, null)
        },
      })
    }
  }
  await tellOf(suspects, verification)
}

/** Whether a sidecar can be read and says of the videos of its object what the rows say. */
function saysSo(file: string, sha256: string, rows: LibraryRows): boolean {
  const text = textOf(file)
  // Removed with its object meanwhile.
  if (text === null) return true
  const parsed = parse(text)
  if (parsed?.sha256 !== sha256) return false
  const told = new Map(parsed.videos.map((video) => [video.id, video]))
  return rows.films(sha256).every(({ id, title, filename, tags }) => {
    const video = told.get(id)
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

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
