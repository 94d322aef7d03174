import { closeSync, fchmodSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { EngineError } from '../../contract/index.ts'
import { crashPoint } from '../files/index.ts'
import { connect } from './connection.ts'
import { Database } from './database.ts'
import { explained } from './failure.ts'
import { findDamage } from './soundness.ts'

/**
 * Writes the state of a database at one instant into a new file, syncs and checks it; the database may be in use.
 * Blocks this thread.
 * @param target is deleted first when it is there.
 * @throws EngineError `library_damaged` when the database or the copy is, `storage_full`, `storage_refused`.
 */
export function copyDatabase(file: string, target: string): void {
  rmSync(target, { force: true })
  const connection = connect(file, { readonly: true })
  try {
    // Writes table after table anew, so the copy holds no free pages; an index that is out of step fails the check below.
    explained(() => connection.prepare('VACUUM INTO :target').run({ target }))
  } finally {
    connection.close()
  }
  crashPoint('snapshot.written')
  syncFile(target)
  crashPoint('snapshot.synced')
  const [problem] = findDamage(target)
  if (problem === undefined) return
  rmSync(target, { force: true })
  throw new EngineError('library_damaged', `The copy of the database is damaged: ${problem}.`)
}

/** Changes a copy that is open nowhere else, and syncs it. @throws what `change` throws; then nothing is changed. */
export function changeCopy(copy: string, change: (database: Database) => void): void {
  const database = Database.openCopy(copy)
  try {
    database.transaction(() => change(database))
  } finally {
    database.close()
  }
  syncFile(copy)
}

/** Makes the bytes of a file survive a power cut, and readable by this user only. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fchmodSync(handle, 0o600)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
