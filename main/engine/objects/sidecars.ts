import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { monotonic } from '../../base/clock.ts'
import { KeyedMutex } from '../../base/mutex.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, type DataFolder, kindOf, makeFolderDurably, replaceDurably } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { ObjectRefs } from './object-refs.ts'
import { readSidecar, type SidecarVideo, writeSidecar } from './sidecar.ts'

/** Written between two commits: each commit costs a sync of the disk. */
const BATCH = 20
/** A long list is written gently: so much rest after each batch, milliseconds. */
const REST_MS = 50
/** How long closing writes what is left; the rest is written after the next start. */
const CLOSE_MS = 3_000

interface Stale {
  number: number
  sha256: string
}

export interface SidecarsOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly refs: ObjectRefs
  readonly log: Log
}

/** Keeps the sidecars of all objects as the rows are. `ObjectRefs` notes which ones are stale. */
export class Sidecars {
  readonly #folder: DataFolder
  readonly #database: Database
  readonly #log: Log
  readonly #refs: ObjectRefs
  readonly #turns = new KeyedMutex()
  readonly #stale
  readonly #staleOf
  readonly #fresh
  readonly #size
  readonly #clearForgotten
  #writing: Promise<void> | null = null
  #wanted = false
  #open = true

  constructor({ database, folder, refs, log }: SidecarsOptions) {
    this.#refs = refs
    this.#folder = folder
    this.#database = database
    this.#log = log
    // Newest first: what somebody just did is what they would miss.
    this.#stale = database.prepare<Stale>(
      'SELECT number, sha256 FROM stale_sidecars WHERE number < :before ORDER BY number DESC LIMIT :limit',
    )
    this.#staleOf = database.prepare<Stale>('SELECT number, sha256 FROM stale_sidecars WHERE sha256 = :sha256')
    this.#fresh = database.prepare('DELETE FROM stale_sidecars WHERE number = :number')
    this.#size = database.prepare<{ size_bytes: number }>('SELECT size_bytes FROM objects WHERE sha256 = :sha256')
    this.#clearForgotten = database.prepare('DELETE FROM forgotten_owners WHERE sha256 = :sha256')
  }

  /** Writes in the background what changed. Costs nothing when nothing did. */
  nudge(): void {
    this.#wanted = true
    if (!this.#open) return
    this.#writing ??= this.#writeAll(() => this.#open).finally(() => {
      this.#writing = null
      if (this.#wanted) this.nudge()
    })
  }

  /** Writes the sidecar of one object now, if it is stale. A failure is logged: it stays stale and is tried again. */
  async write(sha256: string): Promise<void> {
    const stale = this.#staleOf.get({ sha256 })
    if (!stale) return
    try {
      await this.#write(stale.sha256)
      this.#settle([stale])
    } catch (error) {
      this.#log.warn({ err: error, sha256 }, 'a sidecar could not be written; it is tried again')
    }
  }

  /** Writes a sidecar beside an object that is about to be restored, unless a good one is there. */
  async putBack(sha256: string, sizeBytes: number, videos: readonly SidecarVideo[]): Promise<void> {
    await this.#turns.run(sha256, async () => {
      const file = this.#folder.sidecar(sha256)
      if (videos.length === 0 || (await readSidecar(file, sha256))) return
      await makeFolderDurably(path.dirname(file))
      await replaceDurably(file, writeSidecar({ sha256, sizeBytes, videos: [...videos] }))
    })
  }

  /** The videos that the sidecar of an object names and the rows never heard of. */
  async unknownOf(sha256: string): Promise<SidecarVideo[]> {
    const sidecar = await readSidecar(this.#folder.sidecar(sha256), sha256)
    return (sidecar?.videos ?? []).filter((video) => this.#isUnknown(sha256, video))
  }

  /** Writes what is left, for a few seconds at most. */
  async close(): Promise<void> {
    this.#open = false
    await this.#writing
    const deadline = monotonic() + CLOSE_MS
    await this.#writeAll(() => monotonic() < deadline)
  }

  async #writeAll(goOn: () => boolean): Promise<void> {
    this.#wanted = false
    try {
      for (let before = Number.MAX_SAFE_INTEGER; goOn();) {
        const batch = this.#stale.all({ before, limit: BATCH })
        if (batch.length === 0) return
        const written: Stale[] = []
        for (const stale of batch) {
          before = stale.number
          if (!goOn()) break
          if (await this.#tried(stale.sha256)) written.push(stale)
        }
        this.#settle(written)
        if (batch.length === BATCH && this.#open) await pause(REST_MS, null, { ref: false })
      }
    } catch (error) {
      this.#log.error({ err: error }, 'sidecars could not be written; it is tried again')
    }
  }

  async #tried(sha256: string): Promise<boolean> {
    try {
      await this.#write(sha256)
      return true
    } catch (error) {
      this.#log.warn({ err: error, sha256 }, 'a sidecar could not be written; it is tried again')
      return false
    }
  }

  #settle(written: readonly Stale[]): void {
    if (written.length === 0) return
    this.#database.transaction(() => {
      for (const { number, sha256 } of written) {
        // Changed again meanwhile: then what is forgotten is needed once more.
        if (this.#fresh.run({ number }).changes > 0) this.#clearForgotten.run({ sha256 })
      }
    })
  }

  async #write(sha256: string): Promise<void> {
    await this.#turns.run(sha256, async () => {
      const file = this.#folder.sidecar(sha256)
      // A link in its way leads out of the library: nothing is written through it.
      if ((await kindOf(this.#folder.objects)) !== 'folder') return
      if ((await kindOf(path.dirname(file))) !== 'folder') return
      const before = await readSidecar(file, sha256)
      const videos = this.#refs.descriptionsOf(sha256)
      const others = (before?.videos ?? []).filter((video) => this.#isUnknown(sha256, video))
      if (videos.length === 0 && others.length === 0) {
        await fs.rm(file, { force: true })
        return
      }
      const sizeBytes = this.#size.get({ sha256 })?.size_bytes ?? before?.sizeBytes ?? null
      await replaceDurably(file, writeSidecar({ sha256, sizeBytes, videos: [...videos, ...others] }))
      crashPoint('object.sidecar-written')
    })
  }

  /** A video that the rows never heard of, as after an older copy of the database was put back: it is kept. */
  #isUnknown(sha256: string, { id }: SidecarVideo): boolean {
    return id !== null && !this.#refs.isKnown(sha256, id)
  }
}
