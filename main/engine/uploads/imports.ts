import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { asEngineError, EngineError, type Import } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { type CopyProgress, ImportCopy, type ImportLibrary } from './import-copy.ts'
import { type ImportRow, ImportRows } from './import-rows.ts'
import { findSources, type ImportSource, inspectAgain, type Refusal } from './import-source.ts'
import { describeImport } from './import-view.ts'
import { isGone, type Obstacle, obstacleOf } from './obstacle.ts'
import type { Uploads } from './uploads.ts'

/** How often what waits for a card, for room or for a permission is looked at again. */
const LOOK_AGAIN_MS = 2_000
/** A source that is there but cannot be read is tried this often before it is called broken. */
const MOST_READ_FAILURES = 5

interface Running extends CopyProgress {
  readonly aborter: AbortController
  /** The device it is read from; null when that is not known. */
  readonly device: number | null
  ended: Promise<void>
  /** Why it is being stopped. */
  stopping: 'cancel' | 'pause' | 'close' | null
}

export interface ImportsOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly uploads: Uploads
  readonly log: Log
  readonly library: ImportLibrary
  readonly onChange: (importId: string) => void
  /** Files at a time, from the library's own disk; from any other one at a time: "gentle on a card reader". */
  readonly concurrency: number
}

/** The queue of files on their way into the library: in their order, several at once, over any interruption. */
export class Imports {
  readonly #rows: ImportRows
  readonly #options: ImportsOptions
  readonly #copy: ImportCopy
  readonly #running = new Map<string, Running>()
  readonly #obstacles = new Map<string, Obstacle>()
  /** Failures to read in a row, without a part in between. */
  readonly #readFailures = new Map<string, { bytes: number; count: number }>()
  #timer: NodeJS.Timeout | null = null
  #filling: Promise<void> = Promise.resolve()
  #libraryDevice: number | null = null
  #open = false

  constructor(options: ImportsOptions) {
    this.#options = options
    this.#rows = new ImportRows(options.database)
    this.#copy = new ImportCopy(options.uploads, this.#rows, options.library)
  }

  /** Goes on with what an earlier process left. */
  async start(): Promise<void> {
    this.#libraryDevice = await deviceOf(this.#options.folder.root)
    for (const row of this.#rows.abandoned()) await this.#discard(row)
    this.#open = true
    this.#timer = setInterval(() => void this.#lookAgain(), LOOK_AGAIN_MS).unref()
    this.#fill()
  }

  /** Adds files and folders; says of each path that was not added why. */
  async add(paths: readonly string[]): Promise<{ imports: Import[]; refused: Refusal[] }> {
    const found = await Promise.all(paths.map(findSources))
    const ids = this.addSources(
      found.flatMap(({ sources }) => sources),
      null,
    )
    return { imports: ids.map((id) => this.get(id)), refused: found.flatMap(({ refused }) => refused) }
  }

  /** Adds files that were looked at already; joins the transaction that is open. @returns their import ids. */
  addSources(sources: readonly ImportSource[], watchedId: string | null): string[] {
    const ids = this.#options.database.transaction(() =>
      sources.map((source) => {
        // Added again while it is on its way, as after a crash in the middle: that one goes on.
        const underWay = this.#rows.unfinishedOf(source)
        if (underWay) {
          this.#rows.resume.run({ id: underWay.id })
          return underWay.id
        }
        const id = randomUUID()
        this.#rows.insert(id, source, watchedId)
        return id
      }),
    )
    for (const id of ids) this.#options.onChange(id)
    this.#fill()
    return ids
  }

  /** @throws EngineError `not_found`. */
  get(id: string): Import {
    return this.#describe(this.#row(id))
  }

  /** In the order in which they are taken. */
  list(): Import[] {
    return this.#rows.all().map((row) => this.#describe(row))
  }

  /** Whether an import that has not ended counts on this upload. */
  holds(mediaId: string): boolean {
    return this.#rows.holds(mediaId)
  }

