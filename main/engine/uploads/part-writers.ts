import path from 'node:path'
import { asEngineError } from '../../contract/index.ts'
import { startWorker, type WorkerClient } from '../../platform/processes/index.ts'
import type { PartDigest } from './part-file.ts'
import type { FileDigest, PartAnswer, PartCopy, PartPlace, PartRequest } from './part-messages.ts'

type PartThread = WorkerClient<PartRequest, PartAnswer, never>

/** A part on its way to the disk. One of `finish` and `drop` ends it. */
export interface PartWriting {
  /** Takes the bytes over; resolves when there is room for more. */
  append(bytes: Uint8Array): Promise<void>
  finish(): Promise<PartDigest>
  drop(): Promise<void>
}

/** Threads that write and hash parts, each part on one of them. */
export class PartWriters {
  readonly #threads: PartThread[]
  #turn = 0
  #writings = 0

  /** @param workersFolder holds the built `part-worker.js`. */
  constructor(workersFolder: string, threads: number) {
    const entry = path.join(workersFolder, 'part-worker.js')
    this.#threads = Array.from({ length: threads }, () => startWorker<PartRequest, PartAnswer>(entry))
  }

  /** @throws EngineError `storage_full`, `storage_refused`. */
  async begin(place: PartPlace): Promise<PartWriting> {
    const thread = this.#next()
    const writing = (this.#writings += 1)
    await thread.request({ do: 'begin', writing, place })
    return new ThreadWriting(thread, writing)
  }

  /** Copies a part from a file of this machine. @throws EngineError `source_missing`, `storage_full`, `cancelled`. */
  async copy(copy: PartCopy, signal: AbortSignal): Promise<PartDigest> {
    return (await this.#next().request({ do: 'copy', copy }, { signal })) as PartDigest
  }

  /** The sha-256 of a whole file. */
  async hash(file: string, sizeBytes: number): Promise<FileDigest> {
    return (await this.#next().request({ do: 'hash', file, sizeBytes })) as FileDigest
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }

  #next(): PartThread {
    this.#turn = (this.#turn + 1) % this.#threads.length
    const thread = this.#threads[this.#turn]
    if (!thread) throw new Error('There are no part threads.')
    return thread
  }
}

/** Pieces on their way to the thread at a time; more would only fill memory. */
const IN_FLIGHT = 16

class ThreadWriting implements PartWriting {
  readonly #thread: PartThread
  readonly #writing: number
  readonly #inFlight = new Set<Promise<void>>()
  #failure: Error | null = null

  constructor(thread: PartThread, writing: number) {
    this.#thread = thread
    this.#writing = writing
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (this.#failure) throw this.#failure
    this.#send(bytes)
    if (this.#inFlight.size >= IN_FLIGHT) await Promise.race(this.#inFlight)
  }

  async finish(): Promise<PartDigest> {
    await Promise.all(this.#inFlight)
    if (this.#failure) throw this.#failure
    return (await this.#thread.request({ do: 'finish', writing: this.#writing })) as PartDigest
  }

  async drop(): Promise<void> {
    await Promise.all(this.#inFlight)
    await this.#thread.request({ do: 'drop', writing: this.#writing })
  }

  #send(bytes: Uint8Array): void {
    // A view into a larger buffer is copied out first: cloning a view would carry the whole buffer along.
    const owned = ownsItsMemory(bytes) ? bytes : new Uint8Array(bytes)
    const sent: Promise<void> = this.#thread
      .request({ do: 'append', writing: this.#writing, bytes: owned }, { transfer: [owned.buffer] })
      .then(() => undefined)
      .catch((error: unknown) => {
        this.#failure ??= asEngineError(error)
      })
      .finally(() => this.#inFlight.delete(sent))
    this.#inFlight.add(sent)
  }
}

/** Small buffers share a pool with others, and a parser's pieces share the packet they came in. */
function ownsItsMemory(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
}
