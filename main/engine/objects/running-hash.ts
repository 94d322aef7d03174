import { asEngineError } from '../../contract/index.ts'
import type { FileDigest, FileRange } from './part-messages.ts'
import type { PartThread } from './part-threads.ts'

/** How somebody waits for a hash. */
export interface HashWatch {
  readonly signal?: AbortSignal | undefined
  /** Called with the bytes of the file that are hashed so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/**
 * The sha-256 of one file, which may run along while the file is being written. It is one chain from the first byte to
 * the last, and so what takes longest of an import: begun only at the end it would double the time.
 */
export class RunningHash {
  readonly #file: string
  readonly #thread: PartThread
  readonly #hashing: number
  /** Sizes of what is written behind the place that was reached, by offset. */
  readonly #ahead = new Map<number, number>()
  /** Offsets of what was hashed as it was written. */
  readonly chained = new Set<number>()
  readonly #release: () => void
  /** Bytes that are hashed or on their way to be. */
  #position = 0
  /** What was asked last; its failure is remembered, and asked for when the hash is. */
  #tail: Promise<void> = Promise.resolve()
  #failure: Error | null = null
  readonly #aborter = new AbortController()
  #onProgress: HashWatch['onProgress']

  /** @param hashing a number that nothing else on that thread has. */
  constructor(file: string, thread: PartThread, hashing: number) {
    this.#file = file
    this.#thread = thread
    this.#hashing = hashing
    this.#release = thread.take()
  }

  /** Whether bytes from `offset` on are in the hash already: when they are written again, it is worth nothing. */
  covers(offset: number): boolean {
    return offset < this.#position
  }

  /** These bytes are in the file now, for good. */
  written({ offset, sizeBytes }: Pick<FileRange, 'offset' | 'sizeBytes'>): void {
    this.#ahead.set(offset, sizeBytes)
    for (let size = this.#takeNext(); size !== undefined; size = this.#takeNext()) {
      this.chained.add(this.#position)
      this.#extend(size)
    }
  }

  /**
   * Hashes what is left of the file and ends.
   * @throws EngineError `cancelled`, and why the file could not be read.
   */
  async finish(sizeBytes: number, { signal, onProgress }: HashWatch): Promise<FileDigest> {
    const cancel = (): void => this.#aborter.abort()
    signal?.addEventListener('abort', cancel, { once: true })
    this.#onProgress = onProgress
    try {
      if (signal?.aborted) cancel()
      this.#extend(sizeBytes - this.#position)
      await this.#tail
      if (this.#failure) throw this.#failure
      const digest = (await this.#thread.request({ do: 'hash-end', hashing: this.#hashing })) as FileDigest
      // All of it may have been hashed before anybody watched.
      onProgress?.(digest.sizeBytes)
      return digest
    } catch (error) {
      await this.drop()
      throw error
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.#release()
    }
  }

  /** Gives up; may be called at any time. */
  async drop(): Promise<void> {
    this.#release()
    this.#aborter.abort()
    await this.#tail
    // A thread that ended meanwhile has nothing left to forget.
    await this.#thread.request({ do: 'hash-drop', hashing: this.#hashing }).catch(() => undefined)
  }

  #takeNext(): number | undefined {
    const size = this.#ahead.get(this.#position)
    this.#ahead.delete(this.#position)
    return size
  }

  #extend(sizeBytes: number): void {
    const range = { file: this.#file, offset: this.#position, sizeBytes }
    const { signal } = this.#aborter
    const onProgress = (bytes: number): void => this.#onProgress?.(bytes)
    this.#position += sizeBytes
    this.#tail = this.#tail.then(async () => {
      if (this.#failure) return
      try {
        await this.#thread.request({ do: 'hash-on', hashing: this.#hashing, range }, { signal, onProgress })
      } catch (error) {
        this.#failure = asEngineError(error)
      }
    })
  }
}