  /** Stops an import and deletes what it stored. @throws EngineError `conflict` when it has ended. */
  async cancel(id: string): Promise<void> {
    if (this.#row(id).finished_at !== null) throw new EngineError('conflict', 'This import has ended already.')
    await this.#stop(id, 'cancel')
    const row = this.#row(id)
    if (row.finished_at !== null) return
    // The row first: after a crash in between, the next start sees that nobody wants the upload any more.
    this.#end(id, 'cancelled', null)
    await this.#discard(row)
  }

  /** Holds one import, or all; what they stored is kept. @throws EngineError `conflict` when that one cannot be held. */
  async pause(id: string | null): Promise<void> {
    const { changes } = this.#rows.pause.run({ id })
    if (id !== null && changes === 0 && this.#row(id).status !== 'paused') {
      throw new EngineError('conflict', 'Only an import that has not ended can be paused.')
    }
    const running = id === null ? [...this.#running.keys()] : [id]
    await Promise.all(running.map((one) => this.#stop(one, 'pause')))
    this.#options.onChange(id ?? '')
    this.#fill()
  }

  /** Lets a paused import go on, or all. @throws EngineError `conflict` when that one is not paused. */
  resume(id: string | null): void {
    if (this.#rows.resume.run({ id }).changes === 0 && id !== null && this.#row(id).status !== 'waiting') {
      throw new EngineError('conflict', 'Only a paused import can be resumed.')
    }
    this.#options.onChange(id ?? '')
    this.#fill()
  }

  /** Puts an import before another, or last. @throws EngineError `not_found`. */
  move(id: string, beforeId: string | null): void {
    if (id === beforeId) return
    this.#rows.move(this.#row(id).id, beforeId === null ? null : this.#row(beforeId))
    this.#options.onChange(id)
  }

  /**
   * Goes on where a failed import stopped; what it stored is kept, unless the file has changed since.
   * @param keepTruncated take a file whose end is missing.
   * @throws EngineError `conflict` in another state.
   */
  async retry(id: string, keepTruncated = false): Promise<Import> {
    const row = this.#row(id)
    if (row.status !== 'failed') throw new EngineError('conflict', 'Only a failed import can be retried.')
    const now = await inspectAgain(row.path)
    if (now && (now.sizeBytes !== row.size_bytes || now.modifiedAt !== row.modified_at)) {
      await this.#discard(row)
      this.#rows.renew.run({ id, ...now })
    }
    this.#readFailures.delete(id)
    this.#rows.requeue.run({ id, keepTruncated: keepTruncated ? 1 : 0 })
    this.#options.onChange(id)
    this.#fill()
    return this.get(id)
  }

  /** Forgets ended imports: one, or all. What a failed one had stored is deleted with it. */
  async clear(id: string | null, keepFailed: boolean): Promise<void> {
    const isMeant = (row: ImportRow) => row.status === 'failed' && !keepFailed && (id === null || row.id === id)
    for (const row of this.#rows.all().filter(isMeant)) await this.#discard(row)
    this.#rows.forget.run({ id, keepFailed: keepFailed ? 1 : 0 })
    this.#options.onChange(id ?? '')
  }

  /** Ends what runs without cancelling it: the next start goes on. */
  async close(): Promise<void> {
    this.#open = false
    if (this.#timer) clearInterval(this.#timer)
    await this.#filling
    await Promise.all([...this.#running.keys()].map((id) => this.#stop(id, 'close')))
  }

  #fill(): void {
    this.#filling = this.#filling
      .then(() => this.#take())
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'the import queue stumbled'))
  }

  /** Starts what may run now. */
  async #take(): Promise<void> {
    const devices = new Map<string, number | null>()
    while (this.#open && this.#running.size < this.#options.concurrency) {
      const row = this.#next(devices)
      if (!row) return
      const folder = path.dirname(row.path)
      const device = devices.get(folder)
      // While the device is asked for the queue may change: it is looked at anew.
      if (device === undefined) devices.set(folder, await deviceOf(folder))
      else this.#begin(row, device)
    }
  }

  /** The first one that may run, or whose device has to be known first. */
  #next(devices: ReadonlyMap<string, number | null>): ImportRow | undefined {
    const may = ({ id, path: file }: { id: string; path: string }): boolean =>
      !this.#running.has(id) && !this.#obstacles.has(id) && !this.#isBusy(devices.get(path.dirname(file)) ?? null)
    const first = this.#rows.waiting().find(may)
    return first && this.#rows.get(first.id)
  }

  /** A card or a network is read one file at a time: several would only make it seek. */
  #isBusy(device: number | null): boolean {
    if (device === null || device === this.#libraryDevice) return false
    return [...this.#running.values()].some((running) => running.device === device)
  }

  #begin(row: ImportRow, device: number | null): void {
    const running: Running = {
      aborter: new AbortController(),
      device,
      stage: 'uploading',
      partsInFlight: 0,
      bytesCompared: null,
      stopping: null,
      ended: Promise.resolve(),
    }
    this.#running.set(row.id, running)
    running.ended = this.#import(row, running)
    this.#options.onChange(row.id)
  }

  async #import(row: ImportRow, running: Running): Promise<void> {
    const onProgress = (): void => this.#options.onChange(row.id)
    try {
      const twin = await this.#copy.run(row, { signal: running.aborter.signal, progress: running, onProgress })
      this.#end(row.id, 'completed', null, twin)
    } catch (error) {
      if (running.stopping === null) await this.#settle(row.id, asEngineError(error))
    }
    this.#running.delete(row.id)
    this.#options.onChange(row.id)
    this.#fill()
  }

  /** A failure that somebody can put right is waited out; any other one ends the import. */
  async #settle(id: string, failure: EngineError): Promise<void> {
    this.#options.log.warn({ importId: id, code: failure.code, err: failure.cause ?? failure }, 'import stopped')
    try {
      const row = this.#row(id)
      const obstacle = this.#isBroken(row, failure) ? null : obstacleOf(failure, row)
      if (obstacle) return void this.#obstacles.set(id, obstacle)
      // What is no video now is none at the next try: nothing of it is kept.
      if (failure.code === 'invalid_video') await this.#discard(row)
      this.#end(id, 'failed', failure)
    } catch (error) {
      // Not even the failure could be written down: then it is the disk that has to be waited for.
      this.#options.log.error({ importId: id, err: error }, 'an import could not be ended')
      this.#obstacles.set(id, { waitingFor: 'space', message: asEngineError(error).message })
    }
  }

  #isBroken(row: ImportRow, { code }: EngineError): boolean {
    if (code !== 'source_missing') return false
    const bytes = row.media_id === null ? 0 : this.#options.uploads.sessions.rows.counts(row.media_id).bytes
    const before = this.#readFailures.get(row.id)
    const count = before?.bytes === bytes ? before.count + 1 : 1
    this.#readFailures.set(row.id, { bytes, count })
    return count > MOST_READ_FAILURES
  }

  async #lookAgain(): Promise<void> {
    const { uploads, folder } = this.#options
    for (const [id, obstacle] of this.#obstacles) {
      const row = this.#rows.get(id)
      if (row?.status === 'waiting' && !(await isGone(obstacle, row, uploads.sessions, folder))) continue
      this.#obstacles.delete(id)
      this.#options.onChange(id)
      this.#fill()
    }
  }

