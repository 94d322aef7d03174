import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { DataFolder } from '../../../platform/files/index.ts'
import { BY_IMPORT, BY_REBUILD, finding, type Subject } from '../findings.ts'
import { namesIn, readFile } from '../reading.ts'
import { reportConfirmed } from './confirm.ts'
import type { Suspect, Verification } from './verification.ts'

export const NAME = /^[0-9a-f]{64}$/
export const FAN_OUT = /^[0-9a-f]{2}$/
/** So many suspects are checked again together: each round waits a moment. */
const ROUND = 50
const Sidecar = z.object({ videos: z.array(z.object({ title: z.string() })) })

/**
 * Reads every object again and compares it with its name.
 * @param after begins after the object of that name.
 * @param onDone called after each object, with whether all suspects so far are reported.
 */
export async function checkObjects(
  verification: Verification,
  after: string,
  onDone: (sha256: string, isSettled: boolean) => void,
): Promise<void> {
  const names = verification.rows?.objects.all(after) ?? namesOfFiles(verification.folder, after)
  let suspects: Suspect[] = []
  for (const { sha256, sizeBytes } of names) {
    const suspect = await checkObject(verification, sha256, sizeBytes)
    if (suspect) suspects.push(suspect)
    if (suspects.length >= ROUND) {
      await reportConfirmed(suspects, verification)
      suspects = []
    }
    onDone(sha256, suspects.length === 0)
  }
  await reportConfirmed(suspects, verification)
}

/** Names every object that no row knows. */
export async function checkUnknownObjects(verification: Verification): Promise<void> {
  const { rows, folder, onBytes, pace } = verification
  if (!rows) return
  const suspects: Suspect[] = []
  for (const { sha256 } of namesOfFiles(folder, '')) {
    if (rows.objects.get(sha256)) continue
    const { digest } = { digest: null, ...(await readFile(folder.object(sha256), pace, { onBytes })) }
    const detail = digest === sha256 ? undefined : 'Its content does not match its name.'
    suspects.push({
      finding: finding({ ...subjectOf(verification, sha256) }, 'unknown', BY_REBUILD, detail),
      isStillWrong: () => rows.objects.get(sha256) === null && isListed(folder, sha256),
    })
  }
  await reportConfirmed(suspects, verification)
}

async function checkObject(
  verification: Verification,
  sha256: string,
  sizeBytes: number | null,
): Promise<Suspect | null> {
  const { folder, rows, pace, onBytes, badObjects } = verification
  const read = await readFile(folder.object(sha256), pace, { onBytes })
  if (read.is === 'read' && read.digest === sha256 && (sizeBytes ?? read.sizeBytes) === read.sizeBytes) return null
  badObjects.add(sha256)
  const subject = subjectOf(verification, sha256)
  const isStillWrong = (): boolean => {
    const isNamed = rows?.objects.get(sha256) !== null
    if (!isNamed) badObjects.delete(sha256)
    return isNamed
  }
  if (read.is === 'missing') return { finding: finding(subject, 'missing', BY_IMPORT), isStillWrong }
  const detail = read.is === 'unreadable' ? `${capital(read.why)}.` : whyOf(verification, read, sizeBytes)
  return { finding: finding(subject, 'damaged', BY_IMPORT, detail), isStillWrong }
}

function whyOf({ rows }: Verification, read: { digest: string; sizeBytes: number }, sizeBytes: number | null): string {
  const other = rows?.objects.get(read.digest) ? rows.aboutObject(read.digest).title : null
  if (other !== null) return `It contains another video: ${JSON.stringify(other)}.`
  if (sizeBytes === null || read.sizeBytes === sizeBytes) return 'Its content has changed.'
  return `It has ${read.sizeBytes} bytes instead of ${sizeBytes}.`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function subjectOf({ rows, folder }: Verification, sha256: string): Subject {
  const about = rows?.aboutObject(sha256)
  const title = about?.title ?? titleBeside(folder.object(sha256))
  return {
    kind: 'object',
    path: `objects/${sha256.slice(0, 2)}/${sha256}`,
    sha256,
    videoId: about?.videoId ?? null,
    title,
  }
}

/** The title in the file beside an object. */
function titleBeside(object: string): string | null {
  try {
    return Sidecar.parse(JSON.parse(readFileSync(`${object}.json`, 'utf8'))).videos[0]?.title ?? null
  } catch {
    // Missing or unreadable: only the hash is known.
    return null
  }
}

interface Named {
  readonly sha256: string
  /** Null when only the file is known. */
  readonly sizeBytes: number | null
}

/** Files named as objects are; others are not ours. */
export function* namesOfFiles(folder: DataFolder, after: string): Generator<Named> {
  for (const prefix of namesIn(folder.objects).filter((name) => FAN_OUT.test(name))) {
    for (const name of namesIn(path.join(folder.objects, prefix))) {
      if (NAME.test(name) && name.startsWith(prefix) && name > after) yield { sha256: name, sizeBytes: null }
    }
  }
}

function isListed(folder: DataFolder, sha256: string): boolean {
  return namesIn(path.dirname(folder.object(sha256))).includes(sha256)
}
