import { schema } from '../../../main/engine/schema.ts'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { DataFolder } from '../../../main/platform/files/index.ts'
import {
  Database,
  listSnapshots,
  lockLibrary,
  makeSnapshot,
  openLibrary,
  useSnapshot,
} from '../../../main/platform/database/index.ts'
import { copyDatabase } from '../../../main/platform/database/copy.ts'
import { silentLog } from '../../support/log.ts'
import { buildTo } from '../../fixtures/built.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

let processes = ''
beforeAll(async () => {
  processes = await buildTo(path.join(import.meta.dirname, 'snapshot-process.ts'))
})

const DAY_MS = 24 * 60 * 60_000
const JANUARY = Date.UTC(2026, 0, 1)

/** A library whose settings hold `count` rows. */
async function library(count: number): Promise<DataFolder> {
  const folder = DataFolder.open(path.join(await temporaryFolder(), 'library'))
  const database = Database.open(folder.database, schema)
  fill(database, count)
  database.close()
  return folder
}

function fill(database: Database, count: number): void {
  const put = database.prepare('INSERT INTO settings (name, value) VALUES (:name, :value)')
  for (let row = 0; row < count; row += 1) put.run({ name: `row ${row}`, value: JSON.stringify('x'.repeat(100)) })
}

function count(file: string): number {
  const database = Database.openToRead(file)
  try {
    return database.prepare<{ rows: number }>('SELECT count(*) AS rows FROM settings').get()?.rows ?? -1
  } finally {
    database.close()
  }
}

const inSnapshots = (folder: DataFolder): string[] => readdirSync(folder.snapshots).toSorted()

describe('a snapshot', () => {
  it('holds the database as it is, with what is not written back from its journal yet', async () => {
    const folder = await library(5)
    const database = Database.open(folder.database, schema)
    database.prepare(`INSERT INTO settings (name, value) VALUES ('late', '1')`).run()
    const { name } = await makeSnapshot(folder, 'daily', copyDatabase)
    database.close()
    expect(count(path.join(folder.snapshots, name))).toBe(6)
    expect(listSnapshots(folder)).toMatchObject([{ name, reason: 'daily' }])
  })

  it('of a damaged database is refused and leaves nothing behind', async () => {
    const folder = await library(400)
    const bytes = readFileSync(folder.database)
    bytes.fill(7, bytes.length - 3 * 4096)
    writeFileSync(folder.database, bytes)
    await expect(makeSnapshot(folder, 'daily', copyDatabase)).rejects.toMatchObject({ code: 'library_damaged' })
    expect(listSnapshots(folder)).toEqual([])
  })

  it('pushes out the oldest of its own kind only: seven of the days, three of migrations', async () => {
    const folder = await library(1)
    for (let day = 0; day < 9; day += 1) await makeSnapshot(folder, 'daily', copyDatabase, JANUARY + day * DAY_MS)
    for (let day = 0; day < 5; day += 1) await makeSnapshot(folder, 'migration', copyDatabase, JANUARY + day * DAY_MS)
    const kept = listSnapshots(folder)
    const days = (reason: string) =>
      kept.filter((one) => one.reason === reason).map(({ madeAt }) => madeAt.slice(8, 10))
    expect(days('daily')).toEqual(['09', '08', '07', '06', '05', '04', '03'])
    expect(days('migration')).toEqual(['05', '04', '03'])
  })

  it('is one only by its name: everything else in the folder is left alone', async () => {
    const folder = await library(1)
    await makeSnapshot(folder, 'daily', copyDatabase)
    writeFileSync(path.join(folder.snapshots, 'notes.txt'), 'mine')
    writeFileSync(path.join(folder.snapshots, 'daily-old.db'), 'mine')
    await makeSnapshot(folder, 'daily', copyDatabase, JANUARY)
    expect(listSnapshots(folder)).toHaveLength(2)
    expect(inSnapshots(folder)).toEqual(expect.arrayContaining(['notes.txt', 'daily-old.db']))
  })
})

describe('using a snapshot', () => {
  it('puts its state in place and the damaged database with its journal into quarantine', async () => {
    const folder = await library(5)
    const { name } = await makeSnapshot(folder, 'daily', copyDatabase)
    writeFileSync(folder.database, 'damaged')
    writeFileSync(`${folder.database}-wal`, 'journal')
    const aside = await useSnapshot(folder, name)
    expect(count(folder.database)).toBe(5)
    expect(readFileSync(path.join(aside ?? '', 'fieldreel.db'), 'utf8')).toBe('damaged')
    expect(readFileSync(path.join(aside ?? '', 'fieldreel.db-wal'), 'utf8')).toBe('journal')
    expect(listSnapshots(folder)).toHaveLength(1)
  })

  it('needs no database to be there', async () => {
    const folder = await library(5)
    const { name } = await makeSnapshot(folder, 'daily', copyDatabase)
    rmSync(folder.database)
    await useSnapshot(folder, name)
    expect(count(folder.database)).toBe(5)
  })

  it.each(['../fieldreel.db', 'daily-20260101T000000000Z.db', '', 'instance.lock'])(
    'refuses the name %j',
    async (name) => {
      const folder = await library(1)
      await makeSnapshot(folder, 'daily', copyDatabase)
      await expect(useSnapshot(folder, name)).rejects.toMatchObject({ code: 'not_found' })
    },
  )

  it('refuses a snapshot that is damaged, and changes nothing', async () => {
    const folder = await library(5)
    const { name } = await makeSnapshot(folder, 'daily', copyDatabase)
    writeFileSync(path.join(folder.snapshots, name), 'no database')
    await expect(useSnapshot(folder, name)).rejects.toMatchObject({ code: 'library_damaged' })
    expect(count(folder.database)).toBe(5)
  })

  it('refuses while a Fieldreel has the library open', async () => {
    const folder = await library(5)
    const { name } = await makeSnapshot(folder, 'daily', copyDatabase)
    const lock = lockLibrary(folder.lock)
    await expect(useSnapshot(folder, name)).rejects.toMatchObject({ code: 'conflict' })
    lock.release()
  })
})

