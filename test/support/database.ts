import path from 'node:path'
import { onTestFinished } from 'vitest'
import { Database } from '../../main/platform/database/index.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A new library file, closed when the test ends. */
export async function newDatabase(): Promise<Database> {
  const database = Database.open(path.join(await temporaryFolder(), 'fieldreel.db'))
  onTestFinished(() => database.close())
  return database
}
