import path from 'node:path'
import { startWorker, type WorkerClient } from '../../platform/processes/index.ts'
import type { Analytics } from './analytics.ts'

/** What crosses to the thread: which answer, and what was asked. */
export interface Question {
  readonly about: keyof Analytics
  readonly input: unknown
}

/**
 * Answers analytics in a thread of its own, with its own connection to the library: what takes tens of milliseconds over
 * a million views must hold up neither the window nor other callers. It reads what was written before it was asked.
 */
export class AnalyticsThread {
  readonly #entryFile: string
  readonly #databaseFile: string
  #worker: WorkerClient<Question, unknown, never> | null = null

  constructor({ workersFolder, databaseFile }: { workersFolder: string; databaseFile: string }) {
    this.#entryFile = path.join(workersFolder, 'analytics-worker.js')
    this.#databaseFile = databaseFile
  }

  /** @throws EngineError `internal` when the thread dies; the next question starts another one. */
  async ask<K extends keyof Analytics>(
    about: K,
    input: Parameters<Analytics[K]>[0],
    signal: AbortSignal,
  ): Promise<ReturnType<Analytics[K]>> {
    if (!this.#worker || this.#worker.isEnded) {
      this.#worker = startWorker(this.#entryFile, { workerData: { file: this.#databaseFile } })
    }
    return (await this.#worker.request({ about, input }, { signal })) as ReturnType<Analytics[K]>
  }

  async close(): Promise<void> {
    await this.#worker?.close()
  }
}
