import BetterSqlite3 from 'better-sqlite3'
import { EngineError } from '../../contract/index.ts'

/** Says what a person can act on when SQLite cannot write; its own codes mean nothing to them. */
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
  if (/^SQLITE_(READONLY|CANTOPEN|IOERR)/.test(code)) {
    const message = 'Fieldreel cannot write to its library. Check the disk and its permissions.'
    return new EngineError('storage_refused', message, null, { cause: error })
  }
  return error
}
