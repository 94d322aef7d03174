import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type DataFolder, isMissing } from '../../platform/files/index.ts'

/** Size and time of the object: they show whether it was replaced since. */
const Mark = z.object({ waitsFor: z.object({ sizeBytes: z.number(), mtimeMs: z.number() }).nullable() })

/** A mark that asks only for the sidecar of the object. */
const OF_SIDECAR = '.sidecar'

/**
 * Videos whose derived files are to be made again, one small file each. Verify writes them, also from another process,
 * which may not write to the database; the engine queues the work.
 */
export class RepairMarks {
  readonly #folder: string
  readonly #library: DataFolder

  constructor(library: DataFolder) {
    this.#library = library
    this.#folder = path.join(library.derived, '.again')
  }

  /** @param sha256 the object, when it is damaged: it has to be replaced first. */
  add(videoId: string, sha256: string | null): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const mark: z.infer<typeof Mark> = { waitsFor: sha256 === null ? null : this.#fileState(sha256) }
    writeFileSync(path.join(this.#folder, videoId), JSON.stringify(mark), { mode: 0o600 })
  }

  /** The sidecar of a video is to be written again; that needs the rows alone, not the bytes. */
  addSidecar(videoId: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    writeFileSync(path.join(this.#folder, `${videoId}${OF_SIDECAR}`), '', { mode: 0o600 })
  }

  all(): string[] {
    return this.#names().filter(isId)
  }

  sidecars(): string[] {
    const marks = this.#names().filter((name) => name.endsWith(OF_SIDECAR))
    return marks.map((name) => name.slice(0, -OF_SIDECAR.length)).filter(isId)
  }

  removeSidecar(videoId: string): void {
    rmSync(path.join(this.#folder, `${videoId}${OF_SIDECAR}`), { force: true })
  }

  /** Whether the object of a marked video may be worked with. */
  isReady(videoId: string, sha256: string): boolean {
    const { waitsFor } = this.#read(videoId)
    const now = this.#fileState(sha256)
    if (now.sizeBytes < 0) return false
    // Without a file to wait for everything differs from it.
    return now.sizeBytes !== waitsFor?.sizeBytes || now.mtimeMs !== waitsFor.mtimeMs
  }

  remove(videoId: string): void {
    rmSync(path.join(this.#folder, videoId), { force: true })
  }

  #read(videoId: string): z.infer<typeof Mark> {
    try {
      return Mark.parse(JSON.parse(readFileSync(path.join(this.#folder, videoId), 'utf8')))
    } catch {
      // Cut short by a crash: repaired once too often is better than not at all.
      return { waitsFor: null }
    }
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  /** Size -1 for none. */
  #fileState(sha256: string): { sizeBytes: number; mtimeMs: number } {
    try {
      const { size, mtimeMs } = statSync(this.#library.object(sha256))
      return { sizeBytes: size, mtimeMs }
    } catch (error) {
      if (isMissing(error)) return { sizeBytes: -1, mtimeMs: 0 }
      throw error
    }
  }
}

function isId(name: string): boolean {
  return z.uuid().safeParse(name).success
}
