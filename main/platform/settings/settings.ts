import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '../database/index.ts'

/** Small named values that outlive the process. */
export class Settings {
  readonly #get
  readonly #set

  constructor(database: Database) {
    this.#get = database.prepare<{ value: string }>('SELECT value FROM settings WHERE name = :name')
    this.#set = database.prepare(
      'INSERT INTO settings (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
  }

  /** The stored value, or null when there is none or it no longer fits `schema` (it is read as if a stranger wrote it). */
  read<T extends z.ZodType>(name: string, schema: T): z.output<T> | null {
    const row = this.#get.get({ name })
    if (!row) return null
    try {
      return schema.parse(JSON.parse(row.value))
    } catch {
      // Damaged, or of another version: as if it had never been set.
      return null
    }
  }

  write(name: string, value: unknown): void {
    this.#set.run({ name, value: JSON.stringify(value) })
  }

  /** Random bytes of this installation, made when they are first asked for. */
  secret(name: string): Buffer {
    const stored = this.read(name, z.string())
    return stored === null ? this.renewSecret(name) : Buffer.from(stored, 'base64')
  }

  /** Makes them anew: what was made with the old ones is told apart from what is made from now on. */
  renewSecret(name: string): Buffer {
    const secret = randomBytes(32)
    this.write(name, secret.toString('base64'))
    return secret
  }
}
