import { readFileSync, writeFileSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { EngineError } from '../../contract/index.ts'

/**
 * Holds a library for one process. The lock is a lock of the operating system (SQLite's exclusive one on a file of its
 * own), so it ends with its process however that dies; a lock file with a pid in it would go stale.
 * @throws EngineError `conflict` naming the process that has it.
 */
export function lockLibrary(lockFile: string): { release(): void } {
  const holderFile = `${lockFile}.holder`
  const connection = new BetterSqlite3(lockFile, { timeout: 0 })
  try {
    // MEMORY: a lock needs no journal file that a crash would leave behind.
    connection.pragma('journal_mode = MEMORY')
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    const holder = readHolder(holderFile)
    throw new EngineError(
      'conflict',
      `Another Fieldreel${holder ? ` (process ${holder})` : ''} has this library open. Close it, or choose another folder with --data.`,
      null,
      { cause: error },
    )
  }
  writeFileSync(holderFile, String(process.pid))
  return {
    release: () => {
      if (connection.open) connection.close()
    },
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
