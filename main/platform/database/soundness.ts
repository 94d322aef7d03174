import { statSync } from 'node:fs'
import { connect } from './connection.ts'
import { explainSqlite, isDamage } from './failure.ts'

const MIB = 1024 * 1024
/** Up to this size a check takes less time than starting a thread for it. */
export const AT_ONCE_BYTES = 2 * MIB
/** Up to this size (measured: 5 ms a MiB) indexes are compared with their tables, too. */
const DEEP_BYTES = 64 * MIB
/** Problems that are listed; one is enough to know. */
const MOST_PROBLEMS = 10

/** Bytes of a database with what was not yet written back from its journal; 0 when there is none. */
export function databaseBytes(file: string): number {
  return fileBytes(file) + fileBytes(`${file}-wal`)
}

/**
 * Reads a whole database and says what is wrong with it; nothing is written. Blocks this thread: about 1 ms a MiB
 * when large, 5 ms a MiB below 64 MiB, where indexes are compared with their tables. A row that names one that is
 * missing is not looked for: everything can be read and written all the same, and verify names it.
 * @returns SQLite's own words; empty when it is sound.
 * @throws EngineError `storage_refused`, `unavailable` when the file cannot be opened for another reason than damage.
 */
export function findDamage(file: string): string[] {
  let connection: ReturnType<typeof connect> | null = null
  try {
    connection = connect(file, { readonly: true })
    const isSmall = databaseBytes(file) <= DEEP_BYTES
    const check = isSmall ? 'integrity_check' : 'quick_check'
    const lines = connection.pragma(`${check}(${MOST_PROBLEMS})`) as Record<string, string>[]
    return lines.map((line) => Object.values(line)[0] ?? '').filter((line) => line !== 'ok')
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    if (isDamage(cause) || isDamage(error)) return [cause instanceof Error ? cause.message : String(cause)]
    throw explainSqlite(error)
  } finally {
    connection?.close()
  }
}

/** Size of a file; 0 when it is missing. */
export function fileBytes(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
