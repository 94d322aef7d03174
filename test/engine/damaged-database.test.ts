import { cp, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  type AnyOperation,
  contract,
  createAlbum,
  isReading,
  listAlbums,
  listVideos,
} from '../../main/contract/index.ts'
import { schema } from '../../main/engine/schema.ts'
import { Database, listSnapshots, openLibrary, schemaAge } from '../../main/platform/database/index.ts'
import { DataFolder } from '../../main/platform/files/index.ts'
import { type FilledLibrary, fillLibrary, KEY } from '../support/filled-library.ts'
import { ask, openEngine } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

const PAGE_BYTES = 4096
const LOG = pino({ level: 'silent' })
const damaged = { code: 'library_damaged' }

let folder = ''
let library: FilledLibrary

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'fieldreel-damaged-'))
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

it('a library is filled', { timeout: 120_000 }, async () => {
  library = await fillLibrary(folder)
})

async function copyOfLibrary(): Promise<string> {
  const data = path.join(await temporaryFolder(), 'data')
  await cp(library.data, data, { recursive: true })
  return data
}

const env = () => ({ ...process.env, FIELDREEL_API_KEY: KEY })

/** Overwrites the first page of a table or index. */
async function overwrite(file: string, name: string): Promise<void> {
  const connection = new BetterSqlite3(file, { readonly: true })
  const { rootpage } = connection.prepare('SELECT rootpage FROM sqlite_schema WHERE name = :name').get({ name }) as {
    rootpage: number
  }
  connection.close()
  const handle = await open(file, 'r+')
  await handle.write(Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, (rootpage - 1) * PAGE_BYTES)
  await handle.close()
}

async function everything(data: string): Promise<string[]> {
  const names = await readdir(data, { recursive: true })
  const facts = await Promise.all(
    names
      // SQLite's own bookkeeping of who reads, logs, and who has it open
      .filter((name) => !/-shm$|-wal$|^logs|\.lock|\.holder$/.test(name))
      .map(async (name) => {
        const { size, mtimeMs } = await stat(path.join(data, name))
        return `${name} ${size} ${mtimeMs}`
      }),
  )
  return facts.toSorted()
}

describe('a library that is opened read only', () => {
  it('answers what can be read, refuses to change anything and changes nothing by itself', async () => {
    const data = await copyOfLibrary()
    await overwrite(path.join(data, 'fieldreel.db'), 'annotations')
    const before = await everything(data)
    const engine = await openEngine(data, env())
    expect(engine.state).toBe('read_only')
    expect(engine.notice).toMatch(/read only.*npm run library -- rebuild/)
    expect((await ask(engine, listVideos, {})).total).toBe(1)
    await expect(ask(engine, createAlbum, { title: 'New' })).rejects.toMatchObject({
      ...damaged,
      message: expect.stringContaining('read only') as string,
    })
    expect(engine.makeOwnerKey()).toBeNull()
    await engine.close()
    expect(await everything(data)).toEqual(before)
  })

  it('lets the owner’s key in, also one that is given for the first time', async () => {
    const data = await copyOfLibrary()
    await overwrite(path.join(data, 'fieldreel.db'), 'annotations')
    const engine = await openEngine(data, { ...process.env, FIELDREEL_API_KEY: 'fieldreel_another_key_of_the_owner' })
    const server = await engine.serve({ host: '127.0.0.1', port: 0 })
    const as = (key: string) => ({ headers: { authorization: `Bearer ${key}` } })
    const status = async (key: string) => (await fetch(`${server.url}/api/v1/videos/`, as(key))).status
    expect(await status('fieldreel_another_key_of_the_owner')).toBe(200)
    expect(await status('fieldreel_wrong_key_of_somebody_else')).toBe(401)
    expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({ status: 'read only' })
    await server.close()
  })

  it('is not opened at all when even its people cannot be read', async () => {
    const data = await copyOfLibrary()
    await overwrite(path.join(data, 'fieldreel.db'), 'users')
    await expect(openEngine(data, env())).rejects.toMatchObject({ ...damaged, details: { readable: false } })
  })

  it('is begun new on request, with the old database in quarantine', async () => {
    const data = await copyOfLibrary()
    await writeFile(path.join(data, 'fieldreel.db'), 'no database')
    const opened = await openLibrary({
      ...{ folder: DataFolder.at(data), schema, workersFolder: path.resolve('out/main'), log: LOG },
      whenDamaged: 'begin-anew',
    })
    expect(opened.state).toBe('new')
    opened.database.close()
    expect(
      (await readdir(path.join(data, 'quarantine'), { recursive: true })).map((name) => path.basename(name)),
    ).toContain('fieldreel.db')
  })
})

describe('a library of the earlier schema', () => {
  const makeEarlier = async (): Promise<string> => {
    const data = path.join(await temporaryFolder(), 'data')
    const connection = new BetterSqlite3(DataFolder.open(data).database)
    connection.exec('CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL); PRAGMA user_version = 14')
    connection.close()
    return data
  }

  it('is refused with what to do, and not changed', async () => {
    const data = await makeEarlier()
    const before = await readFile(path.join(data, 'fieldreel.db'))
    await expect(openEngine(data)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('npm run library -- rebuild') as string,
    })
    expect((await readFile(path.join(data, 'fieldreel.db'))).subarray(100)).toEqual(before.subarray(100))
  })

  it('is put into quarantine by a rebuild, which begins a new one', async () => {
    const data = await makeEarlier()
    const opened = await openLibrary({
      ...{ folder: DataFolder.at(data), schema, workersFolder: path.resolve('out/main'), log: LOG },
      whenDamaged: 'begin-anew',
    })
    onTestFinished(() => opened.database.close())
    expect(opened.state).toBe('new')
    expect(await readdir(path.join(data, 'quarantine'))).toHaveLength(1)
  })
})

