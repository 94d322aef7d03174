import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type DataFolder, isMissing } from '../../platform/files/index.ts'

/** Of the object: whether it was replaced since can be told by them. */
const Mark = z.object({ waitsFor: z.object({ sizeBytes: z.number(), mtimeMs: z.number() }).nullable() })

/**
 * Videos whose derived files are to be made again, one small file each. Verify leaves them also from another process,
 * which may not write to the database; the engine takes them up.
 */
export class AgainMarks {
  readonly #folder: string
  readonly #library: DataFolder

  constructor(library: DataFolder) {
    this.#library = library
    this.#folder = path.join(library.derived, '.again')
  }

  /** @param sha256 the object, when it is damaged: it has to be replaced first. */
  add(videoId: string, sha256: string | null): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const mark: z.infer<typeof Mark> = { waitsFor: sha256 === null ? null : this.#look(sha256) }
    writeFileSync(path.join(this.#folder, videoId), JSON.stringify(mark), { mode: 0o600 })
  }

  all(): string[] {
    try {
      return readdirSync(this.#folder).filter((name) => z.uuid().safeParse(name).success)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  /** Whether the object of a marked video may be worked with. */
  isReady(videoId: string, sha256: string): boolean {
    const { waitsFor } = this.#read(videoId)
    const now = this.#look(sha256)
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
      // A crash cut it short: made again once too often is better than not at all.
      return { waitsFor: null }
    }
  }

  /** Size -1 for none. */
  #look(sha256: string): { sizeBytes: number; mtimeMs: number } {
    try {
      const { size, mtimeMs } = statSync(this.#library.object(sha256))
      return { sizeBytes: size, mtimeMs }
    } catch (error) {
      if (isMissing(error)) return { sizeBytes: -1, mtimeMs: 0 }
      throw error
    }
  }
}
