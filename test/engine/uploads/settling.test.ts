import { copyFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { systemClock } from '../../../main/base/clock.ts'
import type { Imports } from '../../../main/engine/uploads/imports.ts'
import { WatchedFolders } from '../../../main/engine/uploads/watched.ts'
import type { ImportSource } from '../../../main/engine/uploads/import-source.ts'
import type { Database, SqlParameters } from '../../../main/platform/database/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { newDatabase } from '../../support/database.ts'
import { silentLog } from '../../support/log.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

const SETTLE_MS = 60_000
/** A container that does not say how long it is. */
const UNSURE_MS = 6 * SETTLE_MS

afterEach(() => void vi.restoreAllMocks())

/** Counts how often the files are asked for that a folder brought: once in each look, when it has listed them. */
function countLooks(database: Database): { count: number } {
  const looks = { count: 0 }
  const prepare = database.prepare.bind(database)
  vi.spyOn(database, 'prepare').mockImplementation((sql: string) => {
    const statement = prepare(sql)
    if (!/^\s*SELECT path.*FROM watched_files/s.test(sql)) return statement
    return {
      ...statement,
      all: (parameters: SqlParameters) => {
        looks.count += 1
        return statement.all(parameters)
      },
    }
  })
  return looks
}

/** A folder that is watched, and a clock that the test sets. */
async function watch({ whole = () => true }: { whole?: () => boolean | null } = {}) {
  const folder = await temporaryFolder()
  const card = path.join(folder, 'card')
  await mkdir(card)
  let ahead = 0
  const clock = { ...systemClock, monotonic: () => performance.now() + ahead }
  const brought: string[] = []
  const imports = {
    addSources: (sources: readonly ImportSource[]) => {
      brought.push(...sources.map((source) => path.basename(source.path)))
      return []
    },
  } as unknown as Imports
  const database = await newDatabase()
  const looks = countLooks(database)
  const watched = new WatchedFolders({
    ...{ database, imports, log: silentLog, clock, libraryFolder: path.join(folder, 'data') },
    ...{ isWhole: () => Promise.resolve(whole()), onChange: () => undefined, settleMs: SETTLE_MS },
  })
  onTestFinished(() => watched.close())
  watched.start()
  await watched.add(card)
  /**
   * Lets the folder be looked at. Looks follow each other: the first one may have begun before what the test did last,
   * the second one is over when the third one comes to its files.
   */
  const look = async (): Promise<void> => {
    for (let times = 0; times < 3; times += 1) {
      const before = looks.count
      await watched.add(card)
      await until('a look', () => looks.count > before)
    }
  }
  const pass = async (milliseconds: number): Promise<void> => {
    ahead += milliseconds
    await look()
  }
  const put = async (name: string): Promise<string> => {
    const file = path.join(card, name)
    await copyFile(FRIDAY, file)
    await utimes(file, 1_700_000_000, 1_700_000_000)
    return file
  }
  return { card, brought, watched, look, pass, put }
}

describe('a file in a watched folder', () => {
  it('is not imported before it was unchanged for a while, however often it is scanned', async () => {
    const { brought, watched, look, pass, put } = await watch()
    await put('film.mp4')
    await look()
    await pass(SETTLE_MS / 2)
    expect([brought, watched.list()[0]?.settling]).toEqual([[], 1])
    await pass(SETTLE_MS / 2)
    expect([brought, watched.list()[0]?.settling]).toEqual([['film.mp4'], 0])
    await pass(SETTLE_MS)
    expect(brought).toEqual(['film.mp4'])
  })

  it('waits again when it grew or only became newer', async () => {
    const { brought, look, pass, put } = await watch()
    const file = await put('film.mp4')
    await look()
    await pass(SETTLE_MS * 0.9)
    await utimes(file, 1_700_000_100, 1_700_000_100)
    await look()
    await pass(SETTLE_MS * 0.9)
    expect(brought).toEqual([])
    await writeFile(file, 'more', { flag: 'a' })
    await utimes(file, 1_700_000_100, 1_700_000_100)
    await look()
    await pass(SETTLE_MS * 0.9)
    expect(brought).toEqual([])
    await pass(SETTLE_MS * 0.2)
    expect(brought).toEqual(['film.mp4'])
  })

  it('of the same name and size is brought again when it is newer, and only then', async () => {
    const { brought, look, pass, put } = await watch()
    const file = await put('film.mp4')
    await look()
    await pass(SETTLE_MS)
    await put('film.mp4')
    await pass(2 * SETTLE_MS)
    expect(brought).toEqual(['film.mp4'])
    await utimes(file, 1_700_000_200, 1_700_000_200)
    await look()
    await pass(SETTLE_MS)
    expect(brought).toEqual(['film.mp4', 'film.mp4'])
  })

  it('of the same name and time is brought again when it has another size', async () => {
    const { brought, look, pass, put } = await watch()
    const file = await put('film.mp4')
    await look()
    await pass(SETTLE_MS)
    await writeFile(file, 'more', { flag: 'a' })
    await utimes(file, 1_700_000_000, 1_700_000_000)
    await look()
    await pass(SETTLE_MS)
    expect(brought).toEqual(['film.mp4', 'film.mp4'])
  })

  it('whose end is missing is never brought, and brought once it is whole', async () => {
    let whole = false
    const { brought, look, pass, put } = await watch({ whole: () => whole })
    await put('film.mp4')
    await look()
    await pass(100 * SETTLE_MS)
    expect(brought).toEqual([])
    whole = true
    await look()
    expect(brought).toEqual(['film.mp4'])
  })

  it('that does not say how long it is has to lie still six times as long', async () => {
    const { brought, look, pass, put } = await watch({ whole: () => null })
    await put('film.avi')
    await look()
    await pass(UNSURE_MS - SETTLE_MS / 2)
    expect(brought).toEqual([])
    await pass(SETTLE_MS)
    expect(brought).toEqual(['film.avi'])
  })

  it('waits again after it was gone for a while', async () => {
    const { card, brought, look, pass, put } = await watch()
    const file = await put('film.mp4')
    await look()
    await pass(SETTLE_MS * 0.9)
    await rename(file, `${card}-away.mp4`)
    await look()
    await rename(`${card}-away.mp4`, file)
    await look()
    await pass(SETTLE_MS * 0.9)
    expect(brought).toEqual([])
    await rm(file)
    await pass(SETTLE_MS)
    expect(brought).toEqual([])
  })

  it('does not wait for another one that is still growing', async () => {
    const { brought, look, pass, put } = await watch()
    await put('done.mp4')
    const growing = await put('growing.mp4')
    for (let look_ = 0; look_ < 4; look_ += 1) {
      await writeFile(growing, 'more', { flag: 'a' })
      await look()
      await pass(SETTLE_MS / 2)
    }
    expect(brought).toEqual(['done.mp4'])
  })

  it('is not brought from a folder that is watched no more', async () => {
    const { brought, watched, look, put } = await watch()
    await put('film.mp4')
    await look()
    watched.remove(watched.list()[0]!.folderId)
    const now = performance.now()
    vi.spyOn(performance, 'now').mockImplementation(() => now + 100 * SETTLE_MS)
    await pause(100)
    await until('no folder', () => watched.list().length === 0)
    expect(brought).toEqual([])
  })
})
