import { existsSync } from 'node:fs'
import { EngineError, type Finding } from '../../../contract/index.ts'
import { assertSameSchema, Database, inspectDatabase, schemaAge } from '../../../platform/database/index.ts'
import { assertRestored, DataFolder } from '../../../platform/files/index.ts'
import { schema } from '../../schema.ts'
import { RepairMarks } from '../repair-marks.ts'
import { BY_BACKUP, finding } from '../findings.ts'
import { Inventory } from '../inventory.ts'
import { Pace, type Rates } from '../pace.ts'
import { Progress, type WorkProgress } from '../progress.ts'
import { checkDerived } from './derived.ts'
import { checkObjects, checkUnknownObjects } from './objects.ts'
import { checkSidecars } from './sidecars.ts'
import { checkStreams } from './streams.ts'
import { checkUploads } from './uploads.ts'
import type { Verification } from './verification.ts'

export interface VerifyRequest {
  readonly root: string
  readonly rates: Rates
  /** Continues after this object; '' for a whole verify. */
  readonly after: string
  /** Objects that an earlier part of the same verify found bad. */
  readonly badObjects: readonly string[]
}

export interface Verified {
  /** Objects and bytes that were read, without those of an earlier part. */
  readonly objects: number
  readonly bytes: number
}

export interface VerifyCall {
  readonly signal: AbortSignal
  readonly onFinding: (finding: Finding) => void
  readonly onProgress: (progress: WorkProgress) => void
}

/**
 * Reads everything that a library keeps and names what is damaged. Works beside a process that has the library open:
 * it only reads, but for damaged pictures and indices, which it removes so that they are made again.
 * @throws EngineError `not_found` when there is no library, `unavailable` for one of another version,
 * `library_damaged` for one that is only partly restored, `cancelled`.
 */
export async function verify(request: VerifyRequest, call: VerifyCall): Promise<Verified> {
  const folder = DataFolder.at(request.root)
  assertRestored(folder.root)
  assertLibrary(folder)
  const checked = { objects: 0, after: request.after }
  const progress = new Progress(call.onProgress, checked)
  progress.begin('Checking the database')
  const problems = existsSync(folder.database) ? inspectDatabase(folder.database) : ['The file is missing.']
  if (problems.length > 0) call.onFinding(databaseFinding(folder, problems))
  const connection = openRows(folder)
  try {
    return await checkAll(request, call, folder, connection ? new Inventory(connection) : null, { progress, checked })
  } finally {
    connection?.close()
  }
}

async function checkAll(
  request: VerifyRequest,
  { signal, onFinding }: VerifyCall,
  folder: DataFolder,
  rows: Inventory | null,
  { progress, checked }: { progress: Progress; checked: { objects: number; after: string } },
): Promise<Verified> {
  progress.expect(attempt(() => rows?.bytesToRead(request.after)) ?? 0)
  const isBusy = (): boolean => attempt(() => rows?.isBusy()) ?? false
  const verification: Verification = {
    ...{ folder, rows, signal, report: onFinding },
    pace: new Pace(request.rates, isBusy, signal),
    marks: new RepairMarks(folder),
    badObjects: new Set(request.badObjects),
    onBytes: (bytes) => progress.add(bytes),
  }
  const objectDone = (sha256: string, isSettled: boolean): void => {
    checked.objects += 1
    // A later verify may begin after it.
    if (isSettled) checked.after = sha256
    progress.add(0)
  }
  const steps: [string, (verification: Verification) => Promise<void>][] = [
    ['Reading objects', (now) => checkObjects(now, request.after, objectDone)],
    ['Looking for unknown objects', checkUnknownObjects],
    ['Reading sidecars', checkSidecars],
    ['Reading unfinished uploads', checkUploads],
    ['Reading pictures and previews', checkDerived],
    ['Reading task streams', checkStreams],
  ]
  for (const [step, check] of steps) {
    progress.begin(step)
    await orWithoutRows(verification, check)
  }
  return { objects: checked.objects, bytes: progress.bytesDone }
}

/** Rows of a damaged database may fail at any place: what can be checked without them still is. */
async function orWithoutRows(verification: Verification, check: (now: Verification) => Promise<void>): Promise<void> {
  try {
    await check(verification)
  } catch (error) {
    if (!isDamage(error)) throw error
    await check({ ...verification, rows: null })
  }
}

function openRows({ database }: DataFolder): Database | null {
  const age = schemaAge(database, schema)
  assertSameSchema(age)
  if (age === null) return null
  const connection = attempt(() => Database.openToRead(database)) ?? null
  if (connection && attempt(() => new Inventory(connection)) === undefined) {
    connection.close()
    return null
  }
  return connection
}

/** Undefined where the database is too damaged to say. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (isDamage(error) || (error instanceof EngineError && error.code === 'unavailable')) return undefined
    throw error
  }
}

function isDamage(error: unknown): boolean {
  if (error instanceof EngineError) return error.code === 'library_damaged' || isDamage(error.cause)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  // Tables may be missing, too, or rows hold what no row of ours does.
  return /^SQLITE_(CORRUPT|NOTADB|ERROR|IOERR|MISMATCH)/.test(code)
}

function assertLibrary({ root, database, objects }: DataFolder): void {
  if (existsSync(database) || existsSync(objects)) return
  throw new EngineError('not_found', `There is no library in ${root}.`)
}

function databaseFinding({ database }: DataFolder, problems: readonly string[]): Finding {
  const isThere = existsSync(database)
  const subject = { kind: 'database', path: 'fieldreel.db' } as const
  return finding(subject, isThere ? 'damaged' : 'missing', BY_BACKUP, `SQLite says: ${problems.join(' ')}`)
}
