import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { expect } from 'vitest'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Reads the library of a process that is dead. */
export function withDatabase<T>(data: string, read: (database: Database) => T): T {
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  try {
    return read(database)
  } finally {
    database.close()
  }
}

/** When each part was confirmed, by upload and number: confirmed once, confirmed for ever. */
export function confirmedParts(database: Database): Map<string, number> {
  const rows = database
    .prepare<{ part: string; confirmed_at: number }>(
      `SELECT media_id || '/' || part_number AS part, confirmed_at FROM parts WHERE confirmed_at IS NOT NULL`,
    )
    .all()
  return new Map(rows.map(({ part, confirmed_at }) => [part, confirmed_at]))
}

/** Nothing half-done, nothing left behind, every byte where its name says: what a library is when all work has ended. */
export async function expectWhole(data: string): Promise<void> {
  const objects = withDatabase(data, (database) => {
    expect(database.isSound()).toBe(true)
    const statuses = database.prepare<{ status: string }>('SELECT DISTINCT status FROM jobs').all()
    expect(statuses).toEqual([{ status: 'completed' }])
    const open = database.prepare(`SELECT * FROM uploads WHERE status NOT IN ('completed', 'aborted')`).all()
    expect(open).toEqual([])
    return database.prepare<{ sha256: string }>('SELECT sha256 FROM objects ORDER BY sha256').all()
  })
  expect(await filesBelow(path.join(data, 'uploads'))).toEqual([])
  // No crash of ours leaves anything that nobody can explain.
  expect(await filesBelow(path.join(data, 'quarantine'))).toEqual([])
  const inObjects = await filesBelow(path.join(data, 'objects'))
  const stored = inObjects.filter((file) => !file.endsWith('.json'))
  await expectSidecars(data, inObjects)
  expect(stored.map((file) => path.basename(file)).toSorted()).toEqual(objects.map(({ sha256 }) => sha256))
  for (const file of stored) expect(await sha256Of(file)).toBe(path.basename(file))
  const derived = await filesBelow(path.join(data, 'derived'))
  expect(derived.filter((file) => /\/\.|\.making$/.test(file))).toEqual([])
}

/** Beside each object of a video lies what its rows say, and nothing else. */
async function expectSidecars(data: string, inObjects: readonly string[]): Promise<void> {
  const rows = withDatabase(data, (database) =>
    database
      .prepare<{ sha256: string; id: string; title: string }>('SELECT sha256, id, title FROM media ORDER BY rowid')
      .all(),
  )
  const sidecars = inObjects.filter((file) => file.endsWith('.json'))
  const told = await Promise.all(
    sidecars.map(async (file) => {
      const { sha256, videos } = JSON.parse(await readFile(file, 'utf8')) as Told
      expect(path.basename(file)).toBe(`${sha256}.json`)
      return videos.map(({ id, title }) => ({ sha256, id, title }))
    }),
  )
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
  expect(told.flat().toSorted(byId)).toEqual(rows.toSorted(byId))
}

interface Told {
  sha256: string
  videos: Array<{ id: string; title: string }>
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}
