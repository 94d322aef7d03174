import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { EngineError, type Finding } from '../../../contract/index.ts'
import { inspectDatabase, lockLibrary, schemaAge } from '../../../platform/database/index.ts'
import {
  crashPoint,
  DataFolder,
  explainWriteFailure,
  replaceFileDurably,
  RESTORING,
  syncFolderNow,
} from '../../../platform/files/index.ts'
import { schema } from '../../schema.ts'
import { RepairMarks } from '../repair-marks.ts'
import { Pace } from '../pace.ts'
import { Progress, type WorkProgress } from '../progress.ts'
import { readFile } from '../reading.ts'
import { isUnfinished, place, removeUnfinished, temporaryIn, writeAll } from './copying.ts'
import { isObject, lackOf } from './lacking.ts'
import { type Entry, type ManifestBody, writeManifest } from './manifest.ts'
import { areNested } from './nested.ts'
import { BackupStore } from './store.ts'

export interface RestoreRequest {
  /** The folder of the backup. */
  readonly source: string
  /** The library: an empty folder, or one that an earlier restore did not finish. */
  readonly root: string
}

export interface Restored {
  readonly objects: number
  readonly bytes: number
}

export interface RestoreCall {
  readonly signal: AbortSignal
  /** Called with what the backup itself lacks. */
  readonly onFinding: (finding: Finding) => void
  readonly onProgress: (progress: WorkProgress) => void
}

const DATABASE = 'fieldreel.db'
/** What an empty library may have: a lock, and what a crash leaves of the marker. */
const IGNORED = new Set(['instance.lock', 'instance.lock.holder', `${RESTORING}.new`])
/** What a restore makes; only these are removed when it begins anew. */
const MADE = ['objects', 'uploads', 'derived', 'streams', 'tls', 'quarantine', 'logs', 'secrets.json', DATABASE]

const Marker = z.object({ backup: z.string() })

/**
 * Makes a library of a backup. Until it is whole the folder holds a marker and does not open as a library. The same
 * backup goes on where it was; another one begins anew.
 * @throws EngineError `not_found`, `library_damaged` when the list or the database of the backup is damaged,
 * `conflict` for a folder that is not empty, `storage_full`, `storage_refused`, `cancelled`.
 */
export async function restore(request: RestoreRequest, call: RestoreCall): Promise<Restored> {
  const { source, root } = request
  if (areNested(source, root)) {
    throw new EngineError(
      'conflict',
      'The backup folder and the library folder must not contain each other. Choose another folder.',
    )
  }
  const store = BackupStore.openToRead(source)
  const body = store.manifest()
  if (!body) throw new EngineError('not_found', `There is no whole backup in ${source}.`)
  try {
    assertEmptyOrBegun(root)
    fs.mkdirSync(root, { recursive: true, mode: 0o700 })
    const lock = lockLibrary(path.join(root, 'instance.lock'))
    try {
      return await new Restoring(store, body, root, call).run()
    } finally {
      lock.release()
    }
  } catch (error) {
    throw explainWriteFailure(error, root)
  }
}

function assertEmptyOrBegun(root: string): void {
  if (!fs.existsSync(root)) return
  if (!fs.statSync(root).isDirectory()) throw new EngineError('conflict', `${root} is not a folder.`)
  const names = fs.readdirSync(root).filter((name) => !IGNORED.has(name) && !isUnfinished(name))
  if (names.length === 0 || names.includes(RESTORING)) return
  throw new EngineError('conflict', `${root} is not empty. Name an empty or a new folder with --data.`)
}

class Restoring {
  readonly #store: BackupStore
  readonly #body: ManifestBody
  readonly #root: string
  readonly #call: RestoreCall
  readonly #pace: Pace
  readonly #progress: Progress

  constructor(store: BackupStore, body: ManifestBody, root: string, call: RestoreCall) {
    this.#store = store
    this.#body = body
    this.#root = root
    this.#call = call
    this.#progress = new Progress(call.onProgress)
    this.#pace = new Pace({ idle: null, busy: null }, () => false, call.signal)
  }

