import BetterSqlite3 from 'better-sqlite3'

/** More than these say nothing new. */
const MOST_PROBLEMS = 20

/**
 * What SQLite finds wrong with a database: every page, every index and every reference is read. Blocks its thread for
 * about a second per 500 MB.
 * @returns nothing when it is sound; also what keeps the file from being opened is a problem.
 */
export function inspectDatabase(file: string): string[] {
  try {
    const connection = new BetterSqlite3(file, { readonly: true, fileMustExist: true })
    try {
      connection.pragma('busy_timeout = 5000')
      const damages = connection.pragma(`integrity_check(${MOST_PROBLEMS})`) as { integrity_check: string }[]
      const problems = damages.map((row) => row.integrity_check).filter((text) => text !== 'ok')
      return [...problems, ...danglingReferences(connection)].slice(0, MOST_PROBLEMS)
    } finally {
      connection.close()
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function danglingReferences(connection: BetterSqlite3.Database): string[] {
  const rows = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
  const pairs = new Set(rows.map(({ table, parent }) => `A row of ${table} refers to one of ${parent} that is gone.`))
  return [...pairs]
}
