import { z } from 'zod'
import type { Database } from '../database/index.ts'
import { SECRET_NAMES, type SecretName } from './secret-names.ts'
import type { Settings } from './settings.ts'

/** Says that the secrets lie in a file: then none in the database is right. */
const MOVED = 'secrets_moved'

/** Where secrets lay before they had a file of their own: in the settings of the database. */
export class OldSecrets {
  readonly #database: Database
  readonly #settings: Settings

  constructor(database: Database, settings: Settings) {
    this.#database = database
    this.#settings = settings
  }

  /** Whether this library had a file of secrets before. */
  get wereMoved(): boolean {
    return this.#settings.read(MOVED, z.literal(true)) === true
  }

  read(): Partial<Record<SecretName, string>> {
    const found = SECRET_NAMES.flatMap((name) => {
      const value = this.#settings.read(name, z.base64().length(44))
      return value === null ? [] : [[name, value] as const]
    })
    return Object.fromEntries(found)
  }

  /**
   * Takes them out of the database, so that its file does not hold them either: the table is emptied with its pages
   * overwritten and filled again without them, and the write-ahead log, which holds the pages of before, is emptied.
   * Copies of the database that were made before still hold them: rotating the secrets makes those worthless.
   */
  erase(): void {
    if (this.wereMoved && Object.keys(this.read()).length === 0) return
    this.#database.erase(() => {
      const rows = this.#database.prepare<{ name: string; value: string }>('SELECT name, value FROM settings').all()
      this.#database.prepare('DELETE FROM settings').run()
      const put = this.#database.prepare('INSERT INTO settings (name, value) VALUES (:name, :value)')
      for (const row of rows) if (!isSecret(row.name)) put.run({ ...row })
      this.#settings.write(MOVED, true)
    })
  }
}

function isSecret(name: string): boolean {
  return SECRET_NAMES.some((secret) => secret === name)
}
