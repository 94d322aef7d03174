import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { addImports, listImports, listVideos } from '../../main/contract/index.ts'
import { JobQueue } from '../../main/engine/jobs/index.ts'
import { ModelClient } from '../../main/engine/models/index.ts'
import { PartWriters } from '../../main/engine/objects/index.ts'
import { schema } from '../../main/engine/schema.ts'
import { Imports } from '../../main/engine/uploads/imports.ts'
import { Database } from '../../main/platform/database/index.ts'
import { ask, openEngine } from '../support/engine.ts'
import { cutFilm } from '../support/film.ts'
import { padFilm } from '../support/padded-film.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

// Copying takes a while: there is time to do something in the middle of it.
vi.stubEnv('FIELDREEL_SLOW_PARTS', '100')

const MIB = 1024 * 1024

function read<T>(data: string, sql: string): T[] {
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  try {
    return database.prepare<T>(sql).all()
  } finally {
    database.close()
  }
}

/** All that was logged. */
async function logOf(data: string): Promise<string> {
  const names = await readdir(path.join(data, 'logs'))
  return (await Promise.all(names.map((name) => readFile(path.join(data, 'logs', name), 'utf8')))).join('')
}

describe('closing the engine', () => {
  it('waits for the analysis that runs to stop, and does not take it for a crash', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const engine = await openEngine(data)
    await ask(engine, addImports, { paths: [await cutFilm(path.join(folder, 'film.mp4'))] })
    await until('the analysis to run', async () => {
      const { videos } = await ask(engine, listVideos, {})
      return videos[0]?.activities.some(({ kind, status }) => kind === 'analysis' && status === 'processing')
    })
    await engine.close()
    expect(read(data, "SELECT kind, status, crashes, progress FROM jobs WHERE kind = 'analysis'")).toEqual([
      { kind: 'analysis', status: 'pending', crashes: 0, progress: 0 },
    ])
    const again = await openEngine(data)
    await until('its scenes', async () => (await ask(again, listVideos, {})).videos[0]?.sceneCount === 4)
  })

  it('waits for the import that runs to stop, and keeps what it stored', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const engine = await openEngine(data)
    await ask(engine, addImports, { paths: [await padFilm(path.join(folder, 'film.mp4'), 110 * MIB)] })
    await until('the first part', async () => ((await ask(engine, listImports, {})).imports[0]?.partsStored ?? 0) > 0)
    await engine.close()
    const stored = read<{ part_number: number }>(data, 'SELECT part_number FROM parts WHERE confirmed_at IS NOT NULL')
    expect(stored.length).toBeGreaterThan(0)
    expect(read(data, 'SELECT status, error_code FROM imports')).toEqual([{ status: 'waiting', error_code: null }])
    // It was told to stop: nothing failed on it because the library was closed under it.
    expect(await logOf(data)).not.toMatch(/import stopped|could not be ended|stumbled/)
    // The very next moment another process may have the library.
    const again = await openEngine(data)
    await until(
      'the import',
      async () => (await ask(again, listImports, {})).imports[0]?.status === 'completed',
      60_000,
    )
  })

  it('closes what is used by something else after that', async () => {
    const order: string[] = []
    const slowly = (name: string, owner: { close(): Promise<void> }, milliseconds: number): void => {
      const close = owner.close
      const spy = vi.spyOn(owner, 'close').mockImplementation(async function (this: typeof owner) {
        await pause(milliseconds)
        await close.call(this)
        order.push(name)
      })
      onTestFinished(() => spy.mockRestore())
    }
    // What has to be first takes longest: whoever did not wait for it would be seen.
    slowly('imports', Imports.prototype, 400)
    slowly('jobs', JobQueue.prototype, 200)
    slowly('writers', PartWriters.prototype, 50)
    slowly('models', ModelClient.prototype, 20)
    const closed = vi.spyOn(Database.prototype, 'close').mockImplementation(() => void order.push('database'))
    onTestFinished(() => closed.mockRestore())
    const engine = await openEngine(path.join(await temporaryFolder(), 'data'))
    await engine.close()
    expect(order.at(-1)).toBe('database')
    const before = (one: string, other: string): boolean => order.indexOf(one) < order.indexOf(other)
    expect(order.toSorted()).toEqual(['database', 'imports', 'jobs', 'models', 'writers'])
    expect([before('imports', 'writers'), before('jobs', 'models')]).toEqual([true, true])
  })

  it('may be asked for twice, and both are over when it is closed', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const engine = await openEngine(data)
    await Promise.all([engine.close(), engine.close()])
    await (await openEngine(data)).close()
  })
})
