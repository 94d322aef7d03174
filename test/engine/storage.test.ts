import { spawnSync } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../main/compose.ts'
import {
  addImports,
  createAlbum,
  getSystem,
  latestAnalysisJob,
  listAlbums,
  listImports,
  listVideos,
} from '../../main/contract/index.ts'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'
import { FRIDAY } from '../fixtures/clips.ts'
import { ask, openEngine } from '../support/engine.ts'
import { padFilm } from '../support/padded-film.ts'
import { MAY_MOUNT, plugIn } from '../support/small-disk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { fillLibrary, KEY, pathsOf } from '../support/filled-library.ts'
import { until } from '../support/until.ts'

// Copying takes a while: there is time to do something in the middle of it.
vi.stubEnv('FIELDREEL_SLOW_PARTS', '100')

/** Writes until `stop`, and keeps what was answered. */
function writer(engine: Engine) {
  const answered: string[] = []
  const refused: unknown[] = []
  let going = true
  const loop = async (): Promise<void> => {
    for (let note = 0; going; note += 1) {
      const title = `Album ${note}`
      await ask(engine, createAlbum, { title }).then(
        () => answered.push(title),
        (error: unknown) => refused.push(error),
      )
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const running = loop()
  const stop = async (): Promise<void> => {
    going = false
    await running
  }
  return { answered, refused, stop }
}

function titlesIn(file: string): Set<string> {
  const database = Database.openToRead(file)
  try {
    return new Set(
      database
        .prepare<{ title: string }>('SELECT title FROM albums')
        .all()
        .map(({ title }) => title),
    )
  } finally {
    database.close()
  }
}

const refusal = { code: 'storage_refused' }

describe.skipIf(process.platform === 'win32')('a library folder that goes away while it is open', () => {
  it('renamed: writing stops with a reason, and goes on by itself when it is back; no answered write is lost', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const engine = await openEngine(data)
    const { answered, refused, stop } = writer(engine)
    for (let time = 0; time < 10; time += 1) {
      const before = answered.length
      await until('answers', () => answered.length > before + 3)
      await rename(data, path.join(folder, 'away'))
      const gone = refused.length
      await until('refusals', () => refused.length > gone + 3)
      await rename(path.join(folder, 'away'), data)
    }
    await stop()
    for (const error of refused) expect(error).toMatchObject(refusal)
    await engine.close()
    const kept = titlesIn(path.join(data, 'fieldreel.db'))
    expect(answered.filter((title) => !kept.has(title))).toEqual([])
  })

  it('replaced by an empty folder: nothing is written into that one, and the state says so', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const engine = await openEngine(data)
    await rename(data, path.join(folder, 'away'))
    await mkdir(data)
    await expect(ask(engine, createAlbum, { title: 'Lost' })).rejects.toMatchObject({
      ...refusal,
      message: expect.stringContaining('Another folder') as string,
    })
    expect(await ask(engine, getSystem, {})).toMatchObject({ storage: 'replaced' })
    const server = await engine.serve({ host: '127.0.0.1', port: 0 })
    const health = await fetch(`${server.url}/healthz`)
    expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ status: 'storage replaced' })])
    await server.close()
    await engine.close()
    expect(await readdir(data)).toEqual([])
  })

  it('deleted: nothing is answered as stored', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const engine = await openEngine(data)
    await rm(data, { recursive: true })
    await expect(ask(engine, createAlbum, { title: 'Lost' })).rejects.toMatchObject(refusal)
    await expect(ask(engine, addImports, { paths: [FRIDAY] })).rejects.toMatchObject(refusal)
    expect(await ask(engine, getSystem, {})).toMatchObject({ storage: 'missing' })
    await engine.close()
    await expect(readdir(data)).rejects.toThrow('ENOENT')
  })

  it.each(['fieldreel.db', 'fieldreel.db-wal'])('only %s deleted or replaced: nothing is written', async (name) => {
    const data = path.join(await temporaryFolder(), 'data')
    const engine = await openEngine(data)
    await ask(engine, createAlbum, { title: 'Kept' })
    const bytes = await readFile(path.join(data, name))
    await rename(path.join(data, name), path.join(data, `${name}.away`))
    await expect(ask(engine, createAlbum, { title: 'Lost' })).rejects.toMatchObject(refusal)
    await writeFile(path.join(data, name), bytes)
    await expect(ask(engine, createAlbum, { title: 'Lost' })).rejects.toMatchObject(refusal)
    await rename(path.join(data, `${name}.away`), path.join(data, name))
    await ask(engine, createAlbum, { title: 'Written' })
    expect((await ask(engine, listAlbums, {})).total).toBe(2)
  })

  it('replaced by another library that is in use: closing leaves that one whole', async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const engine = await openEngine(data)
    await ask(engine, createAlbum, { title: 'Ours' })
    await rename(data, path.join(folder, 'away'))
    const other = Database.open(path.join(await otherLibrary(folder, data), 'fieldreel.db'), schema)
    other.prepare(`UPDATE albums SET title = 'Theirs'`).run()
    await engine.close()
    expect(await readdir(data)).toContain('fieldreel.db-wal')
    other.close()
    expect(titlesIn(path.join(data, 'fieldreel.db'))).toEqual(new Set(['Theirs']))
    await rm(data, { recursive: true })
    await rename(path.join(folder, 'away'), data)
    const again = await openEngine(data)
    expect((await ask(again, listAlbums, {})).albums).toMatchObject([{ title: 'Ours' }])
  })

  it('holds an import and its analysis, and both end well when it is back', { timeout: 90_000 }, async () => {
    const folder = await temporaryFolder()
    const data = path.join(folder, 'data')
    const film = await padFilm(path.join(folder, 'long.mp4'), 110 * 1024 * 1024)
    const engine = await openEngine(data)
    await ask(engine, addImports, { paths: [film] })
    const look = async () => (await ask(engine, listImports, {})).imports[0]!
    await until('the first part', async () => (await look()).partsStored > 0)
    await rename(data, path.join(folder, 'away'))
    await until('it to wait', async () => (await look()).waitingFor !== null)
    expect(await look()).toMatchObject({ status: 'waiting', waitingFor: 'permission' })
    await rename(path.join(folder, 'away'), data)
    const done = await until(
      'the import to end',
      async () => (await look()).finishedAt !== null && (await look()),
      60_000,
    )
    expect(done).toMatchObject({ status: 'completed', errorCode: null })
    // Again, in the middle of the analysis.
    await rename(data, path.join(folder, 'away'))
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    await rename(path.join(folder, 'away'), data)
    const job = await until(
      'the analysis',
      async () => {
        const now = await ask(engine, latestAnalysisJob, { mediaId: done.mediaId! })
        return now.completedAt !== null && now
      },
      60_000,
    )
    expect(job).toMatchObject({ status: 'completed', errorCode: null })
    expect((await ask(engine, listVideos, {})).total).toBe(1)
  })

  it('answers every question meanwhile, in words where it cannot', { timeout: 90_000 }, async () => {
    const folder = await temporaryFolder()
    const library = await fillLibrary(folder)
    const engine = await openEngine(library.data, { ...process.env, FIELDREEL_API_KEY: KEY })
    const server = await engine.serve({ host: '127.0.0.1', port: 0 })
    await rename(library.data, path.join(folder, 'away'))
    for (const asked of [...pathsOf(library), `/api/v2/videos/${library.videoId}/poster`]) {
      const answer = await fetch(server.url + asked, { headers: { authorization: `Bearer ${KEY}` } })
      const text = await answer.text()
      expect(answer.status === 503 || answer.status < 500, `${asked}: ${answer.status} ${text}`).toBe(true)
    }
    await rename(path.join(folder, 'away'), library.data)
    await server.close()
  })

  it.skipIf(!MAY_MOUNT)('unmounted under it and mounted again: the same', async () => {
    const folder = await temporaryFolder()
    const slot = path.join(folder, 'slot')
    await mkdir(path.join(folder, 'disk'))
    const first = await plugIn(path.join(folder, 'disk'), slot)
    const engine = await openEngine(path.join(slot, 'data'))
    await ask(engine, createAlbum, { title: 'Before' })
    await first.pull()
    await expect(ask(engine, createAlbum, { title: 'Lost' })).rejects.toMatchObject(refusal)
    expect(await readdir(slot)).toEqual([])
    await plugIn(path.join(folder, 'disk'), slot)
    await ask(engine, createAlbum, { title: 'After' })
    await engine.close()
    expect(titlesIn(path.join(folder, 'disk', 'data', 'fieldreel.db'))).toEqual(new Set(['Before', 'After']))
  })
})

describe('a second instance', () => {
  it.each(['deleted', 'replaced'])('does not open a library whose lock file was %s', async (how) => {
    const data = path.join(await temporaryFolder(), 'data')
    await openEngine(data)
    const lock = path.join(data, 'instance.lock')
    await rm(lock)
    if (how === 'replaced') await writeFile(lock, '')
    const serve = path.resolve('out/main/serve.js')
    const { status, stderr } = spawnSync(process.execPath, [serve, '--data', data, '--port', '0'], {
      encoding: 'utf8',
      timeout: 20_000,
    })
    expect([status, stderr]).toEqual([1, expect.stringMatching(/Another Fieldreel.* has this library open/)])
  })

  it('opens one whose lock file is gone when no process has it open', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    await (await openEngine(data)).close()
    await rm(path.join(data, 'instance.lock'))
    await (await openEngine(data)).close()
    await writeFile(path.join(data, 'instance.lock.holder'), '1')
    await openEngine(data)
  })
})

/** A copy of the first library in its place. */
async function otherLibrary(folder: string, data: string): Promise<string> {
  await cp(path.join(folder, 'away'), data, { recursive: true })
  return data
}
