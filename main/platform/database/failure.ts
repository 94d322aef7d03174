import BetterSqlite3 from 'better-sqlite3'
import { EngineError } from '../../contract/index.ts'

/** Says what a person can act on when SQLite cannot read or write; its own codes mean nothing to them. */
export function explained<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw explainSqlite(error)
  }
}

/** The same for an error that was caught already; every other error passes unchanged. */
export function explainSqlite(error: unknown): unknown {
  const code = error instanceof BetterSqlite3.SqliteError ? error.code : ''
  if (code === 'SQLITE_FULL') {
    return new EngineError('storage_full', 'The disk is full. Free some space; what is stored already is safe.', null, {
      cause: error,
    })
  }
  if (isDamageCode(code) || isMissingInSchema(error)) return damagedError(error)
  if (/^SQLITE_(READONLY|CANTOPEN|IOERR)/.test(code)) {
    const message = 'Fieldreel cannot write to its library. Check the disk and its permissions.'
    return new EngineError('storage_refused', message, null, { cause: error })
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    const message = 'Another program holds the library. Close it and try again.'
    return new EngineError('unavailable', message, null, { cause: error })
  }
  return error
}

/** Whether SQLite itself says that the content of the file is not what it wrote. */
export function isDamage(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && (isDamageCode(error.code) || isMissingInSchema(error))
}

/** Whether SQLite refused a statement for what it says or for the rows that are there, not for want of room or rights. */
export function isRefusal(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && /^SQLITE_(ERROR|CONSTRAINT|MISMATCH)/.test(error.code)
}

/** A damaged place of the database was read. */
export function damagedError(cause: unknown): EngineError {
  const message =
    'A part of the library is damaged and cannot be read. Your videos are still in the library folder. ' +
    'Close Fieldreel and open it again: it then says what can be done.'
  return new EngineError('library_damaged', message, null, { cause })
}

/** What a damaged library answers to everything that would write. */
export function readOnlyError(cause?: unknown): EngineError {
  const message =
    'The library is damaged and was opened read only: nothing can be changed. Close Fieldreel, then use a snapshot or ' +
    'rebuild the library.'
  return new EngineError('library_damaged', message, null, { cause })
}

function isDamageCode(code: string): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)
}

/** Our statements fit our schema: one that finds a table or column missing met a schema that was overwritten. */
function isMissingInSchema(error: unknown): boolean {
  return (
    error instanceof BetterSqlite3.SqliteError &&
    error.code === 'SQLITE_ERROR' &&
    /^(no such (table|column|index|view)|malformed|unsupported file format|database schema)/i.test(error.message)
  )
}