describe('an empty file in the place of the database', () => {
  const opened = (folder: DataFolder) => openLibrary({ folder, schema, workersFolder: '', log: silentLog })

  it('is a new library where nothing tells of an old one', async () => {
    const folder = await library(1)
    writeFileSync(folder.database, '')
    const { state, database } = await opened(folder)
    database.close()
    expect(state).toBe('new')
  })

  it('is a damaged one where a copy of an old one is there, and is left as it is', async () => {
    const folder = await library(5)
    const { name } = await makeSnapshot(folder, 'daily', copyDatabase)
    writeFileSync(folder.database, '')
    const damaged = { code: 'library_damaged', details: { snapshot: name, readable: false } }
    await expect(opened(folder)).rejects.toMatchObject(damaged)
    expect(readFileSync(folder.database)).toHaveLength(0)
    await useSnapshot(folder, name)
    expect(count(folder.database)).toBe(5)
  })

  it('is a damaged one where a journal holds what was written last', async () => {
    const folder = await library(1)
    writeFileSync(folder.database, '')
    writeFileSync(`${folder.database}-wal`, 'journal')
    await expect(opened(folder)).rejects.toMatchObject({ code: 'library_damaged' })
    expect(readFileSync(`${folder.database}-wal`, 'utf8')).toBe('journal')
  })
})

describe('a crash', () => {
  const CUTS = ['snapshot.written', 'snapshot.synced', 'snapshot.placed'] as const
  it.each(CUTS)('right after %s leaves a whole snapshot or none', async (point) => {
    const folder = await library(5)
    expect(inAnotherProcess(point, folder, 'make')).toBe('SIGKILL')
    for (const { name } of listSnapshots(folder)) expect(count(path.join(folder.snapshots, name))).toBe(5)
    expect(listSnapshots(folder)).toHaveLength(point === 'snapshot.placed' ? 1 : 0)
    await makeSnapshot(folder, 'daily', copyDatabase, JANUARY)
    expect(inSnapshots(folder).filter((name) => name.includes('making'))).toEqual([])
  })

  it('leaves no journal without its database: in the place of another it would be applied to that', async () => {
    const folder = await library(2)
    await makeSnapshot(folder, 'daily', copyDatabase)
    for (const journal of ['-shm', '-wal', '-journal']) writeFileSync(`${folder.database}${journal}`, 'journal')
    for (let moved = 1; moved <= 3; moved += 1) {
      expect(inAnotherProcess('snapshot.aside-begun', folder, moved === 1 ? 'use' : 'open')).toBe('SIGKILL')
      expect(existsSync(folder.database)).toBe(true)
    }
    expect(inSnapshots(folder)).toHaveLength(1)
    inAnotherProcess('', folder, 'open')
    expect(count(folder.database)).toBe(2)
  })

  const USES: [string, number][] = [
    ['snapshot.staged', 5],
    ['snapshot.chosen', 2],
    ['snapshot.aside-begun', 2],
    ['snapshot.aside-begun:2', 2],
    ['snapshot.aside', 2],
    ['snapshot.used', 2],
  ]
  it.each(USES)('right after %s is finished by the next start, and nothing is lost', async (point, rows) => {
    const folder = await library(2)
    await makeSnapshot(folder, 'daily', copyDatabase)
    const database = Database.open(folder.database, schema)
    fill(database, 0)
    for (let row = 2; row < 5; row += 1) {
      database.prepare(`INSERT INTO settings (name, value) VALUES (:name, '1')`).run({ name: `row ${row}` })
    }
    // Left open over the crash: its journal lies beside it.
    expect(inAnotherProcess(point, folder, 'use')).toBe('SIGKILL')
    expect(inAnotherProcess('', folder, 'open')).toBeNull()
    expect(count(folder.database)).toBe(rows)
    const aside = existsSync(path.join(folder.root, 'quarantine'))
      ? readdirSync(path.join(folder.root, 'quarantine'), { recursive: true }).map(String)
      : []
    const keptAside = aside.filter((name) => /fieldreel\.db(-wal)?$/.test(name)).map((name) => path.basename(name))
    expect(keptAside.toSorted()).toEqual(rows === 5 ? [] : ['fieldreel.db', 'fieldreel.db-wal'])
    expect(existsSync(`${folder.database}.chosen`)).toBe(false)
    database.close()
  })
})

/** Runs a step in a process of its own, with the built code. @returns the signal that ended it. */
function inAnotherProcess(point: string, folder: DataFolder, what: 'make' | 'use' | 'open'): string | null {
  const { signal, stderr, status } = spawnSync(
    process.execPath,
    [path.join(processes, 'snapshot-process.js'), what, folder.root],
    { env: { ...process.env, FIELDREEL_CRASH_AT: point }, encoding: 'utf8' },
  )
  expect(status === 0 || signal === 'SIGKILL', stderr).toBe(true)
  return signal
}
