import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  addImports,
  deleteVideo,
  getVideo,
  listImports,
  openVideo,
  restoreVideo,
} from '../../../main/contract/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { FLOWER, FRIDAY } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

const RESTORABLE_MS = 10 * 60_000

async function importAll(engine: Engine, ...paths: string[]): Promise<string[]> {
  await ask(engine, addImports, { paths })
  return await until('the imports', async () => {
    const { imports } = await ask(engine, listImports, {})
    const ids = imports.flatMap(({ status, mediaId }) => (status === 'completed' && mediaId ? [mediaId] : []))
    return ids.length === paths.length && ids
  })
}

/** Moves the moment of every deletion, in a library that nobody has open. */
function deletedAgo(data: string, milliseconds: number): void {
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  const at = Date.now() - milliseconds
  database.prepare('UPDATE media SET deleted_at = :at WHERE deleted_at IS NOT NULL').run({ at })
  database.close()
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

describe('a deleted video', () => {
  it('can be restored for ten minutes, over a restart too', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const first = await openEngine(data)
    const [videoId] = await importAll(first, FRIDAY)
    await ask(first, deleteVideo, { videoId: videoId! })
    await first.close()
    deletedAgo(data, RESTORABLE_MS - 20_000)
    const engine = await openEngine(data)
    await expect(ask(engine, getVideo, { videoId: videoId! })).rejects.toMatchObject({ code: 'not_found' })
    const restored = await ask(engine, restoreVideo, { videoId: videoId! })
    expect(restored).toMatchObject({ videoId, title: 'friday' })
    const { path: file } = await ask(engine, openVideo, { videoId: videoId! })
    expect(await readFile(file)).toEqual(await readFile(FRIDAY))
    // Restored, it is not removed when its time would be over.
    await engine.close()
    deletedAgo(data, 2 * RESTORABLE_MS)
    const last = await openEngine(data)
    expect(await ask(last, getVideo, { videoId: videoId! })).toMatchObject({ videoId })
  })

  it('is gone with its bytes and its pictures when they are over, and no other one with it', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const first = await openEngine(data)
    const [gone, kept] = await importAll(first, FRIDAY, FLOWER)
    const { path: file } = await ask(first, openVideo, { videoId: gone! })
    const pictures = path.join(data, 'derived', gone!)
    await until('its pictures', () => isThere(path.join(pictures, 'poster.jpg')))
    await ask(first, deleteVideo, { videoId: gone! })
    expect(await isThere(file)).toBe(true)
    await first.close()
    deletedAgo(data, RESTORABLE_MS + 1000)
    const engine = await openEngine(data)
    await expect(ask(engine, restoreVideo, { videoId: gone! })).rejects.toMatchObject({ code: 'not_found' })
    expect(await isThere(file)).toBe(false)
    expect(await isThere(pictures)).toBe(false)
    expect(await readFile((await ask(engine, openVideo, { videoId: kept! })).path)).toEqual(await readFile(FLOWER))
  })

  it('cannot be restored when it was never there', async () => {
    const engine = await openEngine(path.join(await temporaryFolder(), 'data'))
    const videoId = '550e8400-e29b-41d4-a716-446655440000'
    await expect(ask(engine, restoreVideo, { videoId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(engine, deleteVideo, { videoId })).rejects.toMatchObject({ code: 'not_found' })
  })
})
