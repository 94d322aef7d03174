import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { monotonic, toInstant } from '../../base/clock.ts'
import { EngineError, type WatchedFolder } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { errno, isMissing } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { findSources, type ImportSource } from './import-source.ts'
import type { Imports } from './imports.ts'
import { type WatchedRow, WatchedRows } from './watched-rows.ts'

/** Looked at this often; polling sees network drives and cards too, where systems send no word of a change. */
const LOOK_EVERY_MS = 2_000
/** A folder that takes long to list is looked at more seldom: it may cost a twentieth of the time. */
const REST_FACTOR = 20
/** A container that does not say how long it is has to lie still this much longer. */
const UNSURE_FACTOR = 6

export interface WatchedFoldersOptions {
  readonly database: Database
  readonly imports: Imports
  readonly log: Log
  /** Folder of the library itself, which is never watched. */
  readonly libraryFolder: string
  /** Whether a container holds all the bytes that it says it has; null when it does not say. */
  readonly isWhole: (file: string) => Promise<boolean | null>
  readonly onChange: () => void
  /** How long a file has to lie still before it counts as copied, milliseconds. */
  readonly settleMs: number
}

/** A file that changed of late. */
interface Candidate {
  readonly source: ImportSource
  /** When it was first seen like this, by `monotonic`. */
  readonly since: number
}

interface Look {
  readonly state: WatchedFolder['state']
  readonly errorMessage: string | null
  readonly candidates: ReadonlyMap<string, Candidate>
}

const NEVER: Look = { state: 'watching', errorMessage: null, candidates: new Map() }

/** "Watch folders: a folder chosen in Settings is imported by itself, half-copied files never." */
export class WatchedFolders {
  readonly #rows: WatchedRows
  readonly #options: WatchedFoldersOptions
  readonly #looks = new Map<string, Look>()
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> = Promise.resolve()
  #open = false

  constructor(options: WatchedFoldersOptions) {
    this.#options = options
    this.#rows = new WatchedRows(options.database)
  }

  start(): void {
    this.#open = true
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
      throw new EngineError('invalid_input', 'The library itself lies in that folder. Choose one apart from it.')
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
    this.#looks.delete(id)
    this.#options.onChange()
  }

  async close(): Promise<void> {
    this.#open = false
    if (this.#timer) clearTimeout(this.#timer)
    await this.#looking
  }

  #schedule(afterMs: number): void {
    if (!this.#open) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#looking = this.#looking.then(() => this.#lookAtAll())
    }, afterMs).unref()
  }

  async #lookAtAll(): Promise<void> {
    const began = monotonic()
    try {
      for (const row of this.#rows.all()) if (this.#open) await this.#lookAt(row)
    } catch (error) {
      // The library itself may be away for a moment; the next look comes all the same.
      this.#options.log.error({ err: error }, 'the watched folders could not be looked at')
    }
    this.#schedule(Math.max(LOOK_EVERY_MS, REST_FACTOR * (monotonic() - began)))
  }

  async #lookAt(row: WatchedRow): Promise<void> {
    const before = this.#looks.get(row.id) ?? NEVER
    const look = await this.#list(row, before)
    // Removed while it was listed.
    if (!this.#rows.get(row.id)) return
    this.#looks.set(row.id, look)
    const settled: ImportSource[] = []
    for (const candidate of look.candidates.values()) {
      if (await this.#isSettled(candidate)) settled.push(candidate.source)
    }
    // Removed, or everything closed, while its files were looked into.
    if (!this.#open || !this.#rows.get(row.id)) return
    this.#bring(row, settled, look)
    if (hasChanged(before, look) || settled.length > 0) this.#options.onChange()
  }

  async #isSettled({ source, since }: Candidate): Promise<boolean> {
    const { settleMs, isWhole } = this.#options
    const stillMs = monotonic() - since
    if (stillMs < settleMs) return false
    // Gone or unreadable just now: it is looked at again.
    const whole = await isWhole(source.path).catch(() => false)
    return whole ?? stillMs >= UNSURE_FACTOR * settleMs
  }

  /** The files that are new or have changed since they were brought. */
  async #list(row: WatchedRow, before: Look): Promise<Look> {
    const refusal = await fs.readdir(row.path).then(
      () => null,
      (error: unknown) => unreadable(row.path, error),
    )
    if (refusal) return refusal
    const { sources } = await findSources(row.path)
    const brought = this.#rows.files(row.path)
    const candidates = sources
      .filter((source) => !isSame(brought.get(source.path), source))
      .map((source): [string, Candidate] => {
        const seen = before.candidates.get(source.path)
        return [source.path, seen && isSame(seen.source, source) ? seen : { source, since: monotonic() }]
      })
    return { state: 'watching', errorMessage: null, candidates: new Map(candidates) }
  }

  /** Import and memory in one transaction: a crash in between neither loses a file nor brings it twice. */
  #bring(row: WatchedRow, settled: readonly ImportSource[], look: Look): void {
    if (settled.length === 0) return
    this.#options.database.transaction(() => {
      this.#options.imports.addSources(settled, row.id)
      for (const source of settled) this.#rows.remember(row.path, source)
    })
    const rest = [...look.candidates].filter(([, { source }]) => !settled.includes(source))
    this.#looks.set(row.id, { ...look, candidates: new Map(rest) })
  }

  #row(id: string): WatchedRow {
    const row = this.#rows.get(id)
    if (!row) throw new EngineError('not_found', 'This folder is not watched.')
    return row
  }

  #describe(row: WatchedRow): WatchedFolder {
    const { state, errorMessage, candidates } = this.#looks.get(row.id) ?? NEVER
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
  const way = path.relative(outer, inner)
  return way === '' || (!way.startsWith('..') && !path.isAbsolute(way))
}

interface Version {
  readonly sizeBytes: number
  readonly modifiedAt: number
}

function isSame(one: Version | undefined, other: Version): boolean {
  return one?.sizeBytes === other.sizeBytes && one.modifiedAt === other.modifiedAt
}

function hasChanged(before: Look, after: Look): boolean {
  return before.state !== after.state || before.candidates.size !== after.candidates.size
}

function unreadable(folder: string, error: unknown): Look {
  const name = path.basename(folder)
  const look = isMissing(error)
    ? { state: 'missing' as const, errorMessage: `${name} is not there now. It is looked for again by itself.` }
    : { state: 'refused' as const, errorMessage: `${name} may not be read (${errno(error) ?? 'unknown'}).` }
  return { ...look, candidates: new Map() }
}

async function assertFolder(folder: string): Promise<void> {
  const stat = await fs.stat(folder).catch(() => null)
  if (!stat) throw new EngineError('not_found', `${folder} is not there.`)
  if (!stat.isDirectory()) throw new EngineError('invalid_input', `${folder} is no folder.`)
}
