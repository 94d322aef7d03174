import { EngineError } from '../../contract/index.ts'

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
