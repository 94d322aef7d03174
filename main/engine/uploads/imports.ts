import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { asEngineError, CONCURRENT_PARTS, EngineError, type Import } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { AnalysisWish } from './assembly.ts'
import { describeImport } from './import-view.ts'
import { ImportRows, type ImportRow } from './import-rows.ts'
import { findSources, inspectAgain, type Refusal } from './import-source.ts'
import type { UploadRow } from './rows.ts'
import type { Uploads } from './uploads.ts'

/** Nobody asked for a company's model: what lies on this machine analyses what is imported on it. */
const WISH: AnalysisWish = { autoAnalyze: true, analysisProvider: 'local', analysisType: 'full_vlm' }

interface Running {
  readonly aborter: AbortController
  partsInFlight: number
  ended: Promise<void>
}

/** What an import has to know of the library that it fills. */
export interface ImportLibrary {
  ownerId(): string
  /** Whether some video has just as many bytes: only then is a file worth hashing before it is copied. */
  hasSize(sizeBytes: number): boolean
  findBySha256(sha256: string): { videoId: string } | null
  titleOf(videoId: string): string | null
}

export interface ImportsOptions {
  readonly database: Database
  readonly uploads: Uploads
  readonly log: Log
  readonly library: ImportLibrary
  readonly onChange: (importId: string) => void
  /** Files at a time. */
  readonly concurrency: number
}

/** Brings files of this machine into the library through the same sessions, parts and assembly as an upload over HTTP. */
export class Imports {
  readonly #rows: ImportRows
  readonly #options: ImportsOptions
  readonly #running = new Map<string, Running>()
  /** Imports whose file is taken though its end is missing. */
  readonly #keepTruncated = new Set<string>()
  #open = false

  constructor(options: ImportsOptions) {
    this.#options = options
    this.#rows = new ImportRows(options.database)
  }

  /** Goes on with what an earlier process left. */
  start(): void {
    this.#rows.requeueInterrupted.run()
    this.#open = true
    this.#fill()
  }

