import { expect, it } from 'vitest'
import { FreeSpace } from '../../../main/engine/uploads/free-space.ts'
import { PartRows } from '../../../main/engine/uploads/part-rows.ts'
import { UploadRows } from '../../../main/engine/uploads/upload-rows.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { freeBytes } from '../../../main/platform/files/index.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

it('gives room that one upload is being created for to no other until that has ended', async () => {
  const folder = await temporaryFolder()
  const database = Database.open(`${folder}/fieldreel.db`, schema)
  const space = new FreeSpace(folder, new UploadRows(database), new PartRows(database))
  const most = Math.floor((await freeBytes(folder)) * 0.6)
  const [first, second] = await Promise.allSettled([space.reserve(most), space.reserve(most)])
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'storage_full' } })
  if (first.status === 'fulfilled') first.value()
  await expect(space.reserve(most)).resolves.toBeInstanceOf(Function)
  database.close()
})
