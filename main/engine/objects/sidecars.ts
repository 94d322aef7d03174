import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { monotonic } from '../../base/clock.ts'
import { KeyedMutex } from '../../base/mutex.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, type DataFolder, kindOf, makeFolderDurably, replaceDurably } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { readSidecar, type SidecarVideo, writeSidecar } from './sidecar.ts'

/** Written between two commits: each commit costs a sync of the disk. */
const BATCH = 20
/** A long list is written gently: so much rest after each batch, milliseconds. */
const REST_MS = 50
/** How long closing writes what is left; the rest is written after the next start. */
const CLOSE_MS = 3_000

interface VideoRow {
  id: string
  owner: string
  title: string
  filename: string
  content_type: string
  size_bytes: number
  tags: string
  custom: string
  created_at: number
  deleted_at: number | null
}

interface Stale {
  number: number
  sha256: string
}

/** Keeps the sidecars of all objects as the rows are. Triggers in the database note which ones are stale. */
export class Sidecars {
  readonly #folder: DataFolder
  readonly #database: Database
  readonly #log: Log
  readonly #turns = new KeyedMutex()
  readonly #stale
  readonly #staleOf
  readonly #fresh
  readonly #videos
  readonly #known
  readonly #forgotten
  readonly #clearForgotten
  #writing: Promise<void> | null = null
  #wanted = false
  #open = true

  constructor({ database, folder, log }: { database: Database; folder: DataFolder; log: Log }) {
    this.#folder = folder
    this.#database = database
    this.#log = log
    // Newest first: what somebody just did is what they would miss.
    this.#stale = database.prepare<Stale>(
      'SELECT number, sha256 FROM stale_sidecars WHERE number < :before ORDER BY number DESC LIMIT :limit',
    )
    this.#staleOf = database.prepare<Stale>('SELECT number, sha256 FROM stale_sidecars WHERE sha256 = :sha256')
    this.#fresh = database.prepare('DELETE FROM stale_sidecars WHERE number = :number')
    this.#videos = database.prepare<VideoRow>(
      `SELECT videos.id, users.name AS owner, title, filename, content_type, size_bytes, tags, custom,
              videos.created_at, deleted_at
       FROM videos JOIN users ON users.id = owner_id WHERE sha256 = :sha256 ORDER BY videos.created_at, videos.rowid`,
    )
    this.#known = database.prepare('SELECT 1 FROM videos WHERE id = :id')
    this.#forgotten = database.prepare('SELECT 1 FROM forgotten_videos WHERE sha256 = :sha256 AND video_id = :id')
    this.#clearForgotten = database.prepare('DELETE FROM forgotten_videos WHERE sha256 = :sha256')
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

  /** Lays a sidecar beside an object that is about to come back, unless a good one lies there. */
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
      const rows = this.#videos.all({ sha256 })
      const others = (before?.videos ?? []).filter((video) => this.#isUnknown(sha256, video))
      if (rows.length === 0 && others.length === 0) {
        await fs.rm(file, { force: true })
        return
      }
      const sizeBytes = rows[0]?.size_bytes ?? before?.sizeBytes ?? null
      await replaceDurably(file, writeSidecar({ sha256, sizeBytes, videos: [...rows.map(toVideo), ...others] }))
      crashPoint('object.sidecar-written')
    })
  }

  /** A video that the rows never heard of, as after an older copy of the database was put back: it is kept. */
  #isUnknown(sha256: string, { id }: SidecarVideo): boolean {
    if (id === null || this.#known.get({ id }) !== undefined) return false
    return this.#forgotten.get({ sha256, id }) === undefined
  }
}

const Texts = z.array(z.string())
const Custom = z.record(z.string(), z.json())

function toVideo(row: VideoRow): SidecarVideo {
  return {
    id: row.id,
    owner: row.owner,
    title: row.title,
    filename: row.filename,
    contentType: row.content_type as SidecarVideo['contentType'],
    tags: Texts.catch([]).parse(JSON.parse(row.tags)),
    custom: Custom.catch({}).parse(JSON.parse(row.custom)),
    createdAt: row.created_at,
    deletedAt: row.deleted_at,
  }
}
