import {
  copyFileSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { EngineError, type Snapshot } from '../../contract/index.ts'
import { toInstant } from '../../base/clock.ts'
import { crashPoint, type DataFolder, explainWriteFailure, syncFolder } from '../files/index.ts'
import { syncFile } from './copy.ts'
import { lockLibrary } from './lock.ts'
import { findDamage } from './soundness.ts'

/** How many of each kind are kept; the newest ones. */
export const KEPT_SNAPSHOTS: Readonly<Record<Snapshot['reason'], number>> = { daily: 7, migration: 3 }

/** `daily-20261129T135211123Z.db`: reason and instant, so that the folder alone says what there is. */
const NAME = /^(daily|migration)-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z\.db$/
const UNFINISHED = /^(daily|migration)-\w+\.db\.making(-journal|-wal|-shm)?$/
/** Of a database, in the order in which they are put aside: a journal beside another database would be applied to it. */
const PARTS = ['-shm', '-wal', '-journal', ''] as const

/** Newest first. Other files in the folder are ignored. @throws Error of the file system. */
export function listSnapshots({ snapshots: place }: DataFolder): Snapshot[] {
  if (!existsSync(place)) return []
  return readdirSync(place)
    .flatMap((name) => describe(place, name) ?? [])
    .toSorted((one, other) => (one.madeAt < other.madeAt ? 1 : -1))
}

/**
 * Makes a snapshot. The caller sees to it that the database passed its check.
 * @param copy see `copyDatabase`.
 * @throws EngineError `library_damaged`, `storage_full`, `storage_refused`.
 */
export async function makeSnapshot(
  folder: DataFolder,
  reason: Snapshot['reason'],
  copy: (file: string, target: string) => void | Promise<void>,
  now = Date.now(),
): Promise<Snapshot> {
  const place = folder.snapshots
  try {
    makePrivateFolder(place)
    removeUnfinished(place)
    const name = `${reason}-${toInstant(now).replace(/[-:.]/g, '')}.db`
    const target = path.join(place, name)
    await copy(folder.database, `${target}.making`)
    renameSync(`${target}.making`, target)
    await syncFolder(place)
    await syncFolder(folder.root)
    crashPoint('snapshot.placed')
    removeOld(folder)
    return { name, madeAt: toInstant(now), sizeBytes: statSync(target).size, reason }
  } catch (error) {
    throw explainWriteFailure(error, place)
  }
}

/**
 * Puts a copy of a snapshot in the place of the database, which goes to quarantine/ and is never deleted. The library
 * must be closed. After a crash at any moment the next start finishes it, or begins from the old database again.
 * @returns the folder that the old database lies in, or null when there was none.
 * @throws EngineError `not_found`, `library_damaged` when the snapshot is, `conflict` when a Fieldreel has the library
 * open, `storage_full`, `storage_refused`.
 */
export async function useSnapshot(folder: DataFolder, name: string): Promise<string | null> {
  const snapshot = path.join(folder.snapshots, name)
  // Only names of ours: nothing above the folder can be asked for.
  if (!NAME.test(name) || !existsSync(snapshot)) throw new EngineError('not_found', `There is no snapshot ${name}.`)
  if (findDamage(snapshot).length > 0) {
    throw new EngineError('library_damaged', `The snapshot ${name} is damaged, too. Choose an older one.`)
  }
  const lock = lockLibrary(folder.lock)
  try {
    rmSync(makingOf(folder), { force: true })
    copyFileSync(snapshot, makingOf(folder), constants.COPYFILE_FICLONE)
    syncFile(makingOf(folder))
    crashPoint('snapshot.staged')
    // From here on it is decided: `finishUse` goes on after a crash.
    renameSync(makingOf(folder), chosenOf(folder))
    await syncFolder(folder.root)
    crashPoint('snapshot.chosen')
    return await finishUse(folder)
  } catch (error) {
    throw explainWriteFailure(error, folder.root)
  } finally {
    lock.release()
  }
}

/**
 * Goes on where a `useSnapshot` ended that had chosen its snapshot. Run under the library's lock, before it is opened.
 * @returns the folder that the old database lies in, or null when nothing was put aside.
 */
export async function finishUse(folder: DataFolder): Promise<string | null> {
  if (!existsSync(chosenOf(folder))) return null
  const aside = await putDatabaseAside(folder)
  crashPoint('snapshot.aside')
  renameSync(chosenOf(folder), folder.database)
  await syncFolder(folder.root)
  crashPoint('snapshot.used')
  return aside
}

/**
 * Moves the database and its journals to quarantine/. Run under the library's lock, while nothing has it open.
 * @returns the folder that it lies in now, or null when there was none.
 */
export async function putDatabaseAside(folder: DataFolder): Promise<string | null> {
  const parts = PARTS.map((part) => `${folder.database}${part}`).filter(isThere)
  if (parts.length === 0) return null
  const quarantine = path.join(folder.root, 'quarantine')
  makePrivateFolder(quarantine)
  const place = path.join(quarantine, `database.fieldreel.db.${randomBytes(6).toString('hex')}`)
  makePrivateFolder(place)
  await syncFolder(quarantine)
  for (const part of parts) {
    renameSync(part, path.join(place, path.basename(part)))
    crashPoint('snapshot.aside-begun')
  }
  await syncFolder(place)
  await syncFolder(folder.root)
  return place
}

/** Written while it is not decided yet. */
function makingOf(folder: DataFolder): string {
  return `${folder.database}.making`
}

/** A whole copy of a snapshot that is to become the database. */
function chosenOf(folder: DataFolder): string {
  return `${folder.database}.chosen`
}

function describe(place: string, name: string): Snapshot | null {
  const [, reason, year, month, day, hour, minute, second, ms] = NAME.exec(name) ?? []
  if (reason !== 'daily' && reason !== 'migration') return null
  const madeAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
  const stat = lstatSync(path.join(place, name), { throwIfNoEntry: false })
  if (Number.isNaN(madeAt) || !stat?.isFile()) return null
  return { name, madeAt: toInstant(madeAt), sizeBytes: stat.size, reason }
}

function removeOld(folder: DataFolder): void {
  const all = listSnapshots(folder)
  for (const [reason, kept] of Object.entries(KEPT_SNAPSHOTS)) {
    const old = all.filter((snapshot) => snapshot.reason === reason).slice(kept)
    for (const { name } of old) rmSync(path.join(folder.snapshots, name), { force: true })
  }
}

/** What a crash left. */
function removeUnfinished(place: string): void {
  for (const name of readdirSync(place)) if (UNFINISHED.test(name)) rmSync(path.join(place, name), { force: true })
}

function makePrivateFolder(place: string): void {
  mkdirSync(place, { recursive: true, mode: 0o700 })
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined
}
