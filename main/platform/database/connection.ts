import { existsSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { EngineError } from '../../contract/index.ts'
import { explainSqlite } from './failure.ts'

/** Every connection waits so long for a lock of another one, milliseconds. */
const BUSY_MS = 5000

/**
 * Opens a file with what every connection of ours needs.
 * @throws EngineError `library_damaged`, `storage_refused`, `storage_full`, `unavailable`.
 */
export function connect(file: string, { readonly = false } = {}): BetterSqlite3.Database {
  let connection: BetterSqlite3.Database | null = null
  try {
    // What a crash left half-written is undone by a connection that writes; one that reads refuses to open.
    if (readonly && existsSync(`${file}-journal`)) connect(file).close()
    connection = new BetterSqlite3(file, { readonly, timeout: BUSY_MS })
    connection.function('fold', { deterministic: true }, fold)
    connection.pragma('schema_version')
    return connection
  } catch (error) {
    connection?.close()
    if (explainSqlite(error) !== error) throw explainSqlite(error)
    throw new EngineError('unavailable', `The library file ${file} cannot be opened.`, { file }, { cause: error })
  }
}

/** Text for comparing in any case, of every script; SQLite's own `lower` knows ASCII only. */
function fold(text: unknown): unknown {
  return typeof text === 'string' ? text.trim().toLowerCase() : text
}
