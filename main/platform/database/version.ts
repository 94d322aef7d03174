import { connect } from './connection.ts'
import { explained } from './failure.ts'

/** More migrations than any Fieldreel will have: such a number was not written by one. */
const MOST_VERSIONS = 10_000

/**
 * How many migrations a database has seen by its own count, and what is wrong with that count, if anything.
 * @throws EngineError `library_damaged`, `storage_refused`.
 */
export function versionOf(file: string): { version: number; problem: string | null } {
  const connection = connect(file, { readonly: true })
  try {
    return explained(() => {
      const version = connection.pragma('user_version', { simple: true }) as number
      const { tables } = connection.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number }
      const isPossible = version >= 0 && version < MOST_VERSIONS && version > 0 === tables > 0
      return { version, problem: isPossible ? null : `its schema cannot be of version ${version}` }
    })
  } finally {
    connection.close()
  }
}
