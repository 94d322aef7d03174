import { closeSync, fdatasync, open } from 'node:fs'
import { promisify } from 'node:util'
import { explainWriteFailure } from '../files/index.ts'

const openLater = promisify(open)
const syncLater = promisify(fdatasync)

/**
 * Makes the write-ahead log of a database durable without blocking this thread. One sync is for all commits before it: as
 * many as there are wait for the same one.
 */
export class LogSync {
  readonly #file: string
  #descriptor: number | null = null
  /** Commits, and how many of them are on the disk. */
  #committed = 0
  #synced = 0
  #running: Promise<void> | null = null
  #isOpen = true

  /** @param database file of the database. */
  constructor(database: string) {
    this.#file = `${database}-wal`
  }

  /** Something was committed, and not synced. */
  noteCommit(): void {
    this.#committed += 1
  }

  /** Resolves once all that is committed by now is on the disk. @throws EngineError `storage_full`, `storage_refused`. */
  async wait(): Promise<void> {
    const wanted = this.#committed
    while (this.#synced < wanted) {
      this.#running ??= this.#sync().finally(() => {
        this.#running = null
        if (!this.#isOpen) this.#close()
      })
      await this.#running
    }
  }

  /** SQLite has to close first: it syncs what is in the log. */
  close(): void {
    this.#isOpen = false
    this.#synced = this.#committed
    if (!this.#running) this.#close()
  }

  async #sync(): Promise<void> {
    const upTo = this.#committed
    try {
      // For writing: Windows syncs no other file.
      this.#descriptor ??= await openLater(this.#file, 'r+')
      await syncLater(this.#descriptor)
    } catch (error) {
      // Closed meanwhile: the log was synced into the database, and is gone.
      if (this.#isOpen) throw explainWriteFailure(error, 'the library folder')
    }
    this.#synced = Math.max(this.#synced, upTo)
  }

  #close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
    this.#descriptor = null
  }
}
