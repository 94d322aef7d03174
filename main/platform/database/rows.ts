import { EngineError } from '../../contract/index.ts'
import type { Statement } from './database.ts'

/**
 * Reads what a row holds: JSON that is none, a name that is not of ours or an instant outside of all time means that the
 * row was overwritten.
 * @param what it is a row of, as a person calls it.
 * @throws EngineError `library_damaged`; every EngineError of `read`.
 */
export function readRow<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof EngineError) throw error
    const message = `What the library keeps of this ${what} is damaged. Use a snapshot, or rebuild the library.`
    throw new EngineError('library_damaged', message, null, { cause: error })
  }
}

/** Reads the rows of a list; those that are damaged are left out, so that the others are still shown. */
export function readRows<R, T>(rows: readonly R[], read: (row: R) => T): T[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)]
    } catch (error) {
      if (error instanceof EngineError && error.code === 'library_damaged') return []
      throw error
    }
  })
}

/** How many rows of a large table are read at once; others work with the database in between. */
const PAGE = 500

/**
 * All rows of a table, page by page.
 * @param page takes `after` and `limit`, and is in the order of `keyOf`.
 */
export function* inPages<R>(page: Statement<R>, keyOf: (row: R) => string, after = ''): Generator<R> {
  for (let last = after; ;) {
    const rows = page.all({ after: last, limit: PAGE })
    yield* rows
    const end = rows.at(-1)
    if (!end || rows.length < PAGE) return
    last = keyOf(end)
  }
}
