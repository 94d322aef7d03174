import fs from 'node:fs'
import { EngineError, type Finding } from '../../../contract/index.ts'
import {
  assertSameSchema,
  changeCopy,
  copyDatabase,
  Database,
  inspectDatabase,
  schemaAge,
} from '../../../platform/database/index.ts'
import { assertRestored, crashPoint, DataFolder } from '../../../platform/files/index.ts'
import { Identity } from '../../identity/index.ts'
import { markSidecarsStale } from '../../objects/index.ts'
import { schema } from '../../schema.ts'
import { Inventory } from '../inventory.ts'
import { Pace, type Rates } from '../pace.ts'
import { Progress, type WorkProgress } from '../progress.ts'
import { ofRows, problemOf } from '../verify/sidecars.ts'
import { type BackupItem, contentsOf } from './contents.ts'
import { isObject } from './lacking.ts'
import { addEntry, type Entry, type ManifestBody } from './manifest.ts'
import { damaged, explainDamage } from './damage.ts'
import { areNested } from './nested.ts'
import { BackupStore } from './store.ts'

export interface BackupRequest {
  readonly root: string
  readonly target: string
  readonly rates: Rates
}

export interface BackedUp {
  /** Objects in the backup, and bytes of everything in it. */
  readonly objects: number
  readonly bytes: number
  /** Bytes that were copied now; the rest was there. */
  readonly copiedBytes: number
}

export interface BackupCall {
  readonly signal: AbortSignal
  /** Called with what could not be copied, as it is damaged in the library. */
  readonly onFinding: (finding: Finding) => void
  readonly onProgress: (progress: WorkProgress) => void
}

/** How often the copy is repeated while the library changes. Each time only what is new is copied. */
const MOST_PASSES = 8

/**
 * Copies a library into a folder while it is worked with: its database as it is at one instant, then every file that
 * the copy names. What the folder has already is not copied again. Until the end the folder keeps its last backup.
 * @throws EngineError `not_found`, `conflict`, `library_damaged` when the database is damaged or the folder holds the
 * backup of another library, `storage_full`, `storage_refused`, `cancelled`.
 */
export async function backUp(request: BackupRequest, call: BackupCall): Promise<BackedUp> {
  const folder = DataFolder.at(request.root)
  assertFit(folder, request.target)
  const store = BackupStore.openToWrite(request.target)
  try {
    return await new Backup(folder, store, request.rates, call).run()
  } catch (error) {
    throw explainDamage(error)
  } finally {
    store.close()
  }
}

function assertFit({ root, database }: DataFolder, target: string): void {
  if (!fs.existsSync(database)) throw new EngineError('not_found', `There is no library in ${root}.`)
  assertRestored(root)
  assertSameSchema(schemaAge(database, schema))
  if (areNested(root, target)) {
    throw new EngineError(
      'conflict',
      'The backup folder and the library folder must not contain each other. Choose another folder.',
    )
  }
}

class Backup {
  readonly #folder: DataFolder
  readonly #store: BackupStore
  readonly #call: BackupCall
  readonly #pace: Pace
  readonly #live: Database
  readonly #progress: Progress
  #copiedBytes = 0

