import { randomUUID } from 'node:crypto'
import { EngineError, type Import } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { type ImportRow, ImportRows } from './import-rows.ts'
import { ImportRunner, type ImportRunnerOptions } from './import-runner.ts'
import { findSources, type ImportSource, inspectAgain, type Refusal } from './import-source.ts'
import { describeImport } from './import-view.ts'
import { describeLeftOut, sumOf } from './left-out.ts'

export interface ImportsOptions extends ImportRunnerOptions {
  readonly database: Database
}

/** The queue of files on their way into the library; it continues after any interruption. */
export class Imports {
  readonly #rows: ImportRows
  readonly #options: ImportsOptions
  readonly #runner: ImportRunner
  /** Ids of those that an earlier process had begun and this one continued. */
  #pickedUp: ReadonlySet<string> = new Set()

  constructor(options: ImportsOptions) {
    this.#options = options
    this.#rows = new ImportRows(options.database)
    this.#runner = new ImportRunner(this.#rows, options)
  }

  /** Continues what an earlier process left. */
  async start(): Promise<void> {
    for (const row of this.#rows.abandoned()) await this.#options.uploads.abortIfOpen(row.media_id)
    const begun = this.list().filter(({ status, bytesStored }) => status === 'waiting' && bytesStored > 0)
    this.#pickedUp = new Set(begun.map(({ importId }) => importId))
    await this.#runner.start()
  }

  /** Ends what runs without cancelling it: the next start continues it. */
  async close(): Promise<void> {
    await this.#runner.close()
  }

  /** Adds files and folders; reports why a path was not added, and what was left out of folders. */
  async add(paths: readonly string[]): Promise<{ imports: Import[]; refused: Refusal[]; leftOut: string | null }> {
    const found = await Promise.all(paths.map(findSources))
    const ids = this.addSources(
      found.flatMap(({ sources }) => sources),
      null,
    )
    return {
      imports: ids.map((id) => this.get(id)),
      refused: found.flatMap(({ refused }) => refused),
      leftOut: describeLeftOut(sumOf(found.map(({ leftOut }) => leftOut))),
    }
  }

  /** Adds files that were inspected before; joins the transaction that is open. @returns their import ids. */
  addSources(sources: readonly ImportSource[], watchedId: string | null): string[] {
    // One instant for all: in the library a batch stands by its names, whichever file was copied first.
    const now = Date.now()
    const ids = this.#options.database.transaction(() =>
      sources.map((source) => {
        // Added again while it is on its way, as after a crash in the middle: that one continues.
        const underWay = this.#rows.unfinishedOf(source)
        if (underWay) {
          this.#rows.resume.run({ id: underWay.id })
          return underWay.id
        }
        const id = randomUUID()
        this.#rows.insert(id, source, watchedId, now)
        return id
      }),
    )
    for (const id of ids) this.#options.onChange(id)
    this.#runner.fill()
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

  /** Whether an import that has not ended fills this upload. */
  uses(mediaId: string): boolean {
    return this.#rows.uses(mediaId)
  }

  /** Stops an import and deletes what it stored. @throws EngineError `conflict` when it has ended. */
  async cancel(id: string): Promise<void> {
    if (this.#row(id).finished_at !== null) throw new EngineError('conflict', 'This import has already ended.')
    await this.#runner.stop(id)
    const row = this.#row(id)
    if (row.finished_at !== null) return
    // The row first: after a crash in between, the next start aborts the upload.
    this.#runner.end(id, 'cancelled', null)
    await this.#options.uploads.abortIfOpen(row.media_id)
  }

  /** Pauses one import, or all; what they stored is kept. @throws EngineError `conflict` when that one has ended. */
  async pause(id: string | null): Promise<void> {
    const { changes } = this.#rows.pause.run({ id })
    if (id !== null && changes === 0 && this.#row(id).status !== 'paused') {
      throw new EngineError('conflict', 'Only an import that has not ended can be paused.')
    }
    await this.#runner.stop(id)
    this.#options.onChange(id ?? '')
    this.#runner.fill()
  }

  /** Continues a paused import, or all. @throws EngineError `conflict` when that one is not paused. */
  resume(id: string | null): void {
    if (this.#rows.resume.run({ id }).changes === 0 && id !== null && this.#row(id).status !== 'waiting') {
      throw new EngineError('conflict', 'Only a paused import can be resumed.')
    }
    this.#options.onChange(id ?? '')
    this.#runner.fill()
  }

  /** Puts an import before another, or last. @throws EngineError `not_found`. */
  move(id: string, beforeId: string | null): void {
    if (id === beforeId) return
    this.#rows.move(this.#row(id).id, beforeId === null ? null : this.#row(beforeId))
    this.#options.onChange(id)
  }

  /**
   * Continues a failed import where it stopped; what it stored is kept, unless the file has changed since.
   * @param keepTruncated take a file whose end is missing.
   * @throws EngineError `conflict` in another state.
   */
  async retry(id: string, keepTruncated = false): Promise<Import> {
    const row = this.#row(id)
    if (row.status !== 'failed') throw new EngineError('conflict', 'Only a failed import can be retried.')
    const now = await inspectAgain(row.path)
    if (now && (now.sizeBytes !== row.size_bytes || now.modifiedAt !== row.modified_at)) {
      await this.#options.uploads.abortIfOpen(row.media_id)
      this.#rows.renew.run({ id, ...now })
    }
    this.#runner.reasons.forget(id)
    this.#rows.requeue.run({ id, keepTruncated: keepTruncated ? 1 : 0 })
    this.#options.onChange(id)
    this.#runner.fill()
    return this.get(id)
  }

  /** Forgets ended imports: one, or all. What a failed one had stored is deleted with it. */
  async clear(id: string | null, keepFailed: boolean): Promise<void> {
    const isMeant = (row: ImportRow): boolean =>
      row.finished_at !== null && (id === null || row.id === id) && !(keepFailed && row.status === 'failed')
    // Exactly these: another one may fail while the files of this one are deleted.
    for (const row of this.#rows.all().filter(isMeant)) {
      if (row.status === 'failed') await this.#options.uploads.abortIfOpen(row.media_id)
      this.#rows.forget.run({ id: row.id })
    }
    this.#options.onChange(id ?? '')
  }

  #row(id: string): ImportRow {
    const row = this.#rows.get(id)
    if (!row) throw new EngineError('not_found', 'There is no such import.')
    return row
  }

  #describe(row: ImportRow): Import {
    const { uploads, videos } = this.#options
    // An import that succeeded is described by its row alone: a list of thousands costs one query.
    const isOpen = row.media_id !== null && row.status !== 'completed'
    const upload = isOpen ? uploads.sessions.rows.get(row.media_id ?? '') : undefined
    return describeImport(row, {
      progress: upload && upload.status !== 'aborted' ? uploads.progress(upload.media_id) : null,
      bytesPerSecond: (upload && uploads.parts.rateOf(upload.media_id)?.bytesPerSecond()) ?? null,
      running: this.#runner.progressOf(row.id),
      bytesAssembled: upload ? uploads.assembly.bytesChecked(upload.media_id) : null,
      waitReason: this.#runner.reasons.get(row.id),
      duplicateTitle: row.duplicate_of === null ? null : videos.titleOf(row.duplicate_of),
      pickedUp: this.#pickedUp.has(row.id),
    })
  }
}
