import { createHash } from 'node:crypto'
import { z } from 'zod'
import { EngineError } from '../../../contract/index.ts'

export const MANIFEST = 'manifest.json'

/** Folders and files of a library that a backup may hold; a manifest that names others is refused. */
const ROOTS = new Set(['fieldreel.db', 'objects', 'uploads', 'derived', 'streams', 'tls', 'quarantine', 'secrets.json'])
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._ -]*$/

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Bytes = z.int().nonnegative()
const RelativePath = z.string().max(1_000).refine(isOurs, 'This is no path of a library.')

/** Where bytes of the backup go in the library. */
const Entry = z.object({
  path: RelativePath,
  sizeBytes: Bytes,
  /** Milliseconds since 1970. */
  modifiedAt: z.number(),
  /** Of the whole file; null for one that is there in pieces only. */
  sha256: Sha256.nullable(),
  /** Of a file that is being received: what has arrived, and where it lies. */
  pieces: z.array(z.object({ offset: Bytes, sizeBytes: Bytes, sha256: Sha256 })).optional(),
})
export type Entry = z.infer<typeof Entry>

/** Adds a file, or a part of a file that is being received. */
export function addEntry(
  entries: Map<string, Entry>,
  { path, piece }: { readonly path: string; readonly piece: { offset: number; fileBytes: number } | null },
  { sha256, sizeBytes, modifiedAt }: { sha256: string; sizeBytes: number; modifiedAt: number },
): void {
  if (!piece) {
    entries.set(path, { path, sizeBytes, modifiedAt, sha256 })
    return
  }
  const pieces = entries.get(path)?.pieces ?? []
  pieces.push({ offset: piece.offset, sizeBytes, sha256 })
  entries.set(path, { path, sizeBytes: piece.fileBytes, modifiedAt, sha256: null, pieces })
}

const Body = z.object({
  format: z.literal(1),
  /** Which library it is of. */
  library: z.string(),
  finishedAt: z.iso.datetime(),
  entries: z.array(Entry),
  /** Videos whose pictures changed while they were copied: they are made again after a restore. */
  makeAgain: z.array(z.uuid()),
})
export type ManifestBody = z.infer<typeof Body>

const Manifest = z.object({ sha256: Sha256, body: z.unknown() })

/** As text, to see whether it was changed since. */
export function writeManifest(body: ManifestBody): string {
  return `${JSON.stringify({ sha256: digestOf(body), body })}\n`
}

/**
 * Untrusted text: a path in it could name any file of this machine.
 * @throws EngineError `library_damaged` when it is not as `writeManifest` wrote it.
 */
export function readManifest(text: string): ManifestBody {
  try {
    const { sha256, body } = Manifest.parse(JSON.parse(text))
    if (digestOf(body) !== sha256) throw new Error('Its checksum differs.')
    const parsed = Body.parse(body)
    assertDifferent(parsed.entries.map((entry) => entry.path.toLowerCase()))
    return parsed
  } catch (error) {
    const message = 'The list of this backup (manifest.json) is damaged. Use another backup.'
    throw new EngineError('library_damaged', message, null, { cause: error })
  }
}

function digestOf(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex')
}

function isOurs(given: string): boolean {
  const segments = given.split('/')
  return ROOTS.has(segments[0] ?? '') && segments.every((segment) => SEGMENT.test(segment) && !segment.endsWith('.'))
}

/** Also where the disk takes capitals and small letters for the same. */
function assertDifferent(paths: readonly string[]): void {
  if (new Set(paths).size !== paths.length) throw new Error('It names one file twice.')
}
