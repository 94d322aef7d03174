import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { Database, type Schema } from '../../../main/platform/database/index.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const schema: Schema = [{ domain: 'notes', steps: ['CREATE TABLE notes (text TEXT) STRICT'] }]
const FULL = { synchronous: 2 }
const NORMAL = { synchronous: 1 }

async function openDatabase() {
  const file = path.join(await temporaryFolder(), 'fieldreel.db')
  const database = Database.open(file, schema)
  onTestFinished(() => database.close())
  const insert = database.prepare('INSERT INTO notes (text) VALUES (:text)')
  // The pragma is run when it is prepared.
  const level = () => database.prepare('PRAGMA synchronous').get()
  return { file, database, level, add: (text: string) => void insert.run({ text }) }
}

it('waits for the disk at every commit but an unsynced one', async () => {
  const { database, level, add } = await openDatabase()
  const seen: unknown[] = [level()]
  database.unsynced(() => {
    seen.push(level())
    add('one')
    // What is told after the commit may write as everybody else.
    database.afterCommit(() => seen.push(level()))
  })
  expect([...seen, level()]).toEqual([FULL, NORMAL, FULL, FULL])
  await expect(database.synced()).resolves.toBeUndefined()
})

it('undoes an unsynced transaction that throws, and waits for the disk again', async () => {
  const { database, level, add } = await openDatabase()
  const failing = (): void =>
    database.unsynced(() => {
      add('one')
      throw new Error('no')
    })
  expect(failing).toThrow('no')
  expect(level()).toEqual(FULL)
  expect(database.prepare('SELECT * FROM notes').all()).toEqual([])
})

it('joins the transaction that is open, which is synced', async () => {
  const { database, level, add } = await openDatabase()
  database.transaction(() => {
    database.unsynced(() => add('one'))
    expect(level()).toEqual(FULL)
  })
})

it('syncs for all who wait, also while one sync is under way and after closing', async () => {
  const { file, database, add } = await openDatabase()
  const waits = ['one', 'two', 'three'].map((text) => {
    database.unsynced(() => add(text))
    return database.synced()
  })
  database.close()
  await expect(Promise.all(waits)).resolves.toHaveLength(3)
  const again = Database.openToRead(file)
  expect(again.prepare('SELECT text FROM notes').all()).toHaveLength(3)
  again.close()
})
