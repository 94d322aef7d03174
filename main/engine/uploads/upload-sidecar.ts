import path from 'node:path'
import { z } from 'zod'
import { ContentType, CustomMetadata, Filename, MAX_UPLOAD_BYTES, Priority, Tags } from '../../contract/index.ts'
import type { CopiedPart } from '../objects/index.ts'
import { appendText, readSmallJson, readSmallText, replaceDurably } from '../../platform/files/index.ts'

/** More is not read. */
const MOST_BYTES = 256 * 1024

/** `uploads/<media id>/upload.json`: what an unfinished upload is, for the day on which the database is lost. */
const UploadSidecar = z.object({
  mediaId: z.uuid(),
  /** Names the upload; what lets a client store parts is signed apart from it and never written here. */
  uploadId: z.string().regex(/^[A-Za-z0-9_-]{16,128}$/),
  owner: z.string().min(1).max(255),
  filename: Filename,
  contentType: ContentType,
  sizeBytes: z.int().min(1).max(MAX_UPLOAD_BYTES),
  partBytes: z.int().positive(),
  title: z.string().max(255).nullable().catch(null),
  tags: Tags.catch([]),
  custom: CustomMetadata.catch({}),
  autoProcess: z.boolean().catch(true),
  priority: Priority.catch('normal'),
})
export type UploadSidecar = z.infer<typeof UploadSidecar>

/** Writes it durably into the folder of its upload. */
export async function writeUploadSidecar(folder: string, sidecar: UploadSidecar): Promise<void> {
  await replaceDurably(fileIn(folder), `${JSON.stringify({ version: 1, ...sidecar }, null, 1)}\n`)
}

/** What lies in a folder of `uploads`, untrusted; null when it is none. */
export async function readUploadSidecar(folder: string): Promise<UploadSidecar | null> {
  return UploadSidecar.safeParse(await readSmallJson(fileIn(folder), MOST_BYTES)).data ?? null
}

/**
 * Notes beside the data that parts were stored: number and checksum. Not synced; a part without a note is sent again.
 * Without any part it makes the file, which says that writing began.
 */
export async function noteParts(folder: string, parts: readonly CopiedPart[]): Promise<void> {
  const lines = parts.map(({ partNumber, checksum }) => `${partNumber} ${checksum}\n`)
  await appendText(path.join(folder, PARTS), lines.join(''))
}

/** The checksum of each part that was noted last, by its number. Untrusted: the bytes have to be compared with it. */
export async function notedParts(folder: string): Promise<Map<number, string>> {
  const text = (await readSmallText(path.join(folder, PARTS), MOST_NOTES_BYTES)) ?? ''
  const lines = text.matchAll(/^(\d{1,5}) ([0-9a-f]{32}|[0-9a-f]{8})$/gm)
  return new Map(Array.from(lines, ([, number = '', checksum = '']) => [Number(number), checksum]))
}

/** Names in the folder of an upload that hold none of its bytes. */
export const NOTES: ReadonlySet<string> = new Set(['upload.json', 'upload.json.new'])
/** The name of the notes of parts. */
export const PARTS = 'parts'
/** Every part of the largest upload, noted a hundred times. */
const MOST_NOTES_BYTES = 8 * 1024 * 1024

function fileIn(folder: string): string {
  return path.join(folder, 'upload.json')
}
