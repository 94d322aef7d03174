import fs, { type FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { EngineError } from '../../contract/index.ts'
import { FrameTimes } from '../../platform/ffmpeg/index.ts'

const READ_BYTES = 65_536
/** A frame's line is written with its picture; this is for a disk that is slow to show it. */
const PATIENCE_MS = 5000

/**
 * When each picture is shown, as ffmpeg notes it in a file while it decodes: raw pictures carry no times, and a damaged
 * film gives fewer of them than its index promises.
 */
export class GivenTimes {
  readonly #file: string
  readonly #seconds: number[] = []
  readonly #lines = new FrameTimes((seconds) => this.#seconds.push(seconds))
  #reader: FileHandle | null = null
  #reading: Promise<boolean> | null = null
  #at = 0

  constructor(file: string) {
    this.#file = file
  }

  /** Seconds from where decoding began to the picture at a position. */
  async of(position: number): Promise<number> {
    for (let waited = 0; waited < PATIENCE_MS; waited += 5) {
      const seconds = this.#seconds[position]
      if (seconds !== undefined) return seconds
      // Several may ask at once: what is new is read once.
      this.#reading ??= this.#read()
      if (!(await this.#reading)) await pause(5)
    }
    throw new EngineError('media_failed', 'The decoder did not say when a picture is shown.')
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
