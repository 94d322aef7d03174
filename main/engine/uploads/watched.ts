import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Clock, toInstant } from '../../base/clock.ts'
import { EngineError, type WatchedFolder } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { errno, isMissing } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { findSources, type ImportSource } from './import-source.ts'
import type { Imports } from './imports.ts'
import { type WatchedRow, WatchedRows } from './watched-rows.ts'

/** Polling works on network drives and cards too, where the system does not report changes. */
const SCAN_EVERY_MS = 2_000
/** Folders that take long to list are scanned less often: scanning may take a twentieth of the time. */
const REST_FACTOR = 20
/** A container that does not say how long it is must stay unchanged this much longer. */
const UNSURE_FACTOR = 6

export interface WatchedFoldersOptions {
  readonly database: Database
  readonly imports: Imports
  readonly log: Log
  readonly clock: Clock
  /** Folder of the library itself, which is never watched. */
  readonly libraryFolder: string
  /** Whether a container has all the bytes that it says it has; null when it does not say. */
  readonly isWhole: (file: string) => Promise<boolean | null>
  readonly onChange: () => void
  /** How long a file must stay unchanged before it counts as copied, milliseconds. */
  readonly settleMs: number
}

/** A file that may still be being copied. */
interface Candidate {
  readonly source: ImportSource
  /** Since when it is unchanged, by the monotonic clock. */
  readonly since: number
}

/** What the last scan of a folder found. */
interface Scan {
  readonly state: WatchedFolder['state']
  readonly errorMessage: string | null
  readonly candidates: ReadonlyMap<string, Candidate>
}

const NOT_SCANNED: Scan = { state: 'watching', errorMessage: null, candidates: new Map() }

/** UP-113 */
export class WatchedFolders {
  readonly #rows: WatchedRows
  readonly #options: WatchedFoldersOptions
  readonly #scans = new Map<string, Scan>()
  #cancelTimer = (): void => undefined
  #scanning: Promise<void> = Promise.resolve()
  #isOpen = false

  constructor(options: WatchedFoldersOptions) {
    this.#options = options
    this.#rows = new WatchedRows(options.database)
  }

  start(): void {
    this.#isOpen = true
    this.#schedule(0)
  }

  list(): WatchedFolder[] {
    return this.#rows.all().map((row) => this.#describe(row))
  }

  /** Where a watched folder lies. @throws EngineError `not_found`. */
  pathOf(id: string): string {
    return this.#row(id).path
  }

