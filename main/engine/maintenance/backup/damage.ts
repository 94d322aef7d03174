import { EngineError } from '../../../contract/index.ts'

/** SQLite's own words for damage, which it may notice at any row. */
export function explainDamage(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!(error instanceof Error) || !/^(SQLITE_(CORRUPT|NOTADB|ERROR)|unavailable$)/.test(code)) return error
  return damaged([error.message])
}

/** @returns the error of a backup whose database is damaged. */
export function damaged(problems: readonly string[]): EngineError {
  const message =
    'The database is damaged, so it was not backed up; the backup that was there is kept. Verify the library first.'
  return new EngineError('library_damaged', message, { problems })
}