  constructor(folder: DataFolder, store: BackupStore, rates: Rates, call: BackupCall) {
    this.#folder = folder
    this.#store = store
    this.#call = call
    this.#progress = new Progress(call.onProgress)
    this.#live = Database.openToRead(folder.database)
    const rows = new Inventory(this.#live)
    this.#pace = new Pace(rates, () => rows.isBusy(), call.signal)
  }

  async run(): Promise<BackedUp> {
    try {
      const before = this.#store.manifest()
      const library = this.#assertSame(before)
      const known = new Map(before?.entries.map((entry) => [entry.path, entry]))
      for (let pass = 1; ; pass += 1) {
        const { entries, missing } = await this.#pass(known)
        const rows = new Inventory(this.#live)
        if (pass < MOST_PASSES && missing.some((item) => !item.isNeeded(rows))) continue
        return this.#finish(library, entries, missing)
      }
    } finally {
      this.#live.close()
    }
  }

  /** @returns the id of the library. */
  #assertSame(before: ManifestBody | null): string {
    const identity = new Identity(this.#live)
    const library = identity.isNew() ? '' : identity.ownerId()
    if (before === null || before.library === library) return library
    const message = `${this.#store.root} holds the backup of another library, which would be lost. Choose another folder.`
    throw new EngineError('conflict', message)
  }

  /** One copy of the database, and everything that it names. */
  async #pass(known: ReadonlyMap<string, Entry>): Promise<{ entries: Map<string, Entry>; missing: BackupItem[] }> {
    this.#progress.begin('Copying the database')
    const temporary = this.#store.temporary()
    try {
      this.#copyDatabase(temporary)
      crashPoint('backup.database-copied')
      const copy = Database.openToRead(temporary)
      const entries = new Map<string, Entry>()
      const missing: BackupItem[] = []
      let stale: string[] = []
      try {
        const all = [...contentsOf(new Inventory(copy), this.#folder)]
        this.#progress.expect(this.#missingBytes(all))
        this.#progress.begin('Copying')
        for (const item of all) {
          const isThere = await this.#take(item, entries, known)
          if (!isThere) missing.push(item)
        }
        stale = this.#staleSidecars(new Inventory(copy), entries)
      } finally {
        copy.close()
      }
      if (stale.length > 0) changeCopy(temporary, (database) => markSidecarsStale(database, stale))
      const { sha256, sizeBytes } = await this.#store.adopt(temporary, this.#pace)
      entries.set('fieldreel.db', { path: 'fieldreel.db', sizeBytes, modifiedAt: Date.now(), sha256 })
      return { entries, missing }
    } finally {
      fs.rmSync(temporary, { force: true })
    }
  }

  /** @throws EngineError `library_damaged`. */
  #copyDatabase(to: string): void {
    try {
      copyDatabase(this.#folder.database, to)
    } catch (error) {
      throw error instanceof EngineError && error.code === 'library_damaged' ? damaged([error.message]) : error
    }
    // References between rows, too.
    const problems = inspectDatabase(to)
    if (problems.length > 0) throw damaged(problems)
  }

  /** Objects whose sidecar was changed after the database was copied: the restored library writes it again. */
  #staleSidecars(rows: Inventory, entries: ReadonlyMap<string, Entry>): string[] {
    return [...new Set(ofRows(rows))].filter((sha256) => {
      const copied = entries.get(`objects/${sha256.slice(0, 2)}/${sha256}.json`)?.sha256
      const isAsRows = copied && problemOf(this.#store.fileOf('files', copied), sha256, rows) === null
      return !isAsRows && !rows.objects.isSidecarStale(sha256)
    })
  }

  #missingBytes(all: readonly BackupItem[]): number {
    let bytes = 0
    for (const { kind, expected, sizeBytes } of all) {
      const isThere = expected.sha256 !== undefined && this.#store.has(kind, expected.sha256, sizeBytes ?? -1)
      if (!isThere) bytes += sizeBytes ?? 0
    }
    return bytes
  }

  /** @returns whether it is in the backup now. */
  async #take(item: BackupItem, entries: Map<string, Entry>, known: ReadonlyMap<string, Entry>): Promise<boolean> {
    const { file, kind, expected, sizeBytes, piece } = item
    const found = fs.lstatSync(file, { throwIfNoEntry: false })
    const modifiedAt = found ? Math.trunc(found.mtimeMs) : Date.now()
    const hash = expected.sha256 ?? this.#unchanged(item, found, known.get(item.path))
    const size = sizeBytes ?? found?.size
    if (hash !== undefined && size !== undefined && this.#store.has(kind, hash, size)) {
      addEntry(entries, item, { sha256: hash, sizeBytes: size, modifiedAt })
      await this.#pace.spend(0)
      return true
    }
    if (!found) return false
    const from = piece ? { file, start: piece.offset, sizeBytes: sizeBytes ?? 0 } : { file }
    const copied = await this.#store.take(from, kind, expected, this.#pace, (bytes) => this.#progress.add(bytes))
    if (copied === null || (sizeBytes !== null && copied.sizeBytes !== sizeBytes)) return false
    if (copied.is === 'copied') this.#copiedBytes += copied.sizeBytes
    addEntry(entries, item, { ...copied, modifiedAt })
    return true
  }

  /**
   * The hash of a part that was there at the last backup. A part is never changed once its checksum is known.
   * @returns undefined when it has to be read.
   */
  #unchanged(
    { piece, sizeBytes }: BackupItem,
    found: fs.Stats | undefined,
    before: Entry | undefined,
  ): string | undefined {
    // Large files that nothing is recorded of lie in quarantine, where nothing changes them.
    const isSame =
      before !== undefined && found?.size === before.sizeBytes && Math.trunc(found.mtimeMs) === before.modifiedAt
    if (piece || sizeBytes !== null || !isSame || before.sizeBytes < LARGE_BYTES) return undefined
    return before.sha256 ?? undefined
  }

  #finish(library: string, entries: ReadonlyMap<string, Entry>, missing: readonly BackupItem[]): BackedUp {
    const makeAgain = new Set<string>()
    for (const { loss } of missing) {
      if (loss && 'finding' in loss) this.#call.onFinding(loss.finding)
      else if (loss) makeAgain.add(loss.makeAgain)
    }
    this.#progress.begin('Writing the list')
    const all = [...entries.values()]
    const finishedAt = new Date().toISOString()
    this.#store.finish({ format: 1, library, finishedAt, entries: all, makeAgain: [...makeAgain] })
    const objects = all.filter(({ path }) => isObject(path))
    const bytes = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    return { objects: objects.length, bytes, copiedBytes: this.#copiedBytes }
  }
}

/** Smaller files are read each time: it costs nothing, and two writes within one instant look alike. */
const LARGE_BYTES = 1 << 20
