import path from 'node:path'
import { expect, it } from 'vitest'
import { Database, type Schema, schemaAge } from '../../../main/platform/database/index.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const notes = (...steps: string[]): Schema => [{ domain: 'notes', steps }]
const FIRST = 'CREATE TABLE notes (id TEXT) STRICT'
const SECOND = 'ALTER TABLE notes ADD COLUMN text TEXT'

const newFile = async (): Promise<string> => path.join(await temporaryFolder(), 'fieldreel.db')

it('runs the steps of a domain once, and those that came later', async () => {
  const file = await newFile()
  Database.open(file, notes(FIRST)).close()
  expect(schemaAge(file, notes(FIRST, SECOND))).toBe('older')
  Database.open(file, notes(FIRST, SECOND)).close()
  Database.open(file, notes(FIRST, SECOND)).close()
  expect(schemaAge(file, notes(FIRST, SECOND))).toBe('same')
})

it('adds the tables of a domain that came later', async () => {
  const file = await newFile()
  const both: Schema = [...notes(FIRST), { domain: 'files', steps: ['CREATE TABLE files (id TEXT) STRICT'] }]
  Database.open(file, notes(FIRST)).close()
  const database = Database.open(file, both)
  expect(database.prepare('SELECT id FROM files').all()).toEqual([])
  database.close()
})

it('refuses a library with a step or a domain that it does not know', async () => {
  const file = await newFile()
  Database.open(file, notes(FIRST, SECOND)).close()
  const refusal = expect.objectContaining({ code: 'unavailable' }) as Error
  expect(() => Database.open(file, notes(FIRST))).toThrow(refusal)
  expect(() => Database.open(file, [])).toThrow(refusal)
  expect(schemaAge(file, [])).toBe('newer')
})

it('keeps nothing of a migration that fails', async () => {
  const file = await newFile()
  Database.open(file, notes(FIRST)).close()
  expect(() => Database.open(file, notes(FIRST, SECOND, 'CREATE TABLE notes (id TEXT)'))).toThrow()
  const database = Database.open(file, notes(FIRST, SECOND))
  expect(database.prepare('SELECT text FROM notes').all()).toEqual([])
  database.close()
})
