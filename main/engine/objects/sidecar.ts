import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ContentType, CustomMetadata, Filename, Tag } from '../../contract/index.ts'
import { readSmallJson } from '../../platform/files/index.ts'

/** More is not read: a sidecar is a few kilobytes, and anybody may have put the file there. */
const MOST_BYTES = 4 * 1024 * 1024
/** Videos of the same bytes that are read out of one sidecar. */
const MOST_VIDEOS = 10_000

/** The end of a sidecar: a checksum of all that stands before it. */
const SEALED = /^([^]*),\n "checksum": "([0-9a-f]{64})"\n}\n$/

const Instant = z.iso.datetime().transform((text) => Date.parse(text))

/**
 * A video as a sidecar knows it. Untrusted: a field that is not what it should be is left out, and the rest is used.
 * Instants are milliseconds since 1970.
 */
export const SidecarVideo = z.object({
  id: z.uuid().nullable().catch(null),
  /** Name of its user; null for one that is not known. */
  owner: z.string().min(1).max(255).nullable().catch(null),
  title: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^\0]*$/)
    .nullable()
    .catch(null),
  filename: Filename.nullable().catch(null),
  contentType: ContentType.nullable().catch(null),
  tags: z
    .array(z.unknown())
    .transform((tags) => tags.flatMap((tag) => Tag.safeParse(tag).data ?? []).slice(0, 20))
    .catch([]),
  custom: CustomMetadata.catch({}),
  createdAt: Instant.nullable().catch(null),
  /** When it was put out of the library; null for a video that is in it. */
  deletedAt: Instant.nullable().catch(null),
})
export type SidecarVideo = z.infer<typeof SidecarVideo>

/** `objects/ab/<sha256>.json`: what the rows said of the videos that an object holds. It holds no secrets. */
export const Sidecar = z.object({
  sha256: z.string(),
  sizeBytes: z.int().nonnegative().nullable().catch(null),
  videos: z
    .array(z.unknown())
    .transform((videos) => videos.slice(0, MOST_VIDEOS).flatMap((video) => SidecarVideo.safeParse(video).data ?? []))
    .catch([]),
})
export type Sidecar = z.infer<typeof Sidecar>

/** The sidecar in a file, when it is one and speaks of that object; else null. Never throws. */
export async function readSidecar(file: string, sha256: string): Promise<Sidecar | null> {
  const parsed = Sidecar.safeParse(await readSmallJson(file, MOST_BYTES))
  return parsed.success && parsed.data.sha256 === sha256 ? parsed.data : null
}

/** As it is written. Of very many videos with the same bytes what does not fit is left out, custom metadata first. */
export function writeSidecar({ sha256, sizeBytes, videos }: Sidecar): string {
  const whole = toJson(sha256, sizeBytes, videos)
  if (whole.length <= MOST_BYTES / 2) return whole
  const plain = toJson(
    sha256,
    sizeBytes,
    videos.map((video) => ({ ...video, custom: {} })),
  )
  return plain.length <= MOST_BYTES / 2 ? plain : toJson(sha256, sizeBytes, videos.slice(0, 1000))
}

function toJson(sha256: string, sizeBytes: number | null, videos: readonly SidecarVideo[]): string {
  const written = videos.map((video) => ({
    ...video,
    createdAt: toText(video.createdAt),
    deletedAt: toText(video.deletedAt),
  }))
  const text = JSON.stringify({ version: 1, sha256, sizeBytes, videos: written }, null, 1).slice(0, -'\n}'.length)
  return `${text},\n "checksum": "${digestOf(text)}"\n}\n`
}

/** Whether the text of a sidecar is to the byte what was written. One that is not may still be read. */
export function isIntact(text: string): boolean {
  const [, before = '', checksum] = SEALED.exec(text) ?? []
  return checksum === digestOf(before)
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function toText(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}
