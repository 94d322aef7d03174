import { readFileSync, writeFileSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { EngineError } from '../../contract/index.ts'
import { explained, explainSqlite } from './failure.ts'

/**
 * Holds a library for one process. The lock is a lock of the operating system (SQLite's exclusive one on a file of its
 * own), so it ends with its process however that dies; a lock file with a pid in it would go stale.
 * @throws EngineError `conflict` naming the process that has it, `storage_refused` when the folder cannot be written to.
 */
export function lockLibrary(lockFile: string): { release(): void } {
  const holderFile = `${lockFile}.holder`
  const connection = explained(() => new BetterSqlite3(lockFile, { timeout: 0 }))
  try {
    // MEMORY: a lock needs no journal file that a crash would leave behind.
    connection.pragma('journal_mode = MEMORY')
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    throw isHeld(error) ? heldBy(readHolder(holderFile), error) : explainSqlite(error)
  }
  writeHolder(holderFile)
  return {
    release: () => {
      if (connection.open) connection.close()
    },
  }
}

function isHeld(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)
}

function heldBy(holder: string | null, cause: unknown): EngineError {
  const who = holder === null ? '' : ` (process ${holder})`
  const message = `Another Fieldreel${who} has this library open. Close it, or choose another folder with --data.`
  return new EngineError('conflict', message, null, { cause })
}

function writeHolder(file: string): void {
  try {
    writeFileSync(file, String(process.pid))
  } catch {
    // A full disk: the name is a kindness to the next one, the lock holds without it.
  }
}

function readHolder(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null
  } catch {
    // The holder may not have got as far as writing its name: the lock itself is what counts.
    return null
  }
}