  /** Adds files and folders; says of each path that was not added why. */
  async add(paths: readonly string[]): Promise<{ imports: Import[]; refused: Refusal[] }> {
    const found = await Promise.all(paths.map(findSources))
    const ids = this.#options.database.transaction(() =>
      found.flatMap(({ sources }) =>
        sources.map((source) => {
          // Added again while it is on its way, as after a crash in the middle: that one goes on.
          const underWay = this.#rows.unfinishedOf(source)
          if (underWay) return underWay.id
          const id = randomUUID()
          this.#rows.insert.run({ id, ...source, now: Date.now() })
          return id
        }),
      ),
    )
    for (const id of ids) this.#options.onChange(id)
    this.#fill()
    return { imports: ids.map((id) => this.get(id)), refused: found.flatMap(({ refused }) => refused) }
  }

  /** @throws EngineError `not_found`. */
  get(id: string): Import {
    return this.#describe(this.#row(id))
  }

  list(): Import[] {
    return this.#rows.all().map((row) => this.#describe(row))
  }

  /** Stops an import and deletes what it stored. @throws EngineError `conflict` when it has ended. */
  async cancel(id: string): Promise<void> {
    const row = this.#row(id)
    if (row.finished_at !== null) throw new EngineError('conflict', 'This import has ended already.')
    const running = this.#running.get(id)
    if (running) {
      running.aborter.abort(new EngineError('cancelled', 'Cancelled.'))
      await running.ended
      return
    }
    await this.#discard(row)
    this.#end(id, 'cancelled', null)
  }

  /**
   * Goes on where a failed import stopped; what it stored is kept.
   * @param keepTruncated take a file whose end is missing.
   * @throws EngineError `conflict` in another state.
   */
  retry(id: string, keepTruncated = false): Import {
    if (keepTruncated) this.#keepTruncated.add(id)
    if (this.#rows.requeue.run({ id: this.#row(id).id }).changes === 0) {
      throw new EngineError('conflict', 'Only a failed import can be retried.')
    }
    this.#options.onChange(id)
    this.#fill()
    return this.get(id)
  }

  /** Forgets ended imports: one, or all. What a failed one had stored is deleted with it. */
  async clear(id?: string): Promise<void> {
    const ended = this.#rows.all().filter((row) => row.finished_at !== null && (id === undefined || row.id === id))
    for (const row of ended) if (row.status === 'failed') await this.#discard(row)
    this.#rows.forget.run({ id: id ?? null })
    this.#options.onChange(id ?? '')
  }

  /** Ends what runs without cancelling it: the next start goes on. */
  async close(): Promise<void> {
    this.#open = false
    const running = [...this.#running.values()]
    for (const { aborter } of running) aborter.abort(new EngineError('cancelled', 'Fieldreel is closing.'))
    await Promise.all(running.map(({ ended }) => ended))
  }

  #fill(): void {
    while (this.#open && this.#running.size < this.#options.concurrency) {
      const row = this.#rows.next()
      if (!row) return
      this.#rows.setStatus.run({ id: row.id, status: 'uploading' })
      const running: Running = { aborter: new AbortController(), partsInFlight: 0, ended: Promise.resolve() }
      this.#running.set(row.id, running)
      running.ended = this.#import(row, running)
      this.#options.onChange(row.id)
    }
  }

  async #import(row: ImportRow, running: Running): Promise<void> {
    try {
      await this.#assertUnchanged(row)
      const twin = await this.#findTwin(row)
      if (!twin) await this.#copy(row, running)
      this.#running.delete(row.id)
      this.#end(row.id, 'completed', null, twin)
    } catch (error) {
      await this.#settle(row.id, running, error)
    }
    this.#fill()
  }

  async #copy(row: ImportRow, running: Running): Promise<void> {
    const upload = await this.#session(row)
    await this.#copyParts(row, upload, running)
    this.#check(row.id)
    await this.#options.uploads.assembly.complete(upload.media_id, upload.upload_id, {
      ...WISH,
      keepTruncated: this.#keepTruncated.has(row.id),
    })
  }

  /** "Already here … Not copied again": the video that has these very bytes. */
  async #findTwin(row: ImportRow): Promise<string | null> {
    const { library, uploads } = this.#options
    if (row.media_id !== null || !library.hasSize(row.size_bytes)) return null
    this.#check(row.id)
    const { sha256 } = await uploads.assembly.hash(row.path, row.size_bytes)
    const twin = library.findBySha256(sha256)
    if (!twin) this.#rows.setStatus.run({ id: row.id, status: 'uploading' })
    return twin?.videoId ?? null
  }

  #check(id: string): void {
    this.#rows.setStatus.run({ id, status: 'checking' })
    this.#options.onChange(id)
  }

  async #assertUnchanged(row: ImportRow): Promise<void> {
    const now = await inspectAgain(row.path)
    if (!now) throw new EngineError('source_missing', `${row.path} is not there. Put it back and retry.`)
    if (now.sizeBytes !== row.size_bytes || now.modifiedAt !== row.modified_at) {
      throw new EngineError('source_missing', `${path.basename(row.path)} changed while it was imported. Add it again.`)
    }
  }

  /** The upload this import fills: the one it began before, if it did. */
  async #session(row: ImportRow): Promise<UploadRow> {
    const { sessions } = this.#options.uploads
    const known = row.media_id === null ? undefined : sessions.rows.upload(row.media_id)
    if (known && known.status !== 'aborted') return known
    const plan = await sessions.initiate({
      filename: path.basename(row.path),
      contentType: row.content_type,
      sizeBytes: row.size_bytes,
      tags: [],
      custom: {},
      ownerId: this.#options.library.ownerId(),
    })
    this.#rows.setMedia.run({ id: row.id, mediaId: plan.mediaId })
    return sessions.get(plan.mediaId)
  }

  /** Several parts at a time, in order, so that a reading disk is read forwards. */
  async #copyParts(row: ImportRow, upload: UploadRow, running: Running): Promise<void> {
    if (upload.status === 'completed') return
    const { parts, sessions } = this.#options.uploads
    const missing = sessions.rows.parts(upload.media_id).filter((part) => part.confirmed_at === null)
    const queue = missing.values()
    const { signal } = running.aborter
    const lane = async (): Promise<void> => {
      for (const part of queue) {
        signal.throwIfAborted()
        running.partsInFlight += 1
        await parts.copy(upload, part, row.path, signal).finally(() => (running.partsInFlight -= 1))
        this.#options.onChange(row.id)
      }
    }
    const ended = await Promise.allSettled(Array.from({ length: Math.min(CONCURRENT_PARTS, 2) }, lane))
    for (const lane of ended) if (lane.status === 'rejected') throw lane.reason
  }

  async #settle(id: string, running: Running, error: unknown): Promise<void> {
    const row = this.#row(id)
    if (running.aborter.signal.aborted) {
      if (this.#open) await this.#discard(row)
      this.#running.delete(id)
      if (this.#open) this.#end(id, 'cancelled', null)
      else this.#rows.setStatus.run({ id, status: 'waiting' })
      return
    }
    const failure = asEngineError(error)
    this.#options.log.warn({ importId: id, err: error }, 'import failed')
    // What is no video now is none at the next try: nothing of it is kept.
    if (failure.code === 'invalid_video') await this.#discard(row)
    this.#running.delete(id)
    this.#end(id, 'failed', failure)
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
    this.#rows.finish.run({
      id,
      status,
      errorCode: failure?.code ?? null,
      errorMessage: failure?.message ?? null,
      duplicateOf,
      now: Date.now(),
    })
    this.#options.onChange(id)
  }

  #row(id: string): ImportRow {
    const row = this.#rows.get(id)
    if (!row) throw new EngineError('not_found', 'There is no such import.')
    return row
  }

  #describe(row: ImportRow): Import {
    const { uploads, library } = this.#options
    const upload = row.media_id === null ? undefined : uploads.sessions.rows.upload(row.media_id)
    return describeImport(row, {
      progress: upload && upload.status !== 'aborted' ? uploads.progress(upload.media_id) : null,
      bytesPerSecond: upload ? uploads.parts.rateOf(upload.media_id) : null,
      partsInFlight: this.#running.get(row.id)?.partsInFlight ?? 0,
      twinTitle: row.duplicate_of === null ? null : library.titleOf(row.duplicate_of),
    })
  }
}
