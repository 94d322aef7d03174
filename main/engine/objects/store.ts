import fs from 'node:fs/promises'
import { KeyedMutex } from '../../base/mutex.ts'
import { EngineError } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, type DataFolder, kindOf, moveDurably } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { ObjectFolder } from './object-folder.ts'
import { ObjectRows } from './object-rows.ts'
import { type ObjectState, readState, type ReadWatch } from './object-state.ts'
import type { Events } from '../events/index.ts'
import type { Quarantine } from './quarantine.ts'
import { readSidecar } from './sidecar.ts'
import type { Swept, UnlistedThing } from './swept.ts'

/** The bytes of an object that was damaged or missing are right again. */
export const OBJECT_HEALED = 'object.healed'

export interface ObjectStoreOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly quarantine: Quarantine
  readonly log: Log
  /** The sha-256 of a whole file, off the main thread. */
  readonly hash: (file: string, sizeBytes: number, watch: ReadWatch) => Promise<{ sha256: string }>
  readonly events: Events
}

/**
 * Immutable files named by the sha-256 of their bytes: the same content twice is kept once.
 * A row in `objects` means the file was stored whole and durable. Disks damage and lose files later, so an object is
 * never called present before its bytes were read again; and a file is never deleted because a row is missing.
 */
export class ObjectStore {
  readonly #options: ObjectStoreOptions
  readonly #rows: ObjectRows
  readonly #files: ObjectFolder
  /** Admitting and releasing the same bytes take turns: a release may not delete what was just admitted again. */
  readonly #turns = new KeyedMutex()

  constructor(options: ObjectStoreOptions) {
    this.#options = options
    this.#rows = new ObjectRows(options.database)
    this.#files = new ObjectFolder(options.folder)
  }

  pathOf(sha256: string): string {
    return this.#options.folder.object(sha256)
  }

  /** Whether it was stored here once. Its bytes may be damaged since: see `prove`. */
  has(sha256: string): boolean {
    return this.#rows.has(sha256)
  }

  /** The files of all objects that have that many bytes. */
  filesOfSize(sizeBytes: number): string[] {
    return this.#rows.ofSize(sizeBytes).map((sha256) => this.pathOf(sha256))
  }

  /** Bytes of all objects together. */
  usedBytes(): number {
    return this.#rows.usedBytes()
  }

  /** Every object that was stored here. */
  recorded(): Array<{ sha256: string; sizeBytes: number }> {
    return this.#rows.all().map(({ sha256, size_bytes: sizeBytes }) => ({ sha256, sizeBytes }))
  }

  /** Reads an object whole. @throws EngineError `cancelled`. */
  async prove(sha256: string, watch: ReadWatch = {}): Promise<ObjectState> {
    const state = await this.#turns.run(sha256, () => this.#look(sha256, watch))
    if (state === 'proven') this.#rows.setVerified.run({ sha256, now: Date.now() })
    return state
  }

