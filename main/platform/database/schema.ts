import type BetterSqlite3 from 'better-sqlite3'
import { EngineError } from '../../contract/index.ts'
import { crashPoint } from '../files/index.ts'
import { connect } from './connection.ts'
import { damagedError, explained, isRefusal } from './failure.ts'

/** The tables of one domain. Each step is run once per library, in order; a step in use is never changed. */
export interface DomainMigrations {
  readonly domain: string
  readonly steps: readonly string[]
}

/** Lower domains first: a step may refer to tables of the domains before its own. */
export type Schema = readonly DomainMigrations[]

/**
 * `earlier`: of the time before each domain had its own migrations, which are not migrated. `older` ones are, when they
 * are opened.
 */
export type SchemaAge = 'none' | 'earlier' | 'older' | 'same' | 'newer'

/** `user_version`: how the versions are kept. The earlier schema counted its migrations there, up to 14. */
const FORMAT = 100
/** More than any Fieldreel writes: such a number is damage. */
const MOST_VERSIONS = 10_000

const VERSIONS = `
  CREATE TABLE schema_versions (
    domain TEXT PRIMARY KEY,
    version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`

/** @throws what SQLite throws. */
export function ageOf(connection: BetterSqlite3.Database, schema: Schema): SchemaAge {
  const format = formatOf(connection)
  if (format === 0) return 'none'
  if (format > FORMAT) return 'newer'
  // With the table of versions a lower number is damage, see `versionProblem`.
  if (!hasVersions(connection)) return 'earlier'
  const versions = versionsOf(connection)
  const known = new Map(schema.map(({ domain, steps }) => [domain, steps.length]))
  if ([...versions].some(([domain, version]) => version > (known.get(domain) ?? 0))) return 'newer'
  return [...known].every(([domain, version]) => versions.get(domain) === version) ? 'same' : 'older'
}

/** Whether a library's tables are those of `schema`; null when the file cannot be read. */
export function schemaAge(file: string, schema: Schema): SchemaAge | null {
  try {
    return read(file, (connection) => ageOf(connection, schema))
  } catch {
    // Damaged, or no database: `inspectDatabase` says how.
    return null
  }
}

/** What is wrong with the recorded versions, or null. @throws EngineError `library_damaged`, `storage_refused`. */
export function versionProblem(file: string): string | null {
  return read(file, (connection) => {
    const format = formatOf(connection)
    const { tables } = connection.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number }
    const isInRange = format >= (hasVersions(connection) ? FORMAT : 0) && format < MOST_VERSIONS
    const isPossible = isInRange && format > 0 === tables > 0
    return isPossible ? null : `its schema cannot be of version ${format}`
  })
}

/**
 * Runs the steps that a library lacks, all or none of them.
 * @throws EngineError `unavailable` for a library that this Fieldreel does not work with, `library_damaged`.
 */
export function migrate(connection: BetterSqlite3.Database, schema: Schema): void {
  const age = ageOf(connection, schema)
  assertAge(age)
  if (age === 'same') return
  connection
    .transaction(() => {
      if (age === 'none') connection.exec(VERSIONS)
      const versions = versionsOf(connection)
      const write = connection.prepare('INSERT OR REPLACE INTO schema_versions (domain, version) VALUES (?, ?)')
      for (const { domain, steps } of schema) {
        for (const step of steps.slice(versions.get(domain) ?? 0)) {
          applied(() => connection.exec(step))
          crashPoint('migration.applied')
        }
        write.run(domain, steps.length)
      }
      connection.pragma(`user_version = ${FORMAT}`)
    })
    .immediate()
}

/** @throws EngineError `unavailable` for tables that this Fieldreel can neither use nor migrate. */
export function assertAge(age: SchemaAge | null): void {
  if (age === 'newer') {
    throw new EngineError('unavailable', 'This library was made by a newer Fieldreel. Update Fieldreel to open it.')
  }
  if (age === 'earlier') {
    const message =
      'This library was made by an early Fieldreel whose database this one cannot read. ' +
      '"npm run library -- rebuild --data FOLDER" makes a new database from the videos in it, and keeps the old one ' +
      'in its quarantine folder.'
    throw new EngineError('unavailable', message)
  }
}

/** For those that only read a library, and do not migrate it. @throws EngineError `unavailable`. */
export function assertSameSchema(age: SchemaAge | null): void {
  assertAge(age)
  if (age === 'older') {
    throw new EngineError('unavailable', 'This library is of an older Fieldreel. Open it once with this one first.')
  }
}

function formatOf(connection: BetterSqlite3.Database): number {
  return connection.pragma('user_version', { simple: true }) as number
}

function hasVersions(connection: BetterSqlite3.Database): boolean {
  return connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_versions'").get() !== undefined
}

function versionsOf(connection: BetterSqlite3.Database): Map<string, number> {
  const rows = connection.prepare('SELECT domain, version FROM schema_versions').all()
  return new Map((rows as { domain: string; version: number }[]).map(({ domain, version }) => [domain, version]))
}

function read<T>(file: string, work: (connection: BetterSqlite3.Database) => T): T {
  const connection = connect(file, { readonly: true })
  try {
    return explained(() => work(connection))
  } finally {
    connection.close()
  }
}

/** Steps fit what the one before them left: where one fails, the versions are wrong. */
function applied(step: () => void): void {
  try {
    step()
  } catch (error) {
    throw isRefusal(error) ? damagedError(error) : error
  }
}
