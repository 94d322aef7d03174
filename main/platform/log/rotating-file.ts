import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'

/** At this size a log file is put aside. */
const MOST_BYTES = 8 * 1024 * 1024
/** How many that were put aside are kept; the oldest goes. */
const KEPT = 3

/**
 * A file that lines are added to: `FILE`, and before it `FILE.1` to `FILE.3`. Lines are written at once, so that the last
 * one before an end is there. What cannot be written is lost; it never ends the process.
 */
export class RotatingFile {
  readonly #file: string
  readonly #mostBytes: number
  #descriptor: number | null
  #bytes = 0

  constructor(file: string, mostBytes = MOST_BYTES) {
    this.#file = file
    this.#mostBytes = mostBytes
    this.#descriptor = this.#open()
  }

  write(line: string): void {
    const bytes = Buffer.from(line)
    if (this.#bytes > 0 && this.#bytes + bytes.length > this.#mostBytes) this.#putAside()
    if (this.#descriptor === null) return
    try {
      this.#bytes += writeSync(this.#descriptor, bytes)
    } catch {
      // A full disk may silence the log.
    }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
    this.#descriptor = null
  }

  #open(): number | null {
    try {
      const descriptor = openSync(this.#file, 'a', 0o600)
      this.#bytes = fstatSync(descriptor).size
      return descriptor
    } catch {
      // Without a file there is no log; another part reports why the folder cannot be written to.
      return null
    }
  }

  #putAside(): void {
    this.close()
    for (let number = KEPT; number > 0; number -= 1) {
      rename(number === 1 ? this.#file : `${this.#file}.${number - 1}`, `${this.#file}.${number}`)
    }
    this.#descriptor = this.#open()
  }
}

function rename(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch {
    // Fewer were put aside so far, or the folder takes no names: then the file simply goes on.
  }
}
