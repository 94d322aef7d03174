import fs from 'node:fs/promises'
import path from 'node:path'
import { KeyedMutex } from '../../base/mutex.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, type DataFolder, isMissing, moveDurably, sizeOf } from '../../platform/files/index.ts'

/** Whoever keeps an object says so here; bytes that a task was sent count as long as the task is there. */
const UNREFERENCED = `NOT EXISTS (SELECT 1 FROM videos WHERE videos.sha256 = objects.sha256)
  AND NOT EXISTS (SELECT 1 FROM tasks WHERE tasks.sha256 = objects.sha256)`

/**
 * Immutable files named by the sha-256 of their bytes: the same content twice is kept once.
 * A row in `objects` means the file is whole and durable; a file without a row is debris of a crash.
 */
export class ObjectStore {
  readonly #folder: DataFolder
  /** Admitting and releasing the same bytes take turns: a release may not delete what was just admitted again. */
  readonly #turns = new KeyedMutex()
  readonly #insert
  readonly #delete
  readonly #find
  readonly #used
  readonly #unreferenced

  constructor(database: Database, folder: DataFolder) {
    this.#folder = folder
    this.#insert = database.prepare(
      `INSERT INTO objects (sha256, size_bytes, created_at) VALUES (:sha256, :sizeBytes, :now)
       ON CONFLICT (sha256) DO NOTHING`,
    )
    this.#delete = database.prepare(`DELETE FROM objects WHERE sha256 = :sha256 AND ${UNREFERENCED}`)
    this.#find = database.prepare<{ sha256: string }>('SELECT sha256 FROM objects WHERE sha256 = :sha256')
    this.#used = database.prepare<{ bytes: number }>('SELECT coalesce(sum(size_bytes), 0) AS bytes FROM objects')
    this.#unreferenced = database.prepare<{ sha256: string }>(`SELECT sha256 FROM objects WHERE ${UNREFERENCED}`)
  }

  pathOf(sha256: string): string {
    return this.#folder.object(sha256)
  }

  has(sha256: string): boolean {
    return this.#find.get({ sha256 }) !== undefined
  }

  /** Bytes of all objects together. */
  usedBytes(): number {
    return this.#used.get()?.bytes ?? 0
  }

  /**
   * Puts a finished, synced file in its place, then runs `refer`: the transaction that calls `record` and refers to it.
   * May be called again after a crash: a file that already moved is found where it went.
   */
  async admit(from: string, sha256: string, sizeBytes: number, refer: () => void): Promise<void> {
    await this.#turns.run(sha256, async () => {
      const target = this.pathOf(sha256)
      if ((await sizeOf(target)) === sizeBytes) await fs.rm(from, { force: true })
      else {
        await moveDurably(from, target)
        crashPoint('object.moved')
      }
      refer()
    })
  }

  /** Notes that the object is there; part of the caller's transaction. */
  record(sha256: string, sizeBytes: number): void {
    this.#insert.run({ sha256, sizeBytes, now: Date.now() })
  }

  /** Deletes an object that nothing refers to any more; the row first, so that no row ever lacks its file. */
  async release(sha256: string): Promise<void> {
    await this.#turns.run(sha256, async () => {
      if (this.#delete.run({ sha256 }).changes === 0) return
      crashPoint('object.row-released')
      await fs.rm(this.pathOf(sha256), { force: true })
      crashPoint('object.file-removed')
    })
  }

  /** Deletes a file that was put in its place without ever being recorded. @param keep what others still count on. */
  async forget(sha256: string, keep: ReadonlySet<string>): Promise<void> {
    await this.#turns.run(sha256, async () => {
      if (!this.has(sha256) && !keep.has(sha256)) await fs.rm(this.pathOf(sha256), { force: true })
    })
  }

  /** Removes objects without a reference and files without a row. Run at start, before anything is written. */
  async sweep(keep: ReadonlySet<string>): Promise<void> {
    for (const { sha256 } of this.#unreferenced.all()) if (!keep.has(sha256)) await this.release(sha256)
    for (const file of await this.#files()) {
      const name = path.basename(file)
      if (!this.has(name) && !keep.has(name)) await fs.rm(file, { force: true })
    }
  }

  async #files(): Promise<string[]> {
    const fanOut = await fs.readdir(this.#folder.objects)
    const listed = await Promise.all(fanOut.map((prefix) => this.#list(path.join(this.#folder.objects, prefix))))
    return listed.flat()
  }

  async #list(folder: string): Promise<string[]> {
    try {
      return (await fs.readdir(folder)).map((name) => path.join(folder, name))
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }
}
