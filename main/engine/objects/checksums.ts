import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import type { Database } from '../../platform/database/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'

/** The name under which a task's stream is kept. */
export const STREAM = 'stream'

interface Digest {
  readonly sizeBytes: number
  readonly sha256: Buffer
}

/**
 * The `checksums` table: what the files hold that were made from a video or a task. A file without a row is of an older
 * Fieldreel, or is being made.
 */
export class Checksums {
  readonly #database: Database
  readonly #folder: DataFolder
  readonly #put
  readonly #get
  readonly #remove
  readonly #removeAll

  constructor(database: Database, folder: DataFolder) {
    this.#database = database
    this.#folder = folder
    this.#put = database.prepare(
      `INSERT INTO checksums (owner_id, name, size_bytes, sha256) VALUES (:ownerId, :name, :sizeBytes, :sha256)
       ON CONFLICT (owner_id, name) DO UPDATE SET size_bytes = excluded.size_bytes, sha256 = excluded.sha256`,
    )
    this.#get = database.prepare<{ size_bytes: number; sha256: Buffer }>(
      'SELECT size_bytes, sha256 FROM checksums WHERE owner_id = :ownerId AND name = :name',
    )
    this.#remove = database.prepare('DELETE FROM checksums WHERE owner_id = :ownerId AND name = :name')
    this.#removeAll = database.prepare('DELETE FROM checksums WHERE owner_id = :ownerId')
  }

  /** Call it before files are made again under names that they had: until they are recorded nothing is known of them. */
  forget(ownerId: string, names: readonly string[]): void {
    this.#database.transaction(() => {
      for (const name of names) this.#remove.run({ ownerId, name })
    })
  }

  /** Forgets all files of a video or task that is gone; part of the caller's transaction. */
  forgetAll(ownerId: string): void {
    this.#removeAll.run({ ownerId })
  }

  /** Reads files that are complete now and keeps what they hold. @throws Error of the file system. */
  async record(ownerId: string, names: readonly string[]): Promise<void> {
    const digests: [name: string, digest: Digest][] = []
    for (const name of names) digests.push([name, await digestOf(this.#fileOf(ownerId, name))])
    this.#database.transaction(() => {
      for (const [name, digest] of digests) this.#put.run({ ownerId, name, ...digest })
    })
  }

  /** The same for a file whose bytes are at hand. */
  recordBytes(ownerId: string, name: string, bytes: Uint8Array): void {
    const sha256 = createHash('sha256').update(bytes).digest()
    this.#put.run({ ownerId, name, sizeBytes: bytes.length, sha256 })
  }

  /** Whether these bytes are what was recorded; null when nothing was. */
  matches(ownerId: string, name: string, bytes: Uint8Array): boolean | null {
    const row = this.#get.get({ ownerId, name })
    if (!row) return null
    return row.size_bytes === bytes.length && createHash('sha256').update(bytes).digest().equals(row.sha256)
  }

  /** Whether a file holds what was recorded; null when nothing was. @throws Error of the file system. */
  async matchesFile(ownerId: string, name: string): Promise<boolean | null> {
    const row = this.#get.get({ ownerId, name })
    if (!row) return null
    const { sizeBytes, sha256 } = await digestOf(this.#fileOf(ownerId, name))
    return row.size_bytes === sizeBytes && row.sha256.equals(sha256)
  }

  #fileOf(ownerId: string, name: string): string {
    return name === STREAM ? this.#folder.stream(ownerId) : path.join(this.#folder.derivedOf(ownerId), name)
  }
}

async function digestOf(file: string): Promise<Digest> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(bytes)
    sizeBytes += bytes.length
  }
  return { sizeBytes, sha256: hash.digest() }
}
