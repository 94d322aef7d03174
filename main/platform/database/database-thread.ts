import path from 'node:path'
import { startWorker } from '../processes/index.ts'

export type DatabaseQuestion =
  | { readonly do: 'check'; readonly file: string }
  | { readonly do: 'copy'; readonly file: string; readonly target: string }

/** Long work on a whole database file, in a thread with its own connection, so that the main thread is not blocked. */
export class DatabaseThread {
  readonly #entryFile: string

  /** @param workersFolder holds the built `database-worker.js`. */
  constructor(workersFolder: string) {
    this.#entryFile = path.join(workersFolder, 'database-worker.js')
  }

  /** See `findDamage`. */
  async check(file: string, signal?: AbortSignal): Promise<string[]> {
    return await this.#ask({ do: 'check', file }, signal)
  }

  /** See `copyDatabase`. */
  async copy(file: string, target: string, signal?: AbortSignal): Promise<void> {
    await this.#ask({ do: 'copy', file, target }, signal)
  }

  async #ask(question: DatabaseQuestion, signal?: AbortSignal): Promise<string[]> {
    const worker = startWorker<DatabaseQuestion, string[]>(this.#entryFile)
    const stop = (): void => void worker.close()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await worker.request(question, { signal })
    } finally {
      signal?.removeEventListener('abort', stop)
      await worker.close()
    }
  }
}