describe('damage that is met while the library is open', () => {
  it('is named to who met it; from then on nothing is written', async () => {
    const data = await copyOfLibrary()
    const engine = await openEngine(data, env())
    await overwriteLive(data)
    const met = await until('somebody to meet it', () =>
      ask(engine, listAlbums, {}).then(
        () => null,
        (error: unknown) => error,
      ),
    )
    expect(met).toMatchObject(damaged)
    await expect(ask(engine, createAlbum, { title: 'New' })).rejects.toMatchObject({
      ...damaged,
      message: expect.stringContaining('read only') as string,
    })
    await engine.close()
  })

  it('by a check that takes longer than a start may wait stops all writing', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const place = DataFolder.open(data)
    const filling = Database.open(place.database, schema)
    const put = filling.prepare('INSERT INTO settings (name, value) VALUES (:name, :value)')
    filling.transaction(() => {
      for (let row = 0; row < 400; row += 1) put.run({ name: `row ${row}`, value: 'x'.repeat(10_000) })
    })
    filling.close()
    const handle = await open(place.database, 'r+')
    await handle.write(Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, 300 * PAGE_BYTES)
    await handle.close()
    const how = { folder: place, schema, workersFolder: path.resolve('out/main'), log: LOG }
    const { database, state, isChecked } = await openLibrary({ ...how, patienceMs: 0 })
    onTestFinished(() => database.close())
    expect([state, isChecked(), database.isReadOnly]).toEqual(['good', false, false])
    await until('the check to end', () => database.isReadOnly)
    expect(isChecked()).toBe(false)
    database.close()
    expect((await openLibrary(how)).state).toBe('read_only')
  })
})

/** Damages the file below an open library, and takes away what SQLite remembers of it. */
async function overwriteLive(data: string): Promise<void> {
  const file = path.join(data, 'fieldreel.db')
  const connection = new BetterSqlite3(file)
  connection.pragma('wal_checkpoint(TRUNCATE)')
  connection.close()
  await overwrite(file, 'albums')
  const other = new BetterSqlite3(file)
  // A change by somebody else: every other connection then reads the file anew.
  other.prepare(`INSERT INTO settings (name, value) VALUES ('another', '1')`).run()
  other.close()
}

describe('snapshots of a library in use', () => {
  it('are made at the end of the first day that it holds something, once a day', async () => {
    const data = await copyOfLibrary()
    const place = DataFolder.at(data)
    expect(listSnapshots(place)).toMatchObject([{ reason: 'daily' }])
    await (await openEngine(data, env())).close()
    expect(listSnapshots(place)).toHaveLength(1)
    const database = Database.openToRead(path.join(place.snapshots, listSnapshots(place)[0]!.name))
    expect(database.isSound()).toBe(true)
    expect(database.prepare('SELECT id FROM media').all()).toEqual([{ id: library.videoId }])
    database.close()
  })

  it('are not made of one that holds nothing, or is damaged', async () => {
    const empty = path.join(await temporaryFolder(), 'data')
    await (await openEngine(empty)).close()
    expect(listSnapshots(DataFolder.at(empty))).toEqual([])
    const data = await copyOfLibrary()
    await rm(path.join(data, 'snapshots'), { recursive: true })
    await overwrite(path.join(data, 'fieldreel.db'), 'annotations')
    await (await openEngine(data, env())).close()
    expect(listSnapshots(DataFolder.at(data))).toEqual([])
  })

  it('are made before a library of an older version is migrated', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const place = DataFolder.open(data)
    Database.open(place.database, schema.slice(0, -1)).close()
    await openEngine(data)
    const [snapshot] = listSnapshots(place)
    expect(snapshot).toMatchObject({ reason: 'migration' })
    const kept = path.join(place.snapshots, snapshot!.name)
    expect([schemaAge(kept, schema), schemaAge(place.database, schema)]).toEqual(['older', 'same'])
  })

  it('are offered by name when the database cannot be read', async () => {
    const data = await copyOfLibrary()
    await writeFile(path.join(data, 'fieldreel.db'), 'no database')
    const [snapshot] = listSnapshots(DataFolder.at(data))
    await expect(openEngine(data, env())).rejects.toMatchObject({
      ...damaged,
      message: expect.stringContaining(`use-snapshot ${snapshot!.name} --data "${data}"`) as string,
      details: { snapshot: snapshot!.name },
    })
  })
})

describe('every operation of the contract', () => {
  const reads = (operation: AnyOperation) => isReading(operation)

  it('that needs the right to write is refused by a library that is only read', () => {
    expect(contract.filter(({ scope }) => scope === 'write').filter(reads)).toEqual([])
  })

  it('that is only read is known by what it is called', () => {
    const verbs = contract.filter(({ scope }) => scope !== 'read').filter(reads)
    const READS = /\.(get|list|open\w*)$|^maintenance\.(verify|rebuild|stop)$/
    expect(verbs.map(({ name }) => name).filter((name) => !READS.test(name))).toEqual([])
    const others = contract.filter(({ scope }) => scope !== 'read').filter((operation) => !reads(operation))
    expect(others.map(({ name }) => name).filter((name) => READS.test(name))).toEqual([])
  })
})
