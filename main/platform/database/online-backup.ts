import { closeSync, openSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { syncFile } from './copy.ts'
import { explainSqlite } from './failure.ts'

/** In one step, so that what others write meanwhile cannot make it begin again. */
const ALL_PAGES = 0x7fff_ffff

/**
 * Copies a database as it is at one instant, while others write to it, and syncs the copy. Blocks its thread while it
 * copies. @param to must not be there. @throws EngineError `storage_full`, `storage_refused`; Error for a file that is no database.
 */
export async function backUpDatabase(from: string, to: string): Promise<void> {
  // Made by us first: SQLite would let other users read it.
  closeSync(openSync(to, 'wx', 0o600))
  try {
    const source = new BetterSqlite3(from, { readonly: true, fileMustExist: true })
    try {
      source.pragma('busy_timeout = 5000')
      await source.backup(to, { progress: () => ALL_PAGES })
    } finally {
      source.close()
    }
  } catch (error) {
    throw explainSqlite(error)
  }
  // Else whoever opens the copy to read it leaves two files beside it.
  const copy = new BetterSqlite3(to)
  copy.pragma('journal_mode = DELETE')
  copy.close()
  syncFile(to)
}
