import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import { initiateUpload, uploadProgress } from '../../../main/contract/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 24 * 3_600_000]

interface Upload {
  readonly status: 'uploading' | 'failed'
  /** Milliseconds from now. */
  readonly expiresIn: number
  readonly touchedAgo: number
  /** Whether an import counts on it, and in which state. */
  readonly importIs?: 'paused' | 'waiting' | 'failed' | 'cancelled'
}

const initiate = async (engine: Engine) =>
  (await ask(engine, initiateUpload, { filename: 'film.mp4', contentType: 'video/mp4', sizeBytes: 1000 })).mediaId

/** Leaves uploads in these states, starts anew, and says which of them are still open and have their folder. */
async function keptOver(uploads: readonly Upload[]): Promise<boolean[]> {
  const data = path.join(await temporaryFolder(), 'data')
  const before = await openEngine(data)
  const ids: string[] = []
  while (ids.length < uploads.length) ids.push(await initiate(before))
  await before.close()
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  const set = database.prepare(
    'UPDATE uploads SET status = :status, expires_at = :expires, updated_at = :touched WHERE media_id = :id',
  )
  const hold = database.prepare(
    `INSERT INTO imports (id, path, size_bytes, modified_at, content_type, media_id, status, position, added_at, finished_at)
     VALUES (:id, '/nowhere.mp4', 1000, 0, 'video/mp4', :id, :status, 1, 0, :finished)`,
  )
  const now = Date.now()
  for (const [at, { status, expiresIn, touchedAgo, importIs }] of uploads.entries()) {
    const id = ids[at]!
    set.run({ id, status, expires: now + expiresIn, touched: now - touchedAgo })
    const isOpen = importIs === 'paused' || importIs === 'waiting'
    if (importIs) hold.run({ id, status: importIs, finished: isOpen ? null : now })
  }
  database.close()
  const after = await openEngine(data)
  const folders = await readdir(path.join(data, 'uploads'))
  const open = await Promise.all(
    ids.map(async (mediaId) => (await ask(after, uploadProgress, { mediaId })).status !== 'aborted'),
  )
  expect(open).toEqual(ids.map((id) => folders.includes(id)))
  return open
}

describe('at a start an upload', () => {
  it('is given up when it has expired and nothing came for an hour', async () => {
    const kept = await keptOver([
      { status: 'uploading', expiresIn: -MINUTE, touchedAgo: HOUR + MINUTE },
      { status: 'uploading', expiresIn: -MINUTE, touchedAgo: HOUR - MINUTE },
      { status: 'uploading', expiresIn: MINUTE, touchedAgo: 7 * DAY },
      { status: 'uploading', expiresIn: MINUTE, touchedAgo: 0 },
    ])
    expect(kept).toEqual([false, true, true, true])
  })

  it('that failed is kept for a day', async () => {
    const kept = await keptOver([
      { status: 'failed', expiresIn: 6 * DAY, touchedAgo: DAY - MINUTE },
      { status: 'failed', expiresIn: 6 * DAY, touchedAgo: DAY + MINUTE },
    ])
    expect(kept).toEqual([true, false])
  })

  it('that an import counts on is kept, however old it is', async () => {
    const old = { status: 'uploading', expiresIn: -30 * DAY, touchedAgo: 37 * DAY } as const
    const kept = await keptOver([
      { ...old, importIs: 'paused' },
      { ...old, importIs: 'failed' },
      { ...old, importIs: 'cancelled' },
    ])
    expect(kept).toEqual([true, false, false])
  })
})
