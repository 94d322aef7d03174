import BetterSqlite3 from 'better-sqlite3'
import { EngineError } from '../../contract/index.ts'
import { crashPoint } from '../files/index.ts'
import { explained, explainSqlite } from './failure.ts'
import { migrations } from './migrations/index.ts'

export type SqlValue = string | number | bigint | Buffer | null
export type SqlParameters = Record<string, SqlValue>

/** A prepared statement whose rows are of type R. Parameters are named. */
export interface Statement<R> {
  all(parameters?: SqlParameters): R[]
  get(parameters?: SqlParameters): R | undefined
  run(parameters?: SqlParameters): { changes: number }
}

/** The one SQLite file of a library. Only this folder knows which driver speaks to it. */
export class Database {
  readonly #connection: BetterSqlite3.Database

  private constructor(connection: BetterSqlite3.Database) {
    this.#connection = connection
  }

  /**
   * Opens (or makes) the file and brings it to the newest schema.
   * @throws EngineError `unavailable` when the file was written by a newer Fieldreel or is no database, `storage_full`,
   * `storage_refused`.
   */
  static open(file: string): Database {
    const connection = connect(file)
    // FULL, not NORMAL: "confirm answers only when bytes and row are durable", through a power cut too.
    return explained(() => {
      for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000']) {
        connection.pragma(pragma)
      }
      connection.function('fold', { deterministic: true }, fold)
      const database = new Database(connection)
      database.#migrate()
      return database
    })
  }

  /**
   * A second connection to a library that is open, for a thread that only reads.
   * @throws EngineError `unavailable`.
   */
  static openToRead(file: string): Database {
    const connection = connect(file, { readonly: true })
    connection.pragma('busy_timeout = 5000')
    connection.function('fold', { deterministic: true }, fold)
    return new Database(connection)
  }

  prepare<R>(sql: string): Statement<R> {
    const statement = this.#connection.prepare(sql)
    return {
      all: (parameters = {}) => explained(() => statement.all(parameters) as R[]),
      get: (parameters = {}) => explained(() => statement.get(parameters) as R | undefined),
      run: (parameters = {}) => explained(() => ({ changes: statement.run(parameters).changes })),
    }
  }

  /** Runs `work` as one transaction: all of it, or on a throw nothing. Joins a transaction that is open already. */
  transaction<T>(work: () => T): T {
    // IMMEDIATE takes the write lock at the start, so a reader never has to turn writer half-way and fail.
    return this.#connection.inTransaction ? work() : explained(() => this.#connection.transaction(work).immediate())
  }

  /**
   * Runs `work` as one transaction that deletes, and leaves none of it in the file: pages are overwritten, and the
   * write-ahead log that holds them as they were is emptied.
   */
  erase(work: () => void): void {
    explained(() => {
      const before = this.#connection.pragma('secure_delete', { simple: true }) as number
      this.#connection.pragma('secure_delete = ON')
      try {
        this.transaction(work)
      } finally {
        this.#connection.pragma(`secure_delete = ${before}`)
      }
      this.#connection.pragma('wal_checkpoint(TRUNCATE)')
    })
  }

  /** "PRAGMA integrity_check": true when SQLite finds the file sound. */
  isSound(): boolean {
    return this.#connection.pragma('integrity_check', { simple: true }) === 'ok'
  }

  close(): void {
    this.#connection.close()
  }

  #migrate(): void {
    const version = this.#connection.pragma('user_version', { simple: true }) as number
    if (version > migrations.length) {
      throw new EngineError('unavailable', 'This library was made by a newer Fieldreel. Update Fieldreel to open it.')
    }
    for (const [index, migration] of migrations.entries()) {
      if (index < version) continue
      this.transaction(() => {
        this.#connection.exec(migration.sql)
        this.#connection.pragma(`user_version = ${index + 1}`)
      })
      crashPoint('migration.applied')
    }
  }
}

/** Text for comparing in any case, of every script; SQLite's own `lower` knows ASCII only. */
function fold(text: unknown): unknown {
  return typeof text === 'string' ? text.trim().toLowerCase() : text
}

function connect(file: string, options: BetterSqlite3.Options = {}): BetterSqlite3.Database {
  try {
    const connection = new BetterSqlite3(file, options)
    connection.pragma('schema_version')
    return connection
  } catch (error) {
    if (explainSqlite(error) !== error) throw explainSqlite(error)
    throw new EngineError('unavailable', `The library file ${file} cannot be opened.`, { file }, { cause: error })
  }
}
