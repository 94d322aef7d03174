import path from 'node:path'
import { CONCURRENT_PARTS } from '../../contract/index.ts'
import type { PartPlace } from './part-file.ts'
import type { CopyProgress, DamagedParts, FileCopy, FileDigest, PartProgress, StoredPart } from './part-messages.ts'
import { PartThreads } from './part-threads.ts'
import { Blocks } from './part-blocks.ts'
import { ThreadWriting, type PartWriting } from './part-writing.ts'

export type { PartWriting }

/** A card that does not answer keeps one thread waiting. */
const CONCURRENT_FILES = 4

/** How somebody waits for a file to be read. */
export interface HashWatch {
  readonly signal?: AbortSignal | undefined
  /** Called with the bytes that are read so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/** How somebody waits for a file to be copied. */
export interface CopyWatch {
  readonly signal: AbortSignal
  readonly onProgress: (progress: CopyProgress) => void
}

/** Threads that write and hash parts, each part on one of them, and others that copy and hash whole files. */
export class PartWriters {
  readonly #parts: PartThreads
  readonly #wholes: PartThreads
  readonly #blocks = new Blocks()
  #numbers = 0

  /** @param workersFolder holds the built `part-worker.js`. */
  constructor(workersFolder: string) {
    const entry = path.join(workersFolder, 'part-worker.js')
    // One for each part or file that comes in at a time, independent of cores: while one waits for its disk another hashes.
    this.#parts = new PartThreads(entry, CONCURRENT_PARTS, () => ({ memory: this.#blocks.memory }))
    this.#wholes = new PartThreads(entry, CONCURRENT_FILES, () => ({ memory: null }))
  }

  /** Its methods throw EngineError `storage_full`, `storage_refused`. */
  begin(place: PartPlace): PartWriting {
    return new ThreadWriting(this.#parts.next(), (this.#numbers += 1), this.#blocks, place)
  }

  /**
   * Copies a file of this machine into the file of an upload: what is not `stored` there. Parts are reported once they are
   * on the disk.
   * @returns the sha-256 of the whole file: all bytes passed through it, none is read again.
   * @throws EngineError `source_missing`, `source_changed`, `storage_full`, `storage_refused`, `cancelled`; what was copied
   * until then was reported before.
   */
  async copy(copy: FileCopy, { signal, onProgress }: CopyWatch): Promise<FileDigest> {
    const call = { signal, onProgress: (progress: PartProgress) => onProgress(progress as CopyProgress) }
    return (await this.#wholes.next().run({ do: 'copy', copy }, call)) as FileDigest
  }

  /** The sha-256 of a whole file. @throws EngineError `cancelled`, and why the file could not be read. */
  async hash(file: string, sizeBytes: number, watch: HashWatch = {}): Promise<FileDigest> {
    return (await this.#wholes.next().run({ do: 'hash', file, sizeBytes }, callOf(watch))) as FileDigest
  }

  /** The numbers of the parts whose bytes are not the ones they had. @param watch called with the bytes read so far. */
  async verify(file: string, parts: readonly StoredPart[], watch: HashWatch = {}): Promise<DamagedParts> {
    const each = Math.ceil(parts.length / this.#parts.most)
    const done = new Map<number, number>()
    const readShare = async (start: number): Promise<DamagedParts> => {
      const onProgress = (bytes: number): void => {
        done.set(start, bytes)
        watch.onProgress?.([...done.values()].reduce((sum, share) => sum + share, 0))
      }
      const request = { do: 'verify', file, parts: parts.slice(start, start + each) } as const
      return (await this.#parts.next().run(request, callOf({ signal: watch.signal, onProgress }))) as DamagedParts
    }
    const starts = parts.map((_, index) => index).filter((index) => index % each === 0)
    return (await Promise.all(starts.map(readShare))).flat()
  }

  async close(): Promise<void> {
    await Promise.all([this.#parts.close(), this.#wholes.close()])
  }
}

function callOf({ signal, onProgress }: HashWatch) {
  return { signal, onProgress: (bytes: PartProgress) => onProgress?.(bytes as number) }
}
