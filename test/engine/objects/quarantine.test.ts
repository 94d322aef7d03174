import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { Recovery, type RecoveryOptions } from '../../../main/engine/maintenance/recovery.ts'
import { ObjectStore, Quarantine } from '../../../main/engine/objects/index.ts'
import { Events } from '../../../main/engine/events/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { DataFolder } from '../../../main/platform/files/index.ts'
import { sha256Of } from '../../support/kept-library.ts'
import { silentLog } from '../../support/log.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const DAY = 86_400_000

async function open() {
  const folder = DataFolder.open(await temporaryFolder())
  const database = Database.open(folder.database, schema)
  onTestFinished(() => database.close())
  const quarantine = new Quarantine(folder)
  const hash = async (file: string) => ({ sha256: sha256Of(await readFile(file)) })
  const events = new Events({ database, log: silentLog })
  const objects = new ObjectStore({ database, folder, quarantine, log: silentLog, hash, events })
  const rest = { unlisted: null, rebuild: null, onChange: () => undefined } as unknown as RecoveryOptions
  const care = new Recovery({ ...rest, objects, quarantine, log: silentLog, hash })
  return { folder, quarantine, objects, care }
}

async function lay(folder: DataFolder, text: string): Promise<{ file: string; sha256: string }> {
  const sha256 = sha256Of(Buffer.from(text))
  const file = folder.object(sha256)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, text)
  return { file, sha256 }
}

it('deletes by itself only what is over its time and lies in the library as well', async () => {
  const { folder, quarantine, objects, care } = await open()
  const put = async (text: string) => {
    const laid = await lay(folder, text)
    return { ...laid, id: await quarantine.put({ kind: 'object', path: laid.file, reason: 'unlisted' }) }
  }
  const [twice, hurt, alone] = [await put('twice'), await put('hurt'), await put('alone')]
  for (const [text, { sha256 }] of [['twice', twice] as const, ['hurt', hurt] as const]) {
    const from = path.join(folder.root, text)
    await writeFile(from, text)
    await objects.admit(from, sha256, text.length, () => objects.record(sha256, text.length))
  }
  await writeFile(hurt.file, 'hurx')
  await care.clearOut(Date.now() + 29 * DAY)
  expect(await quarantine.list()).toHaveLength(3)
  await care.clearOut(Date.now() + 31 * DAY)
  // Of one the library has nothing, of another only damaged bytes: both stay, for as long as nobody deletes them.
  expect((await quarantine.list()).map(({ id }) => id).toSorted()).toEqual([hurt.id, alone.id].toSorted())
  expect(await readFile(twice.file, 'utf8')).toBe('twice')
})

it('lists a thing whose record is gone by its name, and clears away a record whose thing is gone', async () => {
  const { folder, quarantine } = await open()
  const [one, other] = [await lay(folder, 'one'), await lay(folder, 'other')]
  const ids = []
  for (const { file } of [one, other]) {
    ids.push(await quarantine.put({ kind: 'object', path: file, reason: 'unlisted', title: 'T' }))
  }
  await rm(path.join(folder.quarantine, `${ids[0]}.json`))
  await rm(path.join(folder.quarantine, ids[1]!))
  const anew = new Quarantine(folder)
  await anew.tidy()
  expect(await anew.list()).toMatchObject([{ id: ids[0], kind: 'object', name: one.sha256, title: null, sizeBytes: 3 }])
  expect(await readdir(folder.quarantine)).toEqual([ids[0]])
})

it('shows nothing that is a link, has another name, or says what it is not', async () => {
  const { folder, quarantine } = await open()
  await mkdir(folder.quarantine)
  const outside = path.join(await temporaryFolder(), 'x')
  await writeFile(outside, 'mine')
  const name = `object.${'a'.repeat(64)}.${'b'.repeat(12)}`
  await symlink(outside, path.join(folder.quarantine, name))
  await writeFile(path.join(folder.quarantine, 'notes.txt'), 'mine')
  const real = `object.${'c'.repeat(64)}.${'d'.repeat(12)}`
  await writeFile(path.join(folder.quarantine, real), 'bytes')
  await writeFile(path.join(folder.quarantine, `${real}.json`), '{"kind":"upload","movedAt":7}')
  await quarantine.tidy()
  expect((await quarantine.list()).map(({ id, kind }) => [id, kind])).toEqual([[real, 'object']])
  await expect(quarantine.remove(name)).rejects.toMatchObject({ code: 'not_found' })
  expect(await readFile(outside, 'utf8')).toBe('mine')
  expect((await readdir(folder.quarantine)).toSorted()).toEqual(['notes.txt', name, real, `${real}.json`].toSorted())
})

it('leaves a thing where it is when quarantine/ is no folder', async () => {
  const { folder, quarantine } = await open()
  const { file } = await lay(folder, 'stays')
  await writeFile(folder.quarantine, 'in the way')
  await expect(quarantine.put({ kind: 'object', path: file, reason: 'unlisted' })).rejects.toMatchObject({
    code: 'storage_refused',
  })
  expect(await readFile(file, 'utf8')).toBe('stays')
})
