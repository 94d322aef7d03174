import path from 'node:path'
import { onTestFinished } from 'vitest'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A new library file, closed when the test ends. */
export async function newDatabase(): Promise<Database> {
  const database = Database.open(path.join(await temporaryFolder(), 'fieldreel.db'), schema)
  onTestFinished(() => database.close())
  return database
}
