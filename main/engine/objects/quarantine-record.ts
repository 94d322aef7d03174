import { z } from 'zod'
import { readSmallJson } from '../../platform/files/index.ts'
import { SidecarVideo } from './sidecar.ts'

/** ID-83 */
export const KEPT_MS = 30 * 24 * 3_600_000

/** More is not read. */
const MOST_BYTES = 8 * 1024 * 1024

export const QUARANTINE_KINDS = ['object', 'upload', 'stream', 'database'] as const
export type QuarantineKind = (typeof QUARANTINE_KINDS)[number]

/** `unlisted`: no row named it; `damaged`: its bytes are not what they were; `no_film`: nothing in it can be played. */
const Reason = z.enum(['unlisted', 'damaged', 'no_film'])
export type QuarantineReason = z.infer<typeof Reason>

/** What lies beside a thing in quarantine. Untrusted when read, as everything on the disk. */
export const QuarantineRecord = z.object({
  kind: z.enum(QUARANTINE_KINDS),
  /** Where it lay, below the library folder, with `/`. */
  from: z.string().max(1000).catch(''),
  reason: Reason.catch('unlisted'),
  movedAt: z.iso.datetime(),
  sizeBytes: z.int().nonnegative(),
  title: z.string().max(255).nullable().catch(null),
  filename: z.string().max(255).nullable().catch(null),
  /** Of an object: what its sidecar said. */
  videos: z
    .array(z.unknown())
    .transform((videos) => videos.flatMap((video) => SidecarVideo.safeParse(video).data ?? []))
    .catch([]),
})
export type QuarantineRecord = z.infer<typeof QuarantineRecord>

/** The record in a file, or null. Never throws. */
export async function readRecord(file: string): Promise<QuarantineRecord | null> {
  return QuarantineRecord.safeParse(await readSmallJson(file, MOST_BYTES)).data ?? null
}

/** As it is written: instants of videos as text, like in a sidecar. */
export function writeRecord(record: QuarantineRecord): string {
  const videos = record.videos.map((video) => ({
    ...video,
    createdAt: video.createdAt === null ? null : new Date(video.createdAt).toISOString(),
    deletedAt: video.deletedAt === null ? null : new Date(video.deletedAt).toISOString(),
  }))
  return `${JSON.stringify({ version: 1, ...record, videos }, null, 1)}\n`
}
