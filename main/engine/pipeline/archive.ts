import { constants } from 'node:fs'
import fs, { type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { EngineError, StreamChunk } from '../../contract/index.ts'
import { explainWriteFailure, isMissing, syncFolder } from '../../platform/files/index.ts'
import { END_OF_EVENT, END_OF_STREAM } from './chunk-writer.ts'
import { Tail } from './tail.ts'

/** Bytes that are read at a time. */
const STEP_BYTES = 65_536
const DONE = Buffer.from(END_OF_STREAM)
/** The same for readers of a stream. */
const READ_BYTES = 524_288

/**
 * The bytes of a task's stream (PI-41). Readers get only whole events that are synced, so that a power cut loses nothing
 * that was sent. Events that arrive during a sync share the next one.
 */
export class StreamArchive {
  readonly #file: string
  readonly #tail = new Tail()
  #length = 0
  #ended = false
  #writer: FileHandle | null = null
  #waiting: Buffer[] = []
  #writing: Promise<void> | null = null

  private constructor(file: string) {
    this.#file = file
  }

  /** Opens the file, and cuts off a torn last event, which no reader has got (PI-47). */
  static async open(file: string): Promise<StreamArchive> {
    const archive = new StreamArchive(file)
    const whole = await wholeEvents(file)
    archive.#length = whole.length
    archive.#ended = whole.isEnded
    if (whole.isTorn) await fs.truncate(file, whole.length)
    return archive
  }

  /** Bytes that readers may have. */
  get length(): number {
    return this.#length
  }

  /** Nothing will follow. */
  get isEnded(): boolean {
    return this.#ended
  }

  /** Adds whole events. Resolves when they are synced and readable. @throws EngineError `storage_full`, `storage_refused`. */
  async append(events: string): Promise<void> {
    this.#waiting.push(Buffer.from(events))
    await (this.#writing ??= this.#writeWaiting())
  }

  /**
   * Adds the last events. `settle` runs after they are synced and before they are readable: a reader that has read to the
   * end finds a task that has ended.
   */
  async end(events: string, settle: () => Promise<void>): Promise<void> {
    await this.#writing
    const bytes = Buffer.from(events)
    await this.#write(bytes)
    await settle()
    this.#ended = true
    this.#publish([bytes])
    await this.#writer?.close()
    this.#writer = null
  }

  /** For a stream whose last events were written by an earlier process. */
  markEnded(): void {
    this.#ended = true
    this.#tail.wake()
  }

  /** The bytes from an offset on, in pieces, until the end of the stream or the abort. */
  async *follow(offset: number, signal: AbortSignal, pieceBytes = READ_BYTES): AsyncGenerator<Buffer, void> {
    let reader: FileHandle | null = null
    try {
      for (let at = offset; !signal.aborted;) {
        const piece = this.#tail.from(at, pieceBytes)
        if (piece) {
          yield piece
          at += piece.length
        } else if (at < this.#length) {
          reader ??= await fs.open(this.#file, 'r')
          const read = await readAt(reader, at, Math.min(pieceBytes, this.#length - at))
          yield read
          at += read.length
        } else if (this.#ended) return
        else await this.#tail.grown(signal)
      }
    } finally {
      await reader?.close()
    }
  }

  /** The last event before any `[DONE]`, or null for a stream without one. */
  async lastChunk(): Promise<StreamChunk | null> {
    const end = this.#length - (this.#ended ? END_OF_STREAM.length : 0)
    if (end <= 0) return null
    const reader = await fs.open(this.#file, 'r')
    try {
      let bytes = Buffer.alloc(0)
      while (bytes.length < end) {
        const start = Math.max(0, end - bytes.length - STEP_BYTES)
        bytes = Buffer.concat([await readAll(reader, start, end - bytes.length - start), bytes])
        const mark = bytes.lastIndexOf(END_OF_EVENT, -END_OF_EVENT.length - 1)
        if (mark >= 0) return parseEvent(bytes.subarray(mark + END_OF_EVENT.length))
      }
      return parseEvent(bytes)
    } finally {
      await reader.close()
    }
  }

  /** All events of the stream so far, read from the disk. */
  async *chunks(signal: AbortSignal): AsyncGenerator<StreamChunk, void> {
    let rest = Buffer.alloc(0)
    const reader = await fs.open(this.#file, 'r')
    try {
      for (let at = 0, end = this.#length; at < end;) {
        signal.throwIfAborted()
        const bytes = await readAt(reader, at, Math.min(STEP_BYTES, end - at))
        at += bytes.length
        rest = Buffer.concat([rest, bytes])
        let from = 0
        for (let mark = rest.indexOf(END_OF_EVENT); mark >= 0; mark = rest.indexOf(END_OF_EVENT, from)) {
          const event = rest.subarray(from, mark + END_OF_EVENT.length)
          from = mark + END_OF_EVENT.length
          if (!event.equals(DONE)) yield parseEvent(event)
        }
        rest = rest.subarray(from)
      }
    } finally {
      await reader.close()
    }
  }

  /** Closes the file; what is not on the disk yet is dropped. */
  async close(): Promise<void> {
    await this.#writing?.catch(() => undefined)
    await this.#writer?.close()
    this.#writer = null
  }

  async #writeWaiting(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const events = this.#waiting
        this.#waiting = []
        await this.#write(Buffer.concat(events))
        this.#publish(events)
      }
    } finally {
      // After a failure the task continues from the last event on the disk, and appends these again.
      this.#waiting = []
      this.#writing = null
    }
  }

  async #write(bytes: Buffer): Promise<void> {
    try {
      this.#writer ??= await openForWriting(this.#file, this.#length)
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.#writer.write(bytes, done, bytes.length - done, this.#length + done)
        done += bytesWritten
      }
      await this.#writer.datasync()
    } catch (error) {
      await this.#writer?.close()
      this.#writer = null
      throw explainWriteFailure(error, this.#file)
    }
  }

  #publish(events: readonly Buffer[]): void {
    for (const event of events) {
      this.#tail.add(event, this.#length)
      this.#length += event.length
    }
    this.#tail.wake()
  }
}

/** Cuts off what a failed write may have left after the last whole event. */
async function openForWriting(file: string, length: number): Promise<FileHandle> {
  const writer = await fs.open(file, constants.O_WRONLY | constants.O_CREAT, 0o600)
  await writer.truncate(length)
  if (length === 0) await syncFolder(path.dirname(file))
  return writer
}

async function readAt(reader: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await reader.read(Buffer.allocUnsafe(bytes), 0, bytes, position)
  if (bytesRead > 0) return buffer.subarray(0, bytesRead)
  throw new EngineError('source_missing', 'The stream of this task was cut short on the disk.')
}

/** Reads until all of the bytes are there. */
async function readAll(reader: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let done = 0; done < bytes;) {
    const piece = await readAt(reader, position + done, bytes - done)
    pieces.push(piece)
    done += piece.length
  }
  return Buffer.concat(pieces)
}

/** @param event `data: {…}` with its blank line. */
function parseEvent(event: Buffer): StreamChunk {
  return StreamChunk.parse(JSON.parse(event.toString('utf8').slice('data: '.length)))
}

interface WholeEvents {
  readonly length: number
  readonly isEnded: boolean
  readonly isTorn: boolean
}

async function wholeEvents(file: string): Promise<WholeEvents> {
  const reader = await fs.open(file, 'r').catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
  if (!reader) return { length: 0, isEnded: false, isTorn: false }
  try {
    const { size } = await reader.stat()
    for (let end = size; end > 0; end -= STEP_BYTES) {
      // The steps overlap: a mark may lie across two of them.
      const start = Math.max(0, end - STEP_BYTES - END_OF_STREAM.length)
      const bytes = await readAll(reader, start, end - start)
      const mark = bytes.lastIndexOf(END_OF_EVENT)
      if (mark < 0) continue
      const upTo = mark + END_OF_EVENT.length
      const isEnded = bytes.subarray(0, upTo).toString('latin1').endsWith(END_OF_STREAM)
      return { length: start + upTo, isEnded, isTorn: start + upTo < size }
    }
    return { length: 0, isEnded: false, isTorn: size > 0 }
  } finally {
    await reader.close()
  }
}
