import path from 'node:path'
import { CONCURRENT_PARTS } from '../../contract/index.ts'
import type { PartDigest, PartPlace } from './part-file.ts'
import type { DamagedParts, FileDigest, PartCopy, StoredPart } from './part-messages.ts'
import { PartThreads } from './part-threads.ts'
import { Blocks, ThreadWriting, type PartWriting } from './part-writing.ts'
import { RunningHash, type HashWatch } from './running-hash.ts'

export type { HashWatch, PartWriting }

/** Files whose sha-256 runs along while they are copied. Of more, the oldest was given up without a word. */
const MOST_RUNNING = 4

/** Threads that write and hash parts, each part on one of them, and others that hash whole files. */
export class PartWriters {
  readonly #parts: PartThreads
  readonly #wholes: PartThreads
  readonly #blocks = new Blocks()
  readonly #running = new Map<string, RunningHash>()
  #numbers = 0

  /**
   * @param workersFolder holds the built `part-worker.js`.
   * @param threads at most that hash whole files.
   */
  constructor(workersFolder: string, threads: number) {
    const entry = path.join(workersFolder, 'part-worker.js')
    // One for each part that comes in at a time, independent of cores: while one waits for the disk another hashes.
    this.#parts = new PartThreads(entry, Math.max(threads, CONCURRENT_PARTS))
    this.#wholes = new PartThreads(entry, threads)
  }

  /** @throws EngineError `storage_full`, `storage_refused`. */
  async begin(place: PartPlace): Promise<PartWriting> {
    if (place.file !== null) this.#forgetCovering(place.file, place.offset)
    return await ThreadWriting.begin(this.#parts.next(), this.#nextNumber(), this.#blocks, place)
  }

  /**
   * Copies a part from a file of this machine. When a file is copied from its first part on, the sha-256 of the whole
   * runs along: `hash` answers soon after the last part.
   * @throws EngineError `source_missing`, `storage_full`, `cancelled`.
   */
  async copy(copy: PartCopy, signal: AbortSignal): Promise<PartDigest> {
    this.#forgetCovering(copy.file, copy.offset)
    if (copy.offset === 0) this.#begin(copy.file)
    const running = this.#running.get(copy.file)
    const digest = (await this.#parts.next().run({ do: 'copy', copy }, { signal })) as PartDigest
    if (digest.sizeBytes === copy.sizeBytes) running?.written(copy)
    return digest
  }

  /** The sha-256 of a whole file. @param watch called with the bytes hashed so far. */
  async hash(file: string, sizeBytes: number, watch: HashWatch = {}): Promise<FileDigest> {
    const running = this.#running.get(file) ?? this.#start(file)
    this.#running.delete(file)
    return await running.finish(sizeBytes, watch)
  }

  /** Offsets of the parts that were copied and hashed in one go: what was hashed is what was read, no second look needed. */
  hashedAlong(file: string): ReadonlySet<number> {
    return this.#running.get(file)?.chained ?? new Set()
  }

  /** Copying was interrupted: the file may change until it goes on, so its parts are read again at the end. */
  interrupt(file: string): void {
    this.#forget(file)
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
      return (await this.#parts.next().run(request, { signal: watch.signal, onProgress })) as DamagedParts
    }
    const starts = parts.map((_, index) => index).filter((index) => index % each === 0)
    return (await Promise.all(starts.map(readShare))).flat()
  }

  async close(): Promise<void> {
    await Promise.all([this.#parts.close(), this.#wholes.close()])
  }

  #nextNumber(): number {
    return (this.#numbers += 1)
  }

  #start(file: string): RunningHash {
    return new RunningHash(file, this.#wholes.next(), this.#nextNumber())
  }

  #begin(file: string): void {
    this.#forget(file)
    const oldest = this.#running.size >= MOST_RUNNING ? this.#running.keys().next().value : undefined
    if (oldest !== undefined) this.#forget(oldest)
    this.#running.set(file, this.#start(file))
  }

  /** What is written again makes the hash of what was there before worthless. */
  #forgetCovering(file: string, offset: number): void {
    if (this.#running.get(file)?.covers(offset)) this.#forget(file)
  }

  #forget(file: string): void {
    const running = this.#running.get(file)
    this.#running.delete(file)
    void running?.drop()
  }
}
