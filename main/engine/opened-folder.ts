import { existsSync } from 'node:fs'
import { EngineError } from '../contract/index.ts'
import { type Database, lockLibrary, openLibrary, unreadable } from '../platform/database/index.ts'
import { DataFolder, explainWriteFailure, LibraryIdentity } from '../platform/files/index.ts'
import { type Log, openLog } from '../platform/log/index.ts'
import { schema } from './schema.ts'

export interface LibraryOptions {
  /** The data folder; made when it is not there. */
  readonly data: string
  /** Holds the built entries of workers and processes. */
  readonly workersFolder: string
  readonly logToStderr: boolean
  readonly env: NodeJS.ProcessEnv
  /** What becomes of a damaged database: it is read as far as it goes (the default), or put into quarantine for a new one. */
  readonly whenDamaged?: 'read' | 'begin-anew'
}

/** A library's folder, locked, with its database open. */
export interface OpenedFolder {
  readonly folder: DataFolder
  readonly log: Log
  readonly database: Database
  readonly state: 'good' | 'new' | 'read_only'
  /** Whether the whole database was found sound; a large one is still being read for a while. */
  readonly isChecked: () => boolean
  readonly close: () => Promise<void>
}

/**
 * Opens a library and builds on it. One that turns out to be damaged while it is built on is built on once more, to read.
 * @throws EngineError `library_damaged` when it cannot even be read; what `openFolder` and `build` throw.
 */
export async function withLibrary<T>(options: LibraryOptions, build: (opened: OpenedFolder) => Promise<T>): Promise<T> {
  const opened = await openFolder(options, false)
  try {
    return await build(opened)
  } catch (error) {
    await opened.close()
    if (!isDamaged(error)) throw error
    if (opened.state === 'read_only') throw unreadable(opened.folder, error)
  }
  const readable = await openFolder(options, true)
  try {
    return await build(readable)
  } catch (error) {
    await readable.close()
    throw isDamaged(error) ? unreadable(readable.folder, error) : error
  }
}

async function openFolder(options: LibraryOptions, asDamaged: boolean): Promise<OpenedFolder> {
  const folder = makeFolder(options.data)
  const lock = lockLibrary(folder.lock, folder.database)
  let closeLog: () => void = () => undefined
  try {
    const opened = openLog(folder.logs, { alsoStderr: options.logToStderr, env: options.env })
    closeLog = opened.close
    const { workersFolder, whenDamaged } = options
    const how = { folder, schema, workersFolder, log: opened.log, asDamaged, ...(whenDamaged && { whenDamaged }) }
    const { database, state, isChecked, close } = await openLibrary(how)
    identify(folder, database)
    return {
      ...{ folder, log: opened.log, database, state, isChecked },
      close: async () => {
        await close()
        database.close()
        folder.identity?.close()
        closeLog()
        lock.release()
      },
    }
  } catch (error) {
    closeLog()
    lock.release()
    throw error
  }
}

/** From now on nothing is written unless these very files are at their paths. */
function identify(folder: DataFolder, database: Database): void {
  // Rows are committed into the journal first: without it they are as lost as without the database.
  const files = [folder.database, `${folder.database}-wal`].filter(existsSync)
  const identity = new LibraryIdentity(folder.root, files)
  folder.identity = identity
  database.guardWrites(() => identity.assertThere())
}

/** @throws EngineError `storage_refused`, `storage_full`. */
function makeFolder(data: string): DataFolder {
  try {
    return DataFolder.open(data)
  } catch (error) {
    throw explainWriteFailure(error, data)
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'library_damaged'
}
