import fs, { type FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { EngineError } from '../../contract/index.ts'
import { FrameTimes } from '../../platform/ffmpeg/index.ts'

const READ_BYTES = 65_536
/** The time is written before its frame; this is for a file system that shows it late. */
const WAIT_LIMIT_MS = 5000
const POLL_MS = 5

/**
 * Presentation times of the frames that a decoder gives, read from the file that ffmpeg writes them to while it decodes:
 * raw frames carry no times, and a damaged video gives fewer frames than its index has.
 */
export class DecoderTimestamps {
  readonly #file: string
  readonly #seconds: number[] = []
  readonly #lines = new FrameTimes((seconds) => this.#seconds.push(seconds))
  #reader: FileHandle | null = null
  #reading: Promise<boolean> | null = null
  #at = 0

  constructor(file: string) {
    this.#file = file
  }

  /** Seconds from where decoding began to the frame at a position. @throws EngineError `media_failed`. */
  async of(position: number): Promise<number> {
    for (let waited = 0; waited < WAIT_LIMIT_MS; waited += POLL_MS) {
      const seconds = this.#seconds[position]
      if (seconds !== undefined) return seconds
      // Calls at the same time share one read.
      this.#reading ??= this.#read()
      if (!(await this.#reading)) await pause(POLL_MS)
    }
    throw new EngineError('media_failed', 'The decoder did not say when a frame is shown.')
  }

  async close(): Promise<void> {
    await this.#reading?.catch(() => undefined)
    await this.#reader?.close()
    await fs.rm(this.#file, { force: true })
  }

  /** @returns whether anything was new. */
  async #read(): Promise<boolean> {
    try {
      this.#reader ??= await fs.open(this.#file, 'r')
      const { buffer, bytesRead } = await this.#reader.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, this.#at)
      this.#at += bytesRead
      this.#lines.add(buffer.subarray(0, bytesRead))
      return bytesRead > 0
    } finally {
      this.#reading = null
    }
  }
}
