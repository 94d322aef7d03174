import path from 'node:path'
import { expect, it } from 'vitest'
import { copyDatabase } from '../../../main/platform/database/copy.ts'
import { schema } from '../../../main/engine/schema.ts'
import { DailySnapshots, Database, listSnapshots, makeSnapshot } from '../../../main/platform/database/index.ts'
import { DataFolder } from '../../../main/platform/files/index.ts'
import { silentLog } from '../../support/log.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const HOUR_MS = 3_600_000
const NOON = Date.UTC(2026, 5, 15, 12)

async function library(): Promise<DataFolder> {
  const folder = DataFolder.open(path.join(await temporaryFolder(), 'library'))
  Database.open(folder.database, schema).close()
  return folder
}

/** Ends a library at an instant. @returns the instants of the snapshots of days that are there then, newest first. */
async function daysAfterEnd(folder: DataFolder, now: number, isWorthKeeping = true): Promise<number[]> {
  const options = { folder, workersFolder: '', log: silentLog, isWorthKeeping: () => isWorthKeeping }
  await new DailySnapshots(options).close(now)
  return listSnapshots(folder).flatMap(({ reason, madeAt }) => (reason === 'daily' ? [Date.parse(madeAt)] : []))
}

it('makes one at the end of a library that has none', async () => {
  expect(await daysAfterEnd(await library(), NOON)).toEqual([NOON])
})

it.each([
  ['a minute', 60_000, false],
  ['a moment less than a day', 24 * HOUR_MS - 1, false],
  ['a day', 24 * HOUR_MS, true],
])('when the last one is %s old (%i ms), makes another: %s', async (_age, ageMs, isMade) => {
  const folder = await library()
  await makeSnapshot(folder, 'daily', copyDatabase, NOON - ageMs)
  expect(await daysAfterEnd(folder, NOON)).toEqual(isMade ? [NOON, NOON - ageMs] : [NOON - ageMs])
})

it.each([1, HOUR_MS, 400 * 24 * HOUR_MS])('makes one although there is one of %i ms in the future', async (aheadMs) => {
  const folder = await library()
  await makeSnapshot(folder, 'daily', copyDatabase, NOON + aheadMs)
  expect(await daysAfterEnd(folder, NOON)).toEqual([NOON + aheadMs, NOON])
})

it('makes one although a migration made one today', async () => {
  const folder = await library()
  await makeSnapshot(folder, 'migration', copyDatabase, NOON - 60_000)
  expect(await daysAfterEnd(folder, NOON)).toEqual([NOON])
})

it('makes none of what is not worth keeping', async () => {
  expect(await daysAfterEnd(await library(), NOON, false)).toEqual([])
})
