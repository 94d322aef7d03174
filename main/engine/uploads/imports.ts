import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { asEngineError, EngineError, type Import } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { type CopyProgress, ImportCopy, type ImportLibrary } from './import-copy.ts'
import { type ImportRow, ImportRows } from './import-rows.ts'
import { findSources, type ImportSource, inspectAgain, type Refusal } from './import-source.ts'
import { describeImport } from './import-view.ts'
import { Obstacles } from './obstacles.ts'
import type { Uploads } from './uploads.ts'

/** How often what waits for a card, for room or for a permission is looked at again. */
const LOOK_AGAIN_MS = 2_000
/** How long closing waits for a look that is under way. */
const CLOSE_MS = 2_000

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
  readonly #obstacles: Obstacles
  #timer: NodeJS.Timeout | null = null
  #filling: Promise<void> = Promise.resolve()
  #looking: Promise<void> = Promise.resolve()
  #libraryDevice: number | null = null
  #open = false

  constructor(options: ImportsOptions) {
    this.#options = options
    this.#rows = new ImportRows(options.database)
    this.#obstacles = new Obstacles(options)
    this.#copy = new ImportCopy(options.uploads, this.#rows, options.library)
  }

  /** Goes on with what an earlier process left. */
  async start(): Promise<void> {
    this.#libraryDevice = await deviceOf(this.#options.folder.root)
    for (const row of this.#rows.abandoned()) await this.#discard(row)
    this.#open = true
    this.#lookSoon()
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
    this.#obstacles.forget(id)
    this.#rows.requeue.run({ id, keepTruncated: keepTruncated ? 1 : 0 })
    this.#options.onChange(id)
    this.#fill()
    return this.get(id)
  }

  /** Forgets ended imports: one, or all. What a failed one had stored is deleted with it. */
  async clear(id: string | null, keepFailed: boolean): Promise<void> {
    const isMeant = (row: ImportRow): boolean =>
      row.finished_at !== null && (id === null || row.id === id) && !(keepFailed && row.status === 'failed')
    // Exactly these: another one may fail while the files of this one are deleted.
    for (const row of this.#rows.all().filter(isMeant)) {
      if (row.status === 'failed') await this.#discard(row)
      this.#rows.forget.run({ id: row.id })
    }
    this.#options.onChange(id ?? '')
  }

  /** Ends what runs without cancelling it: the next start goes on. */
  async close(): Promise<void> {
    this.#open = false
    if (this.#timer) clearTimeout(this.#timer)
    // A network drive that does not answer may not keep us from closing.
    await Promise.race([Promise.all([this.#looking, this.#filling]), pause(CLOSE_MS, null, { ref: false })])
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
      // Without its folder an import fails in many ways, and would be given up for some of them.
      const failure = asEngineError(this.#options.folder.explain(error))
      if (running.stopping === null) await this.#settle(row.id, failure)
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
      if (this.#obstacles.meet(row, failure)) return
      // What is no video now is none at the next try: nothing of it is kept.
      if (failure.code === 'invalid_video') await this.#discard(row)
      this.#end(id, 'failed', failure)
    } catch (error) {
      // Not even the failure could be written down: then it is the disk that has to be waited for.
      this.#options.log.error({ importId: id, err: error }, 'an import could not be ended')
      this.#obstacles.meetFullDisk(id, asEngineError(error).message)
    }
  }

  /** One look after the other: a network drive may take its time to answer. */
  #lookSoon(): void {
    if (!this.#open) return
    this.#timer = setTimeout(() => {
      this.#looking = this.#lookAgain().finally(() => this.#lookSoon())
    }, LOOK_AGAIN_MS).unref()
  }

  async #lookAgain(): Promise<void> {
    const gone = await this.#obstacles.lookAgain((id) => this.#rows.get(id))
    for (const id of gone) this.#options.onChange(id)
    if (gone.length > 0) this.#fill()
  }

  async #stop(id: string, why: Exclude<Running['stopping'], null>): Promise<void> {
    this.#obstacles.leave(id)
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
    this.#obstacles.forget(id)
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
      obstacle: this.#obstacles.get(row.id),
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
