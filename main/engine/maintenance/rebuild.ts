import fs from 'node:fs/promises'
import path from 'node:path'
import { EngineError, type Finding } from '../../contract/index.ts'
import { crashPoint, type DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import {
  type QuarantineEntry,
  type ObjectStore,
  type Quarantine,
  type ReadWatch,
  readSidecar,
  type Sidecars,
  type SidecarVideo,
  type UnlistedThing,
} from '../objects/index.ts'
import type { ReturnedUploads } from '../uploads/index.ts'
import { type Candidate, findingOf, toCandidate } from './candidate.ts'
import type { RecoveredVideos } from './recovered-videos.ts'
import type { WorkProgress } from './progress.ts'
import type { UnlistedFiles } from './unlisted-files.ts'

export interface RebuildOptions {
  readonly folder: DataFolder
  readonly objects: ObjectStore
  readonly sidecars: Sidecars
  readonly quarantine: Quarantine
  readonly unlistedFiles: UnlistedFiles
  readonly uploads: ReturnedUploads
  readonly recoveredVideos: RecoveredVideos
  readonly log: Log
  /** The sha-256 of a whole file, off the main thread. */
  readonly hash: (file: string, sizeBytes: number, watch: ReadWatch) => Promise<{ sha256: string }>
  readonly onChange: () => void
}

export interface RebuildWatch {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: WorkProgress) => void) | undefined
}

export interface Rebuilt {
  /** Videos that are in the library again. */
  readonly videos: number
  /** Unfinished uploads that can go on. */
  readonly uploads: number
  /** What could not be restored, and why. */
  readonly findings: readonly Finding[]
}

/**
 * Restores every video in the folder or in quarantine that no row names. Each is read and hashed before it is trusted.
 * After a stop it goes on: what is restored has its rows.
 */
export class Rebuild {
  readonly #options: RebuildOptions

  constructor(options: RebuildOptions) {
    this.#options = options
  }

  /** @throws EngineError `cancelled`, `storage_full`. What came back until then stays. */
  async run({ signal, onProgress }: RebuildWatch = {}): Promise<Rebuilt> {
    const { log, onChange, quarantine, unlistedFiles } = this.#options
    onProgress?.({ step: 'Looking for videos', bytesDone: 0, bytesTotal: 0 })
    const files = await unlistedFiles.files()
    const before = new Set((await quarantine.list()).map(({ id }) => id))
    const candidates = [...(await this.#inPlace(files)), ...(await this.#kept()), ...(await this.#halfKnown(signal))]
    const sizes = await Promise.all(candidates.map(({ path: file }) => sizeOr0(file)))
    const bytesTotal = sizes.reduce((sum, size) => sum + size, 0)
    const findings: Finding[] = []
    let videos = 0
    let bytesDone = 0
    for (const [index, candidate] of candidates.entries()) {
      signal?.throwIfAborted()
      const step = `Reading video ${index + 1} of ${candidates.length}`
      const report = (bytes: number): void => onProgress?.({ step, bytesDone: bytesDone + bytes, bytesTotal })
      report(0)
      const restored = await this.#bring(candidate, { signal, onProgress: report })
      if (typeof restored === 'number') videos += restored
      else findings.push(restored)
      bytesDone += sizes[index] ?? 0
      onChange()
    }
    videos += await this.#bringSwapped(before, signal)
    const uploads = await this.#reopen(files, signal)
    // What was not restored goes to quarantine: the library is not new any more.
    await unlistedFiles.keep()
    log.info({ videos, uploads, findings: findings.length }, 'rebuilt the library')
    return { videos, uploads, findings }
  }

  /**
   * Restores one item of quarantine.
   * @throws EngineError `conflict` when it cannot come back, `not_found`, `invalid_video`, `cancelled`.
   */
  async restore(id: string, signal?: AbortSignal): Promise<void> {
    const kept = await this.#options.quarantine.get(id)
    if (kept.kind === 'upload') await this.#options.uploads.restore(kept, signal)
    else if (kept.kind === 'object') await this.#restoreVideo(kept, signal)
    else throw new EngineError('conflict', 'This cannot be restored: nothing in the library can show it.')
    this.#options.onChange()
  }

  async #restoreVideo(kept: QuarantineEntry, signal: AbortSignal | undefined): Promise<void> {
    // The user asks for it: that it was once deleted does not count.
    const restored = await this.#bring(toCandidate(kept), { signal }, { evenDeleted: true })
    if (typeof restored !== 'number') throw new EngineError('conflict', restored.remedy)
  }

  /** @returns how many videos it became, or why it is none. */
  async #bring(candidate: Candidate, watch: ReadWatch, { evenDeleted = false } = {}): Promise<number | Finding> {
    const { recoveredVideos, quarantine } = this.#options
    const here = evenDeleted ? candidate.videos : candidate.videos.filter(isListed)
    // Deleted by the user: it stays in quarantine until they restore it.
    if (candidate.videos.length > 0 && here.length === 0) return 0
    if (candidate.keptId === null && recoveredVideos.isHere(candidate.name, here)) return 0
    try {
      const found = await this.#read(candidate, watch)
      crashPoint('rebuild.hashed')
      if (!found) return await this.#damaged(candidate)
      const videos = await recoveredVideos.bring({ ...found, videos: found.videos ?? here }, watch.signal)
      if (candidate.keptId !== null) await quarantine.forget(candidate.keptId)
      return videos
    } catch (error) {
      if (error instanceof EngineError && error.code === 'invalid_video')
        return await this.#noVideo(candidate, error.message)
      if (error instanceof EngineError && error.code === 'source_missing') return await this.#damaged(candidate)
      // ffmpeg failed: it is kept, and the next rebuild tries it again.
      if (error instanceof EngineError && error.code === 'media_failed') return this.#notRead(candidate, error.message)
      throw error
    }
  }