  /** Watching a folder twice is no error. @throws EngineError `not_found` when it is not there, `invalid_input`. */
  async add(given: string): Promise<WatchedFolder> {
    const folder = path.resolve(given)
    await assertFolder(folder)
    if (isWithin(this.#options.libraryFolder, folder) || isWithin(folder, this.#options.libraryFolder)) {
      throw new EngineError(
        'invalid_input',
        'This folder contains the library, or is part of it. Choose another folder.',
      )
    }
    const known = this.#rows.byPath(folder)
    const id = known?.id ?? randomUUID()
    if (!known) this.#rows.insert.run({ id, path: folder, now: Date.now() })
    this.#options.onChange()
    this.#schedule(0)
    return this.#describe(this.#row(id))
  }

  /** What was imported from it stays. @throws EngineError `not_found`. */
  remove(id: string): void {
    this.#rows.remove.run({ id: this.#row(id).id })
    this.#scans.delete(id)
    this.#options.onChange()
  }

  async close(): Promise<void> {
    this.#isOpen = false
    this.#cancelTimer()
    await this.#scanning
  }

  #schedule(afterMs: number): void {
    if (!this.#isOpen) return
    this.#cancelTimer()
    this.#cancelTimer = this.#options.clock.setTimeout(() => {
      this.#scanning = this.#scanning.then(() => this.#scanAll())
    }, afterMs)
  }

  async #scanAll(): Promise<void> {
    const began = this.#options.clock.monotonic()
    try {
      for (const row of this.#rows.all()) if (this.#isOpen) await this.#scan(row)
    } catch (error) {
      // The library itself may be away for a moment: the next scan follows anyway.
      this.#options.log.error({ err: error }, 'the watched folders could not be scanned')
    }
    this.#schedule(Math.max(SCAN_EVERY_MS, REST_FACTOR * (this.#options.clock.monotonic() - began)))
  }

  async #scan(row: WatchedRow): Promise<void> {
    const before = this.#scans.get(row.id) ?? NOT_SCANNED
    const scan = await this.#list(row, before)
    // Removed while it was listed.
    if (!this.#rows.get(row.id)) return
    this.#scans.set(row.id, scan)
    const settled: ImportSource[] = []
    for (const candidate of scan.candidates.values()) {
      if (await this.#isSettled(candidate)) settled.push(candidate.source)
    }
    // Removed, or everything closed, while its files were read.
    if (!this.#isOpen || !this.#rows.get(row.id)) return
    this.#import(row, settled, scan)
    if (hasChanged(before, scan) || settled.length > 0) this.#options.onChange()
  }

  async #isSettled({ source, since }: Candidate): Promise<boolean> {
    const { settleMs, isWhole } = this.#options
    const stillMs = this.#options.clock.monotonic() - since
    if (stillMs < settleMs) return false
    // Gone or unreadable just now: the next scan tries again.
    const whole = await isWhole(source.path).catch(() => false)
    return whole ?? stillMs >= UNSURE_FACTOR * settleMs
  }

  /** The files that are new or have changed since they were imported. */
  async #list(row: WatchedRow, before: Scan): Promise<Scan> {
    const refusal = await fs.readdir(row.path).then(
      () => null,
      (error: unknown) => unreadable(row.path, error),
    )
    if (refusal) return refusal
    const { sources } = await findSources(row.path)
    const imported = this.#rows.files(row.path)
    const candidates = sources
      .filter((source) => !isSame(imported.get(source.path), source))
      .map((source): [string, Candidate] => {
        const seen = before.candidates.get(source.path)
        return [
          source.path,
          seen && isSame(seen.source, source) ? seen : { source, since: this.#options.clock.monotonic() },
        ]
      })
    return { state: 'watching', errorMessage: null, candidates: new Map(candidates) }
  }

  /** In one transaction: a crash in between neither loses a file nor imports it twice. */
  #import(row: WatchedRow, settled: readonly ImportSource[], scan: Scan): void {
    if (settled.length === 0) return
    this.#options.database.transaction(() => {
      this.#options.imports.addSources(settled, row.id)
      for (const source of settled) this.#rows.remember(row.path, source)
    })
    const rest = [...scan.candidates].filter(([, { source }]) => !settled.includes(source))
    this.#scans.set(row.id, { ...scan, candidates: new Map(rest) })
  }

  #row(id: string): WatchedRow {
    const row = this.#rows.get(id)
    if (!row) throw new EngineError('not_found', 'This folder is not watched.')
    return row
  }

  #describe(row: WatchedRow): WatchedFolder {
    const { state, errorMessage, candidates } = this.#scans.get(row.id) ?? NOT_SCANNED
    return {
      folderId: row.id,
      path: row.path,
      state,
      errorMessage,
      settling: candidates.size,
      imported: row.imported,
      addedAt: toInstant(row.added_at),
    }
  }
}

/** Whether `inner` is `outer` or lies below it. */
function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner)
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative))
}

interface Version {
  readonly sizeBytes: number
  readonly modifiedAt: number
}

function isSame(one: Version | undefined, other: Version): boolean {
  return one?.sizeBytes === other.sizeBytes && one.modifiedAt === other.modifiedAt
}

function hasChanged(before: Scan, after: Scan): boolean {
  return before.state !== after.state || before.candidates.size !== after.candidates.size
}

function unreadable(folder: string, error: unknown): Scan {
  const name = path.basename(folder)
  const found = isMissing(error)
    ? { state: 'missing' as const, errorMessage: `${name} is missing. It is checked again every few seconds.` }
    : {
        state: 'refused' as const,
        errorMessage: `${name} cannot be read: permission denied (${errno(error) ?? 'unknown'}).`,
      }
  return { ...found, candidates: new Map() }
}

async function assertFolder(folder: string): Promise<void> {
  const stat = await fs.stat(folder).catch(() => null)
  if (!stat) throw new EngineError('not_found', `There is no folder ${folder}.`)
  if (!stat.isDirectory()) throw new EngineError('invalid_input', `${folder} is not a folder.`)
}
