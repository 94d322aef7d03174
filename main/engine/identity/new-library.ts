import path from 'node:path'
import { z } from 'zod'
import type { Database } from '../../platform/database/index.ts'
import { type DataFolder, listRealFolder } from '../../platform/files/index.ts'
import type { Settings } from '../../platform/settings/index.ts'
import type { Identity } from './identity.ts'

/** Set while a person has not said what is to become of footage that lay there when the database was made. */
const NEW = 'library_is_new'

export interface LibraryStart {
  readonly database: Database
  readonly settings: Settings
  readonly identity: Identity
  readonly folder: DataFolder
}

/**
 * The id of the library's owner. A new database gets one; and when footage lies in the folder already, the same
 * transaction notes that a person has to be asked about it: the answer is waited for over any number of starts.
 */
export async function ownerOf({ database, settings, identity, folder }: LibraryStart): Promise<string> {
  if (!identity.isNew()) return identity.ownerId()
  const isThere = await holdsFootage(folder)
  return database.transaction(() => {
    if (isThere) settings.write(NEW, { since: Date.now() })
    return identity.ownerId()
  })
}

/** Whether the database was made while videos were in the folder, and the person has not decided yet about them. */
export function isUnanswered(settings: Settings): boolean {
  return settings.read(NEW, z.object({ since: z.number() })) !== null
}

export function setAnswered(settings: Settings): void {
  if (isUnanswered(settings)) settings.write(NEW, null)
}

async function holdsFootage({ objects, uploads, streams }: DataFolder): Promise<boolean> {
  const fanOut = ((await listRealFolder(objects)) ?? []).filter(({ name }) => /^[0-9a-f]{2}$/.test(name))
  for (const { name: prefix } of fanOut) {
    const files = (await listRealFolder(path.join(objects, prefix))) ?? []
    if (files.some(({ name, kind }) => kind === 'file' && /^[0-9a-f]{64}$/.test(name))) return true
  }
  const open = (await listRealFolder(uploads)) ?? []
  if (open.some(({ name, kind }) => kind === 'folder' && z.uuid().safeParse(name).success)) return true
  const entries = (await listRealFolder(streams)) ?? []
  return entries.some(({ name, kind }) => kind === 'file' && name.endsWith('.sse'))
}