  async #stop(id: string, why: Exclude<Running['stopping'], null>): Promise<void> {
    this.#obstacles.delete(id)
    const running = this.#running.get(id)
    if (!running) return
    running.stopping ??= why
    running.aborter.abort(new EngineError('cancelled', 'Stopped.'))
    await running.ended
  }

  async #discard(row: ImportRow): Promise<void> {
    const upload = row.media_id === null ? undefined : this.#options.uploads.sessions.rows.upload(row.media_id)
    if (!upload || upload.status === 'completed' || upload.status === 'aborted') return
    await this.#options.uploads.abort(upload.media_id, upload.upload_id)
  }

  #end(
    id: string,
    status: 'completed' | 'failed' | 'cancelled',
    failure: EngineError | null,
    duplicateOf: string | null = null,
  ): void {
    this.#readFailures.delete(id)
    const { code: errorCode = null, message: errorMessage = null } = failure ?? {}
    this.#rows.finish.run({ id, status, errorCode, errorMessage, duplicateOf, now: Date.now() })
    this.#options.onChange(id)
  }

  #row(id: string): ImportRow {
    const row = this.#rows.get(id)
    if (!row) throw new EngineError('not_found', 'There is no such import.')
    return row
  }

  #describe(row: ImportRow): Import {
    const { uploads, library } = this.#options
    // Of what has ended well all is known from its row: a list of thousands costs one query.
    const isOpen = row.media_id !== null && row.status !== 'completed'
    const upload = isOpen ? uploads.sessions.rows.upload(row.media_id ?? '') : undefined
    return describeImport(row, {
      progress: upload && upload.status !== 'aborted' ? uploads.progress(upload.media_id) : null,
      bytesPerSecond: upload ? uploads.parts.rateOf(upload.media_id) : null,
      running: this.#running.get(row.id) ?? null,
      bytesAssembled: upload ? uploads.assembly.bytesChecked(upload.media_id) : null,
      obstacle: this.#obstacles.get(row.id) ?? null,
      twinTitle: row.duplicate_of === null ? null : library.titleOf(row.duplicate_of),
    })
  }
}

/** The number of the disk that holds a path; null when it is not there. */
async function deviceOf(file: string): Promise<number | null> {
  try {
    return (await fs.stat(file)).dev
  } catch {
    // Not there: starting the import finds that out, and says so.
    return null
  }
}
