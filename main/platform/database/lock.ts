import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { EngineError } from '../../contract/index.ts'
import { explainWriteFailure } from '../files/index.ts'
import { explained, explainSqlite } from './failure.ts'

export interface LibraryLock {
  release(): void
}

/**
 * Holds a library for one process. The lock is a lock of the operating system (SQLite's exclusive one on a file of its
 * own), so it ends with its process however that dies; a lock file with a pid in it would go stale.
 * @param database the library's database: where the lock file was deleted or replaced, a Fieldreel that still runs is
 * known by having this open.
 * @throws EngineError `conflict` naming the process that has it, `storage_refused` when the folder cannot be written to.
 */
export function lockLibrary(lockFile: string, database?: string): LibraryLock {
  const holderFile = `${lockFile}.holder`
  const holder = readHolder(holderFile)
  // A lock file that is missing, or free while its holder runs, may not be the one that the holder locked.
  const isDoubtful = !existsSync(lockFile) || isAlive(holder)
  const connection = takeLock(lockFile, holder)
  try {
    if (isFree(lockFile)) {
      // SQLite takes no lock on a file that it may only read.
      accessSync(lockFile, constants.W_OK)
      throw heldBy(null, new Error('The lock file was replaced while it was locked.'))
    }
    if (isDoubtful && database !== undefined && existsSync(database) && isInUse(database)) throw heldBy(holder, null)
  } catch (error) {
    connection.close()
    throw explainWriteFailure(explainSqlite(error), path.dirname(lockFile))
  }
  writeHolder(holderFile)
  return {
    release: () => {
      if (connection.open) connection.close()
    },
  }
}

function takeLock(lockFile: string, holder: string | null): BetterSqlite3.Database {
  const connection = explained(() => new BetterSqlite3(lockFile, { timeout: 0 }))
  try {
    lockExclusively(connection)
    return connection
  } catch (error) {
    connection.close()
    throw isHeld(error) ? heldBy(holder, error) : explainSqlite(error)
  }
}

function lockExclusively(connection: BetterSqlite3.Database): void {
  // MEMORY: a lock needs no journal file that a crash would leave behind.
  connection.pragma('journal_mode = MEMORY')
  connection.exec('BEGIN EXCLUSIVE')
}

/** Whether the file at that path can be locked: then the lock that this process holds is on another one. */
function isFree(lockFile: string): boolean {
  const connection = new BetterSqlite3(lockFile, { timeout: 0 })
  try {
    lockExclusively(connection)
    return true
  } catch (error) {
    if (isHeld(error)) return false
    throw error
  } finally {
    connection.close()
  }
}

/** Whether any connection has a database of ours open: one in WAL mode holds a shared lock for as long as it is open. */
function isInUse(database: string): boolean {
  let connection: BetterSqlite3.Database | null = null
  try {
    connection = new BetterSqlite3(database, { timeout: 0 })
    connection.pragma('locking_mode = EXCLUSIVE')
    connection.pragma('schema_version')
    return false
  } catch (error) {
    // Any other failure is found again, and explained, when the database is opened.
    return isHeld(error)
  } finally {
    connection?.close()
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
    // A full disk: the name is only shown in a message, the lock holds without it.
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

function isAlive(holder: string | null): boolean {
  const pid = Number(holder)
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs, as somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
