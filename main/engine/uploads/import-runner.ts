import fs from 'node:fs/promises'
import path from 'node:path'
import { type Clock, pause } from '../../base/clock.ts'
import { asEngineError, EngineError } from '../../contract/index.ts'
import { bytesOf, type DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { type CopyProgress, ImportCopy, type ImportCopyOptions } from './import-copy.ts'
import type { ImportRow, ImportRows } from './import-rows.ts'
import { WaitReasons } from './wait-reasons.ts'

/** How often is checked whether imports still have to wait for a card, for room or for a permission. */
const RECHECK_MS = 2_000
/** How long closing waits for a check that is under way. */
const CLOSE_MS = 2_000

interface Running extends CopyProgress {
  readonly aborter: AbortController
  /** The device it is read from; null when that is not known. */
  readonly device: number | null
  ended: Promise<void>
  isStopping: boolean
}

export interface ImportRunnerOptions extends ImportCopyOptions {
  readonly folder: DataFolder
  readonly log: Log
  readonly clock: Clock
  readonly onChange: (importId: string) => void
  /** Files at a time, from the library's own disk; from any other one at a time (UP-111). */
  readonly concurrency: number
}

/** Runs the waiting imports in their order, several at once. A failure that somebody can resolve is waited out. */
export class ImportRunner {
  readonly reasons: WaitReasons
  readonly #rows: ImportRows
  readonly #options: ImportRunnerOptions
  readonly #copy: ImportCopy
  readonly #running = new Map<string, Running>()
  #cancelTimer = (): void => undefined
  #filling: Promise<void> = Promise.resolve()
  #rechecking: Promise<void> = Promise.resolve()
  #libraryDevice: number | null = null
  #isOpen = false

  constructor(rows: ImportRows, options: ImportRunnerOptions) {
    this.#rows = rows
    this.#options = options
    this.reasons = new WaitReasons(options)
    this.#copy = new ImportCopy(rows, options)
  }

  async start(): Promise<void> {
    this.#libraryDevice = await deviceOf(this.#options.folder.root)
    this.#isOpen = true
    this.#scheduleRecheck()
    this.fill()
  }

  /** Ends what runs without cancelling it: the next start continues it. */
  async close(): Promise<void> {
    this.#isOpen = false
    this.#cancelTimer()
    // A network drive that does not answer must not keep us from closing.
    await Promise.race([Promise.all([this.#rechecking, this.#filling]), pause(this.#options.clock, CLOSE_MS)])
    await this.stop(null)
  }

  /** null while it does not run. */
  progressOf(id: string): CopyProgress | null {
    return this.#running.get(id) ?? null
  }

  /** Starts what may run now. */
  fill(): void {
    this.#filling = this.#filling
      .then(() => this.#take())
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'the import queue failed'))
  }

  /** Stops one import, or all; resolves when nothing of them runs any more. */
  async stop(id: string | null): Promise<void> {
    if (id !== null) this.reasons.clear(id)
    const stopped = [...this.#running].filter(([one]) => id === null || one === id)
    for (const [one, running] of stopped) {
      this.reasons.clear(one)
      running.isStopping = true
      running.aborter.abort(new EngineError('cancelled', 'Stopped.'))
    }
    await Promise.all(stopped.map(([, { ended }]) => ended))
  }

  end(
    id: string,
    status: 'completed' | 'failed' | 'cancelled',
    failure: EngineError | null,
    duplicateOf: string | null = null,
  ): void {
    this.reasons.forget(id)
    const { code: errorCode = null, message: errorMessage = null } = failure ?? {}
    this.#rows.finish.run({ id, status, errorCode, errorMessage, duplicateOf, now: Date.now() })
    this.#options.onChange(id)
  }

  async #take(): Promise<void> {
    const devices = new Map<string, number | null>()
    while (this.#isOpen && this.#running.size < this.#options.concurrency) {
      const row = this.#next(devices)
      if (!row) return
      const folder = path.dirname(row.path)
      const device = devices.get(folder)
      // While the device is looked up the queue may change: it is read again.
      if (device === undefined) devices.set(folder, await deviceOf(folder))
      else this.#begin(row, device)
    }
  }

  /** The first one that may run, or whose device has to be known first. */
  #next(devices: ReadonlyMap<string, number | null>): ImportRow | undefined {
    const mayRun = ({ id, path: file }: { id: string; path: string }): boolean =>
      !this.#running.has(id) && !this.reasons.get(id) && !this.#isBusy(devices.get(path.dirname(file)) ?? null)
    const first = this.#rows.waiting().find(mayRun)
    return first && this.#rows.get(first.id)
  }

  /** A card or a network is read one file at a time: several would only make it seek. */
  #isBusy(device: number | null): boolean {
    if (device === null || device === this.#libraryDevice) return false
    return [...this.#running.values()].some((running) => running.device === device)
  }

  #begin(row: ImportRow, device: number | null): void {
    const running: Running = {
      ...{ device, aborter: new AbortController(), ended: Promise.resolve(), isStopping: false },
      ...{ stage: 'uploading', isCopying: false, bytesCompared: null },
    }
    this.#running.set(row.id, running)
    running.ended = this.#import(row, running)
    this.#options.onChange(row.id)
  }

  async #import(row: ImportRow, running: Running): Promise<void> {
    const onProgress = (): void => this.#options.onChange(row.id)
    try {
      const duplicateOf = await this.#copy.run(row, { signal: running.aborter.signal, progress: running, onProgress })
      this.end(row.id, 'completed', null, duplicateOf)
    } catch (error) {
      // While the library's folder is away an import fails in many ways, and would be ended for some of them.
      const failure = asEngineError(this.#options.folder.explain(error))
      if (!running.isStopping) await this.#settle(row, failure)
    }
    this.#running.delete(row.id)
    this.#options.onChange(row.id)
    this.fill()
  }

  async #settle({ id }: ImportRow, failure: EngineError): Promise<void> {
    const { log, uploads } = this.#options
    log.warn({ importId: id, code: failure.code, err: failure.cause ?? failure }, 'import stopped')
    try {
      const row = this.#rows.get(id)
      if (!row || this.reasons.record(row, failure)) return
      // What is not a video now is none at the next try: nothing of it is kept.
      if (failure.code === 'invalid_video') await uploads.abortIfOpen(row.media_id)
      this.end(id, 'failed', failure)
    } catch (error) {
      // Not even the failure could be written down: then the disk has to be waited for.
      log.error({ importId: id, err: error }, 'an import could not be ended')
      this.reasons.recordFullDisk(id, asEngineError(error).message)
    }
  }

  /** One check after the other: a network drive may take its time to answer. */
  #scheduleRecheck(): void {
    if (!this.#isOpen) return
    this.#cancelTimer = this.#options.clock.setTimeout(() => {
      this.#rechecking = this.#recheck().finally(() => this.#scheduleRecheck())
    }, RECHECK_MS)
  }

  async #recheck(): Promise<void> {
    const resolved = await this.reasons.recheck((id) => this.#rows.get(id))
    for (const id of resolved) this.#options.onChange(id)
    if (resolved.length > 0) this.fill()
  }
}

/** The number of the disk that a path is on; null when the path is not there. */
async function deviceOf(file: string): Promise<number | null> {
  try {
    return (await fs.stat(bytesOf(file))).dev
  } catch {
    // Starting the import finds that out, and reports it.
    return null
  }
}
