import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { BY_SENDING, finding, LEFT_OVER, type Subject } from '../findings.ts'
import type { ListedPart, ListedUpload } from '../../uploads/index.ts'
import { kindOfChecksum } from '../../objects/index.ts'
import type { Inventory } from '../inventory.ts'
import { namesIn, readFile } from '../reading.ts'
import { reportConfirmed } from './confirm.ts'
import type { Suspect, Verification } from './verification.ts'

/** Reads the received parts of unfinished uploads and compares each with its checksum. */
export async function checkUploads(verification: Verification): Promise<void> {
  const { rows } = verification
  if (!rows) return
  const suspects: Suspect[] = []
  for (const upload of rows.uploads.all()) suspects.push(...(await checkUpload(verification, rows, upload)))
  suspects.push(...unknownUploads(verification, rows))
  await reportConfirmed(suspects, verification)
}

async function checkUpload(verification: Verification, rows: Inventory, upload: ListedUpload): Promise<Suspect[]> {
  const { folder, pace, onBytes } = verification
  const parts = rows.uploads.parts(upload.mediaId)
  if (parts.length === 0 || hasMoved(verification, upload)) return []
  const file = path.join(folder.upload(upload.mediaId), 'data')
  const subject = subjectOf(upload)
  if (!isFile(file)) {
    const isStillWrong = (): boolean => !isFile(file) && isOpen(verification, rows, upload)
    return [{ finding: finding(subject, 'missing', BY_SENDING), isStillWrong }]
  }
  const suspects: Suspect[] = []
  for (const part of parts) {
    const range = { start: (part.partNumber - 1) * upload.partBytes, sizeBytes: part.sizeBytes }
    const read = await readFile(file, pace, { kind: kindOfChecksum(part.checksum), onBytes, ...range })
    if (read.is === 'read' && read.sizeBytes === part.sizeBytes && read.digest === part.checksum) continue
    const detail = `Chunk ${part.partNumber} is not what was received.`
    suspects.push({
      finding: finding(subject, 'damaged', BY_SENDING, detail),
      isStillWrong: () =>
        isOpen(verification, rows, upload) && rows.uploads.parts(upload.mediaId).some((now) => isSame(now, part)),
    })
  }
  return suspects
}

function subjectOf({ mediaId, title, sha256 }: ListedUpload): Subject {
  return { kind: 'upload', path: `uploads/${mediaId}/data`, sha256, videoId: mediaId, title }
}

/** An upload that a crash ended between moving its file and saying so; the next start finishes it. */
function hasMoved({ folder }: Verification, { sha256 }: ListedUpload): boolean {
  return sha256 !== null && existsSync(folder.object(sha256))
}

function isOpen(verification: Verification, rows: Inventory, { mediaId }: ListedUpload): boolean {
  const now = rows.uploads.get(mediaId)
  return now !== null && !hasMoved(verification, now)
}

function isSame(one: ListedPart, other: ListedPart): boolean {
  return one.partNumber === other.partNumber && one.checksum === other.checksum
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}

/** Folders of ours that no upload owns. */
function unknownUploads({ folder }: Verification, rows: Inventory): Suspect[] {
  return namesIn(folder.uploads).flatMap((name) => {
    if (!z.uuid().safeParse(name).success || rows.uploads.get(name)) return []
    const subject: Subject = { kind: 'upload', path: `uploads/${name}`, videoId: name }
    const isStillWrong = (): boolean => rows.uploads.get(name) === null && existsSync(folder.upload(name))
    return [{ finding: finding(subject, 'unknown', LEFT_OVER), isStillWrong }]
  })
}