  async run(): Promise<Restored> {
    this.#begin()
    const bytes = this.#body.entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    this.#progress.expect(bytes, 'Restoring')
    const database = this.#body.entries.find((entry) => entry.path === DATABASE)
    if (!database) throw new EngineError('library_damaged', 'This backup has no database. Use another backup.')
    for (const entry of this.#body.entries) if (entry !== database) await this.#place(entry)
    for (const videoId of this.#body.makeAgain) new RepairMarks(DataFolder.at(this.#root)).add(videoId, null)
    await this.#placeDatabase(database)
    crashPoint('restore.database-placed')
    fs.rmSync(path.join(this.#root, RESTORING))
    syncFolderNow(this.#root)
    crashPoint('restore.finished')
    const objects = this.#body.entries.filter((entry) => isObject(entry.path))
    return { objects: objects.length, bytes }
  }

  /** Goes on with what an earlier restore of the same backup placed: it was proven before it got its name. */
  #begin(): void {
    const marker = path.join(this.#root, RESTORING)
    const backup = createHash('sha256').update(writeManifest(this.#body)).digest('hex')
    if (fs.existsSync(marker) && markedWith(marker) !== backup) {
      for (const name of MADE) fs.rmSync(path.join(this.#root, name), { recursive: true, force: true })
    }
    replaceFileDurably(marker, JSON.stringify({ backup }))
    crashPoint('restore.begun')
    removeUnfinished(this.#root)
  }

  async #placeDatabase(entry: Entry): Promise<void> {
    const to = path.join(this.#root, DATABASE)
    for (const file of [to, `${to}-wal`, `${to}-shm`]) fs.rmSync(file, { force: true })
    if (!(await this.#copy(entry, to))) {
      throw new EngineError('library_damaged', 'The database in this backup is damaged. Use another backup.')
    }
    const age = schemaAge(to, schema)
    const isSound = inspectDatabase(to).length === 0
    if (age === 'newer' || age === 'earlier') {
      const message =
        age === 'newer'
          ? 'This backup was made by a newer Fieldreel. Update Fieldreel to restore it.'
          : 'This backup was made by an early Fieldreel whose database this one cannot read. Restore it with that one.'
      throw new EngineError('unavailable', message)
    }
    if (age === null || !isSound) {
      throw new EngineError('library_damaged', 'The database in this backup is damaged. Use another backup.')
    }
  }

  async #place(entry: Entry): Promise<void> {
    const to = path.join(this.#root, ...entry.path.split('/'))
    if (this.#isPlaced(to, entry.sizeBytes)) {
      this.#progress.add(entry.sizeBytes)
      await this.#pace.spend(0)
      return
    }
    const isWhole = entry.pieces ? await this.#assemble(entry, to) : await this.#copy(entry, to)
    if (!isWhole) this.#call.onFinding(lackOf(entry))
    crashPoint('restore.object-copied')
  }

  #isPlaced(file: string, sizeBytes: number): boolean {
    const found = fs.lstatSync(file, { throwIfNoEntry: false })
    return found !== undefined && found.isFile() && found.size === sizeBytes
  }

  async #copy({ path: name, sha256, sizeBytes, modifiedAt }: Entry, to: string): Promise<boolean> {
    if (sha256 === null) return false
    return await this.#make(to, modifiedAt, async (handle) => {
      const from = this.#store.sourceOf(isObject(name) ? 'objects' : 'files', sha256)
      return from !== null && (await this.#append(from, handle, sha256, sizeBytes, 0))
    })
  }

  /** A file that is being received: what has arrived of it, in its place. */
  async #assemble({ pieces = [], sizeBytes, modifiedAt }: Entry, to: string): Promise<boolean> {
    let isWhole = true
    await this.#make(to, modifiedAt, async (handle) => {
      fs.ftruncateSync(handle, sizeBytes)
      for (const piece of pieces) {
        const from = this.#store.sourceOf('files', piece.sha256)
        const fits = piece.offset + piece.sizeBytes <= sizeBytes
        const isGood =
          from !== null && fits && (await this.#append(from, handle, piece.sha256, piece.sizeBytes, piece.offset))
        // The rest of an upload is worth having: this chunk is asked for again.
        isWhole &&= isGood
      }
      return true
    })
    return isWhole
  }

  /** @param write answers whether the file is what it should be. */
  async #make(to: string, modifiedAt: number, write: (handle: number) => Promise<boolean>): Promise<boolean> {
    const temporary = temporaryIn(this.#root)
    try {
      const handle = fs.openSync(temporary, 'wx', 0o600)
      try {
        if (!(await write(handle))) return false
        // Half a millisecond more: what is read back is rounded down.
        const seconds = (modifiedAt + 0.5) / 1000
        fs.futimesSync(handle, seconds, seconds)
        fs.fsyncSync(handle)
      } finally {
        fs.closeSync(handle)
      }
      place(temporary, to)
      return true
    } finally {
      fs.rmSync(temporary, { force: true })
    }
  }

  async #append(from: string, handle: number, sha256: string, sizeBytes: number, offset: number): Promise<boolean> {
    let at = offset
    const take = (bytes: Uint8Array): void => {
      writeAll(handle, bytes, at)
      at += bytes.length
      this.#progress.add(bytes.length)
    }
    const read = await readFile(from, this.#pace, { take, sizeBytes: sizeBytes + 1 })
    return read.is === 'read' && read.digest === sha256 && read.sizeBytes === sizeBytes
  }
}

function markedWith(marker: string): string | null {
  try {
    return Marker.parse(JSON.parse(fs.readFileSync(marker, 'utf8'))).backup
  } catch {
    // Not ours, or damaged.
    return null
  }
}