  /**
   * Puts a finished, synced file in its place, then runs `refer` in a transaction: it calls `record` and refers to it.
   * An object that is there is read whole first; a damaged one gives way to the good file and goes to quarantine.
   * May be called again after a crash: a file that already moved is found where it went.
   * @param refer gets whether the same bytes were there already, proven by reading them.
   * @throws EngineError `source_missing` when neither the file nor a good object is there, `cancelled`.
   */
  async admit(
    from: string,
    sha256: string,
    sizeBytes: number,
    refer: (wasHere: boolean) => void,
    watch: ReadWatch = {},
  ): Promise<void> {
    await this.#turns.run(sha256, async () => {
      const wasKnown = this.has(sha256)
      const state = await this.#look(sha256, watch)
      if (state !== 'proven') await this.#replace(from, sha256, sizeBytes, state)
      else if (from !== this.pathOf(sha256)) await fs.rm(from, { force: true })
      this.#options.database.transaction(() => {
        refer(state === 'proven')
        if (wasKnown && state !== 'proven') this.#options.events.publish({ kind: OBJECT_HEALED, subjectId: sha256 })
      })
    })
  }

  /**
   * Takes in a file that lies in its place already and that `prove` found right just now, though no row names it.
   * @throws EngineError `source_missing` when it is gone.
   */
  async adopt(sha256: string, refer: () => void): Promise<void> {
    await this.#turns.run(sha256, async () => {
      if ((await kindOf(this.pathOf(sha256))) !== 'file') throw gone()
      refer()
    })
  }

  /** Moves a damaged file that no row names into quarantine. */
  async setAsideDamaged(sha256: string): Promise<void> {
    await this.#turns.run(sha256, async () => {
      if (this.has(sha256) || (await this.#look(sha256, {})) !== 'damaged') return
      await this.#setAside(sha256, 'damaged')
    })
  }

  /** Notes that the object is there, whole; part of the caller's transaction. */
  record(sha256: string, sizeBytes: number): void {
    this.#rows.insert.run({ sha256, sizeBytes, now: Date.now() })
    this.#rows.keep.run({ sha256 })
  }

  /**
   * Deletes an object that nothing refers to any more, on a person's request, with its sidecar.
   * @param unrefer deletes what referred to it, in the transaction that releases it; says whether it did.
   */
  async release(sha256: string, unrefer: () => boolean = () => true): Promise<void> {
    await this.#turns.run(sha256, async () => {
      const isReleased = this.#options.database.transaction(() => {
        if (!unrefer() || this.#rows.delete.run({ sha256 }).changes === 0) return false
        this.#rows.release.run({ sha256, now: Date.now() })
        return true
      })
      if (!isReleased) return
      crashPoint('object.row-released')
      await this.#removeReleased(sha256)
    })
  }

  /**
   * Takes back a file that was put in its place by an upload that is given up, without ever being recorded.
   * @param keep what others still count on.
   */
  async forget(sha256: string, keep: ReadonlySet<string>): Promise<void> {
    await this.#turns.run(sha256, async () => {
      if (this.has(sha256) || keep.has(sha256)) return
      // An older database may not know whose it is by now, so it is not deleted.
      if ((await kindOf(this.pathOf(sha256))) === 'file') await this.#setAside(sha256)
    })
  }

  /**
   * Finishes releases that a crash cut off, and finds the files that no row names.
   * @param pending hashes of files that an open upload put in place already.
   */
  async sweep(pending: () => ReadonlySet<string>): Promise<Swept> {
    for (const { sha256, released_at: releasedAt } of this.#rows.released()) {
      await this.#turns.run(sha256, () => this.#finishRelease(sha256, releasedAt, pending()))
    }
    const unlisted: UnlistedThing[] = []
    const things = (sha256: string, sizeBytes: number): void => {
      const setAside = () => this.#setAsideUnlisted(sha256, pending)
      unlisted.push({ kind: 'object', path: this.pathOf(sha256), sizeBytes, setAside })
    }
    for (const { sha256, size_bytes: sizeBytes } of this.#rows.unreferenced()) {
      if (!pending().has(sha256)) things(sha256, sizeBytes)
    }
    const { objects, foreign } = await this.#files.list((names) => {
      const known = this.#rows.among(names)
      const open = pending()
      return names.filter((name) => !known.has(name) && !open.has(name))
    })
    for (const { sha256, sizeBytes } of objects) things(sha256, sizeBytes)
    return { unlisted, foreign }
  }

  async #look(sha256: string, watch: ReadWatch): Promise<ObjectState> {
    return await readState(this.pathOf(sha256), sha256, watch, this.#options)
  }

  async #replace(from: string, sha256: string, sizeBytes: number, state: ObjectState): Promise<void> {
    const target = this.pathOf(sha256)
    const source = from === target ? null : await kindOf(from)
    if (source !== 'file') throw gone()
    if (state === 'damaged') await this.#makeWay(sha256)
    await moveDurably(from, target)
    crashPoint('object.moved')
    if (this.has(sha256))
      this.#options.log.warn({ sha256, sizeBytes, was: state }, 'an object was put right by a good file')
  }

  async #makeWay(sha256: string): Promise<void> {
    const file = this.pathOf(sha256)
    // A link holds no bytes of its own: the good file takes its name.
    if ((await kindOf(file)) === 'other') return
    const { videos } = await this.#sidecar(sha256)
    await this.#options.quarantine.put({ kind: 'object', path: file, reason: 'damaged', videos, stays: true })
  }

  async #finishRelease(sha256: string, releasedAt: number, pending: ReadonlySet<string>): Promise<void> {
    const stat = await fs.lstat(this.pathOf(sha256)).catch(() => null)
    const isOlder = stat === null || stat.mtimeMs <= releasedAt
    // Stored anew since, which an older copy of the database does not know: then it stays, and the sweep finds it.
    if (!this.has(sha256) && !pending.has(sha256) && isOlder) await this.#removeReleased(sha256)
    else this.#rows.keep.run({ sha256 })
  }

  async #removeReleased(sha256: string): Promise<void> {
    const file = this.pathOf(sha256)
    if (await this.#files.isInside(sha256)) {
      if ((await kindOf(file)) === 'file') await fs.rm(file, { force: true })
      crashPoint('object.file-removed')
      await fs.rm(this.#options.folder.sidecar(sha256), { force: true })
    } else this.#options.log.warn({ path: file }, 'left alone: a link leads to this object')
    this.#rows.keep.run({ sha256 })
  }

  async #setAsideUnlisted(sha256: string, pending: () => ReadonlySet<string>): Promise<boolean> {
    return await this.#turns.run(sha256, async () => {
      if (pending().has(sha256) || this.#rows.isReferenced(sha256)) return false
      const isThere = (await this.#files.isInside(sha256)) && (await kindOf(this.pathOf(sha256))) === 'file'
      if (isThere) await this.#setAside(sha256)
      this.#rows.delete.run({ sha256 })
      return isThere
    })
  }

  async #setAside(sha256: string, reason: 'unlisted' | 'damaged' = 'unlisted'): Promise<void> {
    const { isWhole, videos } = await this.#sidecar(sha256)
    await this.#options.quarantine.put({ kind: 'object', path: this.pathOf(sha256), reason, videos })
    // What it said lies in quarantine now. One that could not be read stays where it is.
    if (isWhole) await fs.rm(this.#options.folder.sidecar(sha256), { force: true })
  }

  async #sidecar(sha256: string) {
    const sidecar = await readSidecar(this.#options.folder.sidecar(sha256), sha256)
    return { isWhole: sidecar !== null, videos: sidecar?.videos ?? [] }
  }
}

function gone(): EngineError {
  return new EngineError('source_missing', 'The bytes of this video are not on the disk any more.')
}