  /** Reads a file whole; null when it is not what its name says, nor any other video that a sidecar names. */
  async #read({ name, path: file }: Candidate, watch: ReadWatch) {
    const { folder, hash, log, objects } = this.#options
    try {
      const stat = await fs.lstat(file)
      if (!stat.isFile()) return null
      const { sha256 } = await hash(file, stat.size, watch)
      const video = { sha256, sizeBytes: stat.size, path: file, modifiedAt: stat.mtimeMs }
      if (sha256 === name) return { ...video, videos: null }
      // Two names that were swapped: these bytes are another video, which is known by its own sidecar.
      const own = await readSidecar(folder.sidecar(sha256), sha256)
      return own && (await objects.prove(sha256, watch)) !== 'proven'
        ? { ...video, videos: own.videos.filter(isListed) }
        : null
    } catch (error) {
      if (watch.signal?.aborted || (error instanceof EngineError && error.code === 'cancelled')) throw error
      log.warn({ err: error, path: file }, 'a video cannot be read')
      return null
    }
  }

  async #inPlace(files: readonly UnlistedThing[]): Promise<Candidate[]> {
    const candidates: Candidate[] = []
    for (const { kind, path: file } of files) {
      if (kind !== 'object') continue
      const name = path.basename(file)
      const sidecar = await readSidecar(this.#options.folder.sidecar(name), name)
      candidates.push({ name, path: file, videos: sidecar?.videos ?? [], keptId: null })
    }
    return candidates
  }

  async #kept(): Promise<Candidate[]> {
    const kept = await this.#options.quarantine.list()
    return kept.filter(({ kind, reason }) => kind === 'object' && reason === 'unlisted').map(toCandidate)
  }

  /** Objects with a row whose sidecar names more videos than the rows: the database is an older copy. */
  async #halfKnown(signal: AbortSignal | undefined): Promise<Candidate[]> {
    const { folder, objects, sidecars } = this.#options
    const candidates: Candidate[] = []
    for (const { sha256 } of objects.recorded()) {
      signal?.throwIfAborted()
      const videos = await sidecars.unknownOf(sha256)
      if (videos.length > 0) candidates.push({ name: sha256, path: folder.object(sha256), videos, keptId: null })
    }
    return candidates
  }

  /** Of two files with swapped names the first one restored moved the other to quarantine. @param before what was there. */
  async #bringSwapped(before: ReadonlySet<string>, signal: AbortSignal | undefined): Promise<number> {
    let videos = 0
    for (const kept of await this.#options.quarantine.list()) {
      if (kept.kind !== 'object' || kept.reason !== 'damaged' || before.has(kept.id)) continue
      const restored = await this.#bring(toCandidate(kept), { signal })
      if (typeof restored === 'number') videos += restored
    }
    return videos
  }

  async #reopen(files: readonly UnlistedThing[], signal: AbortSignal | undefined): Promise<number> {
    let opened = 0
    for (const { kind, path: upload } of files) {
      signal?.throwIfAborted()
      if (kind === 'upload' && (await this.#options.uploads.reopen(upload, signal))) opened += 1
    }
    return opened
  }

  async #damaged(candidate: Candidate): Promise<Finding> {
    const { objects, quarantine } = this.#options
    if (candidate.keptId === null) await objects.setAsideDamaged(candidate.name)
    else await quarantine.mark(candidate.keptId, 'damaged')
    const remedy = 'The file has changed since it was stored. Import the same file again, or restore a backup.'
    return findingOf(this.#options.folder.root, candidate, 'damaged', 'import', remedy)
  }

  async #noVideo(candidate: Candidate, why: string): Promise<Finding> {
    // One that lies in the object store goes into quarantine at the end.
    if (candidate.keptId !== null) await this.#options.quarantine.mark(candidate.keptId, 'no_film')
    return findingOf(this.#options.folder.root, candidate, 'unknown', 'none', `${why} It is kept in quarantine.`)
  }

  #notRead(candidate: Candidate, why: string): Finding {
    return findingOf(
      this.#options.folder.root,
      candidate,
      'unknown',
      'none',
      `${why} It is kept in quarantine; rebuild again.`,
    )
  }
}

/** Not deleted. */
function isListed({ deletedAt }: SidecarVideo): boolean {
  return deletedAt === null
}

async function sizeOr0(file: string): Promise<number> {
  return (await fs.lstat(file).catch(() => null))?.size ?? 0
}
