import { lstatSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { EngineError, type Snapshot } from '../../contract/index.ts'
import type { DataFolder } from '../files/index.ts'
import type { Log } from '../log/index.ts'
import { copyDatabase } from './copy.ts'
import { Database } from './database.ts'
import { DatabaseThread } from './database-thread.ts'
import { finishUse, listSnapshots, makeSnapshot, putDatabaseAside } from './snapshots.ts'
import { AT_ONCE_BYTES, databaseBytes, findDamage } from './soundness.ts'
import { type Schema, schemaAge, versionProblem } from './schema.ts'

/** How long a start waits for the check; a database that takes longer is checked on while it is in use. */
const PATIENCE_MS = 3_000

export interface OpenLibraryOptions {
  readonly folder: DataFolder
  readonly schema: Schema
  /** Holds the built `database-worker.js`. */
  readonly workersFolder: string
  readonly log: Log
  /** It was found damaged already: open it to read, without checking. */
  readonly asDamaged?: boolean
  /** What becomes of a damaged database: it is read as far as it goes, or put into quarantine and begun anew. */
  readonly whenDamaged?: 'read' | 'begin-anew'
  /** How long to wait for the check of a large database, milliseconds; default 3,000. */
  readonly patienceMs?: number
}

export interface OpenedLibrary {
  readonly database: Database
  /** `new`: there was none. `read_only`: it is damaged. */
  readonly state: 'good' | 'new' | 'read_only'
  /** Whether all of it was found sound; a large one is read on for a while. */
  readonly isChecked: () => boolean
  /** Ends a check that still runs. */
  readonly close: () => Promise<void>
}

/**
 * Opens the database of a library that this process has locked: finishes a change to a snapshot that a crash cut off,
 * checks it, makes a snapshot before it is migrated. What is damaged is opened to read.
 * @throws EngineError `library_damaged` with `details.snapshot` when it cannot even be read, `unavailable` when it was
 * written by a newer Fieldreel, `storage_refused`, `storage_full`.
 */
export async function openLibrary(options: OpenLibraryOptions): Promise<OpenedLibrary> {
  const { folder, schema, log, asDamaged = false, whenDamaged = 'read' } = options
  await finishUse(folder)
  if (isAbsent(folder)) return openNew(options)
  const thread = new DatabaseThread(options.workersFolder)
  const check = asDamaged ? null : startCheck(folder.database, thread, options.patienceMs)
  // Who means to begin anew has to know all of it first.
  const found = whenDamaged === 'begin-anew' ? check?.whole : check?.first
  const problems = asDamaged ? ['it was found damaged while it was opened'] : await found
  const isDamagedNow = problems !== undefined && problems.length > 0
  if (isDamagedNow) log.error({ problems }, 'the database is damaged')
  if (whenDamaged === 'begin-anew' && (isDamagedNow || schemaAge(folder.database, schema) === 'earlier')) {
    const aside = await putDatabaseAside(folder)
    log.warn({ aside }, 'the old database was put into quarantine, and a new one is begun')
    return openNew(options)
  }
  if (isDamagedNow) return openDamaged(folder)
  try {
    await snapshotBeforeMigration(options, thread)
    const database = Database.open(folder.database, schema)
    let isChecked = problems !== undefined
    if (check && !isChecked) void watchCheck(check.whole, database, log).then((isSound) => (isChecked = isSound))
    return { database, state: 'good', isChecked: () => isChecked, close: async () => check?.stop() }
  } catch (error) {
    check?.stop()
    if (!isDamaged(error)) throw error
    // A migration met what the check does not look for, or the check still runs.
    return await openLibrary({ ...options, asDamaged: true })
  }
}

/**
 * What to say when a damaged database cannot even be read.
 * @returns EngineError `library_damaged`; `details.snapshot` is the name of the newest good copy, or null.
 */
export function unreadable(folder: DataFolder, cause: unknown): EngineError {
  const [newest] = listSnapshots(folder)
  const at = `--data "${folder.root}"`
  const ways = [
    ...(newest
      ? [`"npm run library -- use-snapshot ${newest.name} ${at}" puts back the copy of ${dateOf(newest)}.`]
      : []),
    `"npm run library -- rebuild ${at}" makes a new database from the videos in the library folder.`,
  ]
  const message = `The library's database is damaged and cannot be read. Your videos are not touched. ${ways.join(' ')}`
  const details = { snapshot: newest?.name ?? null, madeAt: newest?.madeAt ?? null, readable: false }
  return new EngineError('library_damaged', message, details, { cause })
}

/** The same where it can still be read: one line for standard error. */
export function readableOnly(folder: DataFolder): string {
  const [newest] = listSnapshots(folder)
  const at = `--data "${folder.root}"`
  const snapshot = newest
    ? `"npm run library -- use-snapshot ${newest.name} ${at}" (the copy of ${dateOf(newest)}) or `
    : ''
  return (
    "The library's database is damaged: it was opened read only, nothing is changed or deleted. " +
    `Close Fieldreel, then use ${snapshot}"npm run library -- rebuild ${at}".`
  )
}

function noCheck(isSound: boolean): Pick<OpenedLibrary, 'isChecked' | 'close'> {
  return { isChecked: () => isSound, close: async () => undefined }
}

function dateOf({ madeAt }: Snapshot): string {
  return `${madeAt.slice(0, 16).replace('T', ' ')} UTC`
}

function openNew({ folder, schema, log }: OpenLibraryOptions): OpenedLibrary {
  const [newest] = listSnapshots(folder)
  if (newest)
    log.warn(
      { snapshot: newest.name },
      'there was no database: a new one was made, though a copy of an old one is there',
    )
  return { database: Database.open(folder.database, schema), state: 'new', ...noCheck(true) }
}

function openDamaged(folder: DataFolder): OpenedLibrary {
  // Not even opened: SQLite would delete the journal of a file that was cut to nothing.
  if (isEmpty(folder.database)) throw unreadable(folder, new Error('The file is empty.'))
  try {
    const database = Database.openToRead(folder.database)
    return { database, state: 'read_only', ...noCheck(false) }
  } catch (error) {
    throw isDamaged(error) ? unreadable(folder, error) : error
  }
}

/** Nothing is there, or what SQLite leaves before it writes for the first time. @throws EngineError when something else is. */
function isAbsent(folder: DataFolder): boolean {
  const stat = lstatSync(folder.database, { throwIfNoEntry: false })
  if (!stat) return true
  if (stat.isDirectory()) throw unreadable(folder, new Error('A folder lies where the database should be.'))
  // Cut to nothing is damage wherever there was something once.
  return stat.size === 0 && databaseBytes(folder.database) === 0 && listSnapshots(folder).length === 0
}

function isEmpty(file: string): boolean {
  return statSync(file).size === 0
}

interface Check {
  /** undefined when it takes longer than a start may wait. */
  readonly first: Promise<string[] | undefined>
  readonly whole: Promise<string[]>
  readonly stop: () => void
}

function startCheck(file: string, thread: DatabaseThread, patienceMs = PATIENCE_MS): Check {
  const bytes = databaseBytes(file)
  if (isEmpty(file)) return done(['the file is empty'])
  if (bytes <= AT_ONCE_BYTES) return done(checkNow(file))
  const stopping = new AbortController()
  const whole = thread.check(file, stopping.signal).then((problems) => problems.concat(checkVersion(file)))
  // Awaited below, or by `watchCheck`: until then it must not count as unhandled.
  whole.catch(() => undefined)
  const patience = pause(patienceMs, undefined, { ref: false })
  return { first: Promise.race([whole, patience]), whole, stop: () => stopping.abort() }
}

function done(problems: string[]): Check {
  const whole = Promise.resolve(problems)
  return { first: whole, whole, stop: () => undefined }
}

function checkNow(file: string): string[] {
  const problems = findDamage(file)
  return problems.length > 0 ? problems : checkVersion(file)
}

function checkVersion(file: string): string[] {
  const problem = versionProblem(file)
  return problem === null ? [] : [problem]
}

async function watchCheck(check: Promise<string[]>, database: Database, log: Log): Promise<boolean> {
  try {
    const problems = await check
    if (problems.length === 0) return true
    log.error({ problems }, 'the database is damaged: it is read only from now on')
    database.markDamaged()
  } catch (error) {
    log.warn({ err: error }, 'the database could not be checked to the end')
  }
  return false
}

async function snapshotBeforeMigration(options: OpenLibraryOptions, thread: DatabaseThread): Promise<void> {
  const { folder, schema, log } = options
  if (schemaAge(folder.database, schema) !== 'older') return
  const isSmall = databaseBytes(folder.database) <= AT_ONCE_BYTES
  const copy = isSmall ? copyDatabase : (file: string, target: string) => thread.copy(file, target)
  const { name } = await makeSnapshot(folder, 'migration', copy)
  log.info({ snapshot: name }, 'a snapshot was made before the migration')
}

function isDamaged(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'library_damaged'
}
