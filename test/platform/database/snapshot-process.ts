// A process that makes a snapshot, uses the newest one, or opens a library: to be ended in the middle.
import pino from 'pino'
import { DataFolder } from '../../../main/platform/files/index.ts'
import {
  listSnapshots,
  lockLibrary,
  makeSnapshot,
  openLibrary,
  useSnapshot,
} from '../../../main/platform/database/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { copyDatabase } from '../../../main/platform/database/copy.ts'

const [what, root = ''] = process.argv.slice(2)
const folder = DataFolder.open(root)

if (what === 'make') await makeSnapshot(folder, 'daily', copyDatabase)
else if (what === 'use') await useSnapshot(folder, listSnapshots(folder)[0]?.name ?? '')
else {
  const lock = lockLibrary(folder.lock, folder.database)
  const log = pino({ level: 'silent' })
  const { database, close } = await openLibrary({ folder, schema, workersFolder: '', log })
  await close()
  database.close()
  lock.release()
}
