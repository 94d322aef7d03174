import { rmSync } from 'node:fs'
import path from 'node:path'
import { FrameIndex } from '../../../contract/index.ts'
import type { ListedVideo } from '../../library/index.ts'
import type { ListedChecksum } from '../../objects/index.ts'
import { BY_ITSELF, finding, type Subject, WITH_ITS_VIDEO } from '../findings.ts'
import type { Inventory } from '../inventory.ts'
import { bytesOf, readFile } from '../reading.ts'
import { reportConfirmed } from './confirm.ts'
import type { Suspect, Verification } from './verification.ts'

type State = 'good' | 'damaged' | 'missing'

/** So many suspects are checked again together: each round waits a moment. */
const ROUND = 200

/** Checks the pictures, previews and frame indices that rows name. What is damaged is removed, to be made again. */
export async function checkDerived(verification: Verification): Promise<void> {
  const { rows } = verification
  if (!rows) return
  let suspects: Suspect[] = []
  const add = async (more: readonly Suspect[]): Promise<void> => {
    suspects.push(...more)
    if (suspects.length < ROUND) return
    await reportConfirmed(suspects, verification)
    suspects = []
  }
  for (const video of rows.videos.all()) await add(await checkVideo(verification, rows, video))
  for (const { id, title } of rows.tasks.all()) {
    await add(await checkTask(verification, rows, id, title))
  }
  await reportConfirmed(suspects, verification)
}

async function checkVideo(verification: Verification, rows: Inventory, video: ListedVideo): Promise<Suspect[]> {
  const { badObjects, folder, marks } = verification
  const recorded = rows.objects.checksums(video.id)
  const suspects: Suspect[] = []
  for (const name of rows.videos.filesOf(video)) {
    const state = await stateOf(verification, video.id, name, recorded.get(name))
    if (state === 'good') continue
    const isBad = badObjects.has(video.sha256)
    const healing = isBad ? WITH_ITS_VIDEO : BY_ITSELF
    suspects.push({
      finding: finding(subjectOf(video, name), state, healing),
      isStillWrong: async () => {
        const now = rows.videos.get(video.id)
        if (!now || !rows.videos.filesOf(now).includes(name) || isOnItsWay(rows, video.id, name)) return false
        return (await stateOf(verification, video.id, name, rows.objects.checksums(video.id).get(name))) !== 'good'
      },
      repair: () => {
        marks.add(video.id, isBad ? video.sha256 : null)
        // While the video is damaged, a damaged picture is the only one there is.
        if (!isBad) rmSync(path.join(folder.derivedOf(video.id), name), { force: true })
      },
    })
  }
  return suspects
}

/** Files made from a task are made when they are asked for: only those that are there can be wrong. */
async function checkTask(
  verification: Verification,
  rows: Inventory,
  taskId: string,
  title: string,
): Promise<Suspect[]> {
  const suspects: Suspect[] = []
  for (const [name, recorded] of rows.objects.checksums(taskId)) {
    if (name === 'stream' || (await stateOf(verification, taskId, name, recorded)) !== 'damaged') continue
    const place = path.join(verification.folder.derivedOf(taskId), name)
    const subject: Subject = { kind: kindOf(name), path: `derived/${taskId}/${name}`, title }
    suspects.push({
      finding: finding(subject, 'damaged', BY_ITSELF),
      isStillWrong: async () => {
        const now = rows.objects.checksums(taskId).get(name)
        return now !== undefined && (await stateOf(verification, taskId, name, now)) === 'damaged'
      },
      repair: () => rmSync(place, { force: true }),
    })
  }
  return suspects
}

/** A job that makes it waits or runs. */
function isOnItsWay(rows: Inventory, videoId: string, name: string): boolean {
  const jobs = rows.jobs.openKinds(videoId)
  return name === 'preview' ? jobs.has('preview') : jobs.has('analysis') || jobs.has('pictures')
}

function subjectOf({ id, title, sha256 }: ListedVideo, name: string): Subject {
  return { kind: kindOf(name), path: `derived/${id}/${name}`, sha256, videoId: id, title }
}

function kindOf(name: string): 'index' | 'derived' {
  return name === 'frames' ? 'index' : 'derived'
}

async function stateOf(
  { folder, pace, onBytes }: Verification,
  ownerId: string,
  name: string,
  recorded: ListedChecksum | undefined,
): Promise<State> {
  const file = path.join(folder.derivedOf(ownerId), name)
  const read = await readFile(file, pace, { onBytes })
  if (read.is !== 'read') return read.is === 'missing' ? 'missing' : 'damaged'
  if (recorded) {
    const isSame = read.sizeBytes === recorded.sizeBytes && read.digest === recorded.sha256
    return isSame ? 'good' : 'damaged'
  }
  return (await looksWhole(file, name, read.sizeBytes)) ? 'good' : 'damaged'

  /** Of files that were made before checksums were kept. */
  async function looksWhole(place: string, which: string, sizeBytes: number): Promise<boolean> {
    if (which === 'preview' || which.endsWith('.mp4')) return sizeBytes > 0
    const bytes = await bytesOf(place, pace)
    return bytes !== null && (which === 'frames' ? isIndex(bytes) : isPicture(bytes))
  }
}

function isIndex(bytes: Buffer): boolean {
  try {
    FrameIndex.unpack(bytes)
    return true
  } catch {
    return false
  }
}

/** A JPEG from its first marker to its last. */
function isPicture(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 && bytes.readUInt16BE(bytes.length - 2) === 0xffd9
}
