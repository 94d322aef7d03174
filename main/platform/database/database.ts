import type BetterSqlite3 from 'better-sqlite3'
import { connect } from './connection.ts'
import { explainSqlite, isDamage, readOnlyError } from './failure.ts'
import { LogSync } from './log-sync.ts'
import { migrate, type Schema } from './schema.ts'

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
  readonly #damageListeners: (() => void)[] = []
  #isReadOnly: boolean
  #mayWrite: () => void = () => undefined
  #afterCommit: (() => void)[] = []
  /** null where there is no log: every commit is synced. */
  #log: LogSync | null = null

  private constructor(connection: BetterSqlite3.Database) {
    this.#connection = connection
    this.#isReadOnly = connection.readonly
  }

  /**
   * Opens (or makes) the file and brings its tables to `schema`.
   * @throws EngineError `unavailable` when the file was written by a newer Fieldreel or an early one, `library_damaged`,
   * `storage_full`, `storage_refused`.
   */
  static open(file: string, schema: Schema): Database {
    const database = new Database(connect(file))
    try {
      database.#explained(() => {
        // FULL, not NORMAL: what was confirmed survives a power cut (UP-52).
        for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) {
          database.#connection.pragma(pragma)
        }
        migrate(database.#connection, schema)
        database.#log = new LogSync(file)
      })
      return database
    } catch (error) {
      database.close()
      throw error
    }
  }

  /**
   * A connection that only reads: for a second thread, and for a library that is damaged.
   * @throws EngineError `library_damaged`, `storage_refused`, `unavailable`.
   */
  static openToRead(file: string): Database {
    return new Database(connect(file, { readonly: true }))
  }

  /** A copy of a library that is open nowhere else, as it is. @throws EngineError `library_damaged`, `storage_refused`. */
  static openCopy(file: string): Database {
    return new Database(connect(file))
  }

  /** Whether every write is refused: opened to read, or found damaged since. */
  get isReadOnly(): boolean {
    return this.#isReadOnly
  }

  /**
   * Asks before every write and right before every commit.
   * @param mayWrite throws an EngineError when nothing may be written now; the transaction is then undone.
   */
  guardWrites(mayWrite: () => void): void {
    this.#mayWrite = mayWrite
  }

  /** Calls `listener` when the database is found damaged while it is open; it is read only from then on. */
  onDamage(listener: () => void): void {
    this.#damageListeners.push(listener)
  }

  /** From now on nothing is written: what is damaged gets worse with every write. */
  markDamaged(): void {
    if (this.#isReadOnly) return
    this.#isReadOnly = true
    for (const listener of this.#damageListeners) listener()
  }

  /** @throws EngineError when nothing may be written now: `library_damaged`, `storage_refused`. */
  assertWritable(): void {
    if (this.#isReadOnly) throw readOnlyError()
    if (!this.#connection.inTransaction) this.#mayWrite()
  }

  prepare<R>(sql: string): Statement<R> {
    const statement = this.#explained(() => this.#connection.prepare(sql))
    return {
      all: (parameters = {}) => this.#explained(() => statement.all(parameters) as R[]),
      get: (parameters = {}) => this.#explained(() => statement.get(parameters) as R | undefined),
      run: (parameters = {}) => {
        this.assertWritable()
        return this.#explained(() => ({ changes: statement.run(parameters).changes }))
      },
    }
  }

  /**
   * Runs `work` as one transaction: all of it, or on a throw nothing. Joins a transaction that is open already.
   * @throws EngineError `library_damaged` when the database is read only, `storage_refused`, `storage_full`.
   */
  transaction<T>(work: () => T): T {
    return this.#transact(work, (guarded) => this.#commit(guarded))
  }

  /**
   * As `transaction`, without waiting for the disk, which may take long: after a kill it is there, after a power cut only
   * once `synced` has resolved. For what is repeated when it is lost, and for those who await `synced` before they answer.
   */
  unsynced<T>(work: () => T): T {
    return this.#transact(work, (guarded) => this.#commitUnsynced(guarded))
  }

  /** Resolves once all that is committed by now is on the disk. @throws EngineError `storage_full`, `storage_refused`. */
  async synced(): Promise<void> {
    await this.#log?.wait()
  }

  /** Calls `listener`, which must not throw, once the open transaction is committed; at once when none is open. */
  afterCommit(listener: () => void): void {
    if (this.#connection.inTransaction) this.#afterCommit.push(listener)
    else listener()
  }

  /** "PRAGMA integrity_check": true when SQLite finds the file sound. */
  isSound(): boolean {
    return this.#connection.pragma('integrity_check', { simple: true }) === 'ok'
  }

  close(): void {
    this.#connection.close()
    this.#log?.close()
  }

  #transact<T>(work: () => T, commit: (guarded: () => T) => T): T {
    if (this.#connection.inTransaction) return work()
    this.assertWritable()
    const guarded = (): T => {
      const result = work()
      // Once more: a commit into a file that went away meanwhile, or was found damaged, would be lost.
      if (this.#isReadOnly) throw readOnlyError()
      this.#mayWrite()
      return result
    }
    try {
      const result = commit(guarded)
      const committed = this.#afterCommit
      this.#afterCommit = []
      for (const listener of committed) listener()
      return result
    } catch (error) {
      this.#afterCommit = []
      throw error
    }
  }

  #commit<T>(guarded: () => T): T {
    // IMMEDIATE takes the write lock at the start, so a reader never has to turn writer half-way and fail.
    return this.#explained(() => this.#connection.transaction(guarded).immediate())
  }

  #commitUnsynced<T>(guarded: () => T): T {
    if (!this.#log) return this.#commit(guarded)
    this.#connection.pragma('synchronous = NORMAL')
    try {
      return this.#commit(guarded)
    } finally {
      this.#connection.pragma('synchronous = FULL')
      this.#log.noteCommit()
    }
  }

  #explained<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (isDamage(error)) this.markDamaged()
      throw explainSqlite(error)
    }
  }
}
