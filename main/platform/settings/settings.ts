import type { z } from 'zod'
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

  /** The stored value, or null when there is none or it does not fit `schema`: it is untrusted JSON. */
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
}
