import path from 'node:path'
import { startWorker, type WorkerClient } from '../../platform/processes/index.ts'
import type { Analytics } from './analytics.ts'

/** A message to the thread. */
export interface Question {
  readonly about: About
  readonly input: unknown
  /** See `Views`: when it changes, the thread drops its cached counts. */
  readonly rewinds: number
}

export type About = Exclude<keyof Analytics, 'forgetPast'>

export interface AnalyticsThreadOptions {
  readonly workersFolder: string
  readonly databaseFile: string
  readonly rewinds: () => number
}

/**
 * Answers analytics in a thread with its own connection: tens of milliseconds over a million views must not delay the
 * window or other callers.
 */
export class AnalyticsThread {
  readonly #entryFile: string
  readonly #databaseFile: string
  readonly #rewinds: () => number
  #worker: WorkerClient<Question, unknown, never> | null = null

  constructor({ workersFolder, databaseFile, rewinds }: AnalyticsThreadOptions) {
    this.#entryFile = path.join(workersFolder, 'analytics-worker.js')
    this.#databaseFile = databaseFile
    this.#rewinds = rewinds
  }

  /** @throws EngineError `internal` when the thread dies; the next question starts another one. */
  async ask<K extends About>(
    about: K,
    input: Parameters<Analytics[K]>[0],
    signal: AbortSignal,
  ): Promise<ReturnType<Analytics[K]>> {
    if (!this.#worker || this.#worker.isEnded) {
      this.#worker = startWorker(this.#entryFile, { workerData: { file: this.#databaseFile } })
    }
    return (await this.#worker.request({ about, input, rewinds: this.#rewinds() }, { signal })) as ReturnType<
      Analytics[K]
    >
  }

  async close(): Promise<void> {
    await this.#worker?.close()
  }
}
