import { createHash } from 'node:crypto'
import { open, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Engine } from '../../main/compose.ts'
import {
  completeUpload,
  confirmPart,
  getMaintenance,
  initiateUpload,
  type MaintenanceState,
  startRebuild,
  storePart,
  type UploadPlan,
} from '../../main/contract/index.ts'
import { ask } from './engine.ts'
import { padFilm } from './padded-film.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { until } from './until.ts'

const PART = 10_485_760

export interface KeptFilm {
  /** The file it was made of, outside the library. */
  readonly file: string
  readonly bytes: Buffer
  readonly sha256: string
  readonly mediaId: string
  readonly deduplicated: boolean
}

export interface FilmWish {
  readonly seed: number
  readonly title?: string
  readonly filename?: string
  readonly tags?: string[]
  readonly custom?: Record<string, string>
  /** Bytes that it has at least. */
  readonly sizeBytes?: number
}

/** A short film of its own bytes. */
export async function makeFilm({ seed, sizeBytes = 0 }: FilmWish): Promise<{ file: string; bytes: Buffer }> {
  const file = await padFilm(path.join(await temporaryFolder(), `film-${seed}.mp4`), Math.max(sizeBytes, 700_000), seed)
  return { file, bytes: await readFile(file) }
}

/** Uploads a film as a client does, without an analysis. */
export async function addFilm(engine: Engine, wish: FilmWish): Promise<KeptFilm> {
  const film = await makeFilm(wish)
  return { ...film, ...(await uploadBytes(engine, film.bytes, wish)) }
}

/** Uploads given bytes the same way. */
export async function uploadBytes(engine: Engine, bytes: Buffer, wish: Omit<FilmWish, 'seed'> = {}) {
  const plan = await beginUpload(engine, bytes, wish)
  await sendParts(engine, plan, bytes)
  const { mediaId, uploadId } = plan
  const { deduplicated } = await ask(engine, completeUpload, { mediaId, uploadId, autoAnalyze: false })
  return { mediaId, deduplicated, sha256: sha256Of(bytes) }
}

export async function beginUpload(
  engine: Engine,
  bytes: Buffer,
  { title, filename = 'film.mp4', tags, custom }: Omit<FilmWish, 'seed'> = {},
): Promise<UploadPlan> {
  const about = { filename, contentType: 'video/mp4' as const, sizeBytes: bytes.length }
  return await ask(engine, initiateUpload, { ...about, title, tags, custom })
}

/** Sends and confirms the parts of a plan. @param most how many of them. */
export async function sendParts(engine: Engine, plan: UploadPlan, bytes: Buffer, most = Infinity): Promise<void> {
  const { mediaId, uploadId } = plan
  for (const { partNumber, sizeBytes, token } of plan.parts.slice(0, most)) {
    const from = (partNumber - 1) * PART
    const body = piecesOf(bytes.subarray(from, from + sizeBytes))
    const { etag } = await ask(engine, storePart, { token, sizeBytes, contentMd5: null, body })
    await ask(engine, confirmPart, { mediaId, uploadId, partNumber, etag, sizeBytes })
  }
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) {
    await Promise.resolve()
    yield Buffer.from(bytes.subarray(at, at + 65_536))
  }
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function objectFile(data: string, sha256: string): string {
  return path.join(data, 'objects', sha256.slice(0, 2), sha256)
}

/** Flips one bit; size and, when asked for, times stay. */
export async function flipBit(file: string, at: number, { keepTimes = false } = {}): Promise<void> {
  const handle = await open(file, 'r+')
  const { atime, mtime } = await handle.stat()
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at)
  await handle.write(Buffer.from([buffer[0]! ^ 1]), 0, 1, at)
  if (keepTimes) await handle.utimes(atime, mtime)
  await handle.sync()
  await handle.close()
}

/** Every file below a folder with the sha-256 of its bytes, by its path; links and folders are named by their kind. */
export async function snapshotOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const told: Record<string, string> = {}
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name)
    const kind = entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'folder' : 'other'
    told[path.relative(folder, file)] = entry.isFile() ? sha256Of(await readFile(file)) : kind
  }
  return told
}

/** The hashes of all bytes that lie anywhere in a library: whatever is in here is not lost. */
export async function bytesIn(data: string): Promise<Set<string>> {
  return new Set(Object.values(await snapshotOf(data)))
}

/** Starts a rebuild and waits for its end. */
export async function rebuilt(engine: Engine): Promise<MaintenanceState> {
  await ask(engine, startRebuild, {})
  return await until(
    'the rebuild to end',
    async () => {
      const state = await ask(engine, getMaintenance, {})
      return state.run === null && state
    },
    60_000,
  )
}
