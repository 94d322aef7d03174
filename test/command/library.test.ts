import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createApiKey, getMaintenance, listVideos, updateVideo } from '../../main/contract/index.ts'
import { ask, openEngine } from '../support/engine.ts'
import { addFilm, objectFile } from '../support/kept-library.ts'
import { folderForAll, temporaryFolder } from '../support/temporary-folder.ts'

// Whole processes: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const TITLES = ['East gate', 'Tor 7 – مرحبا', 'West gate']

let folder = ''
beforeAll(async () => {
  folder = await folderForAll()
})

/** Made once, by the first test that needs it. */
let making: Promise<string> | null = null

async function makeLibrary(): Promise<string> {
  const library = path.join(folder, 'library')
  const engine = await openEngine(library)
  for (const [seed, title] of TITLES.entries()) await addFilm(engine, { seed: seed + 1, title, tags: ['gate'] })
  await engine.close()
  return library
}

async function copyOfLibrary(): Promise<string> {
  const copy = path.join(await temporaryFolder(), 'library')
  await cp(await (making ??= makeLibrary()), copy, { recursive: true })
  return copy
}

interface Ended {
  readonly status: number
  readonly lines: string[]
  readonly said: string
}

/** Runs the real command to its end. */
function care(...args: string[]): Promise<Ended> {
  const entry = path.resolve('out/main/library.js')
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', FIELDREEL_API_KEY: '' }
    const child = execFile(process.execPath, [entry, ...args], { env }, (_error, stdout, said) => {
      resolve({ status: child.exitCode ?? -1, lines: stdout.split('\n').filter(Boolean), said })
    })
  })
}

async function removeDatabase(data: string): Promise<void> {
  for (const name of ['fieldreel.db', 'fieldreel.db-wal', 'fieldreel.db-shm']) {
    await rm(path.join(data, name), { force: true })
  }
}

async function titlesIn(data: string): Promise<(string | undefined)[]> {
  const engine = await openEngine(data)
  try {
    const { videos } = await ask(engine, listVideos, {})
    for (const { sha256, tags } of videos) {
      expect(tags).toEqual(['gate'])
      expect((await stat(objectFile(data, sha256))).size).toBeGreaterThan(0)
    }
    return videos.map(({ title }) => title).toSorted()
  } finally {
    await engine.close()
  }
}

describe('library rebuild', () => {
  const losses: Record<string, (data: string) => Promise<void>> = {
    deleted: removeDatabase,
    emptied: (data) => writeFile(path.join(data, 'fieldreel.db'), ''),
    'overwritten by noise': async (data) => {
      const file = path.join(data, 'fieldreel.db')
      await writeFile(file, randomBytes((await stat(file)).size))
    },
    'cut in the middle': async (data) => {
      const file = path.join(data, 'fieldreel.db')
      const bytes = await readFile(file)
      await writeFile(file, bytes.subarray(0, bytes.length / 2))
    },
    'overwritten in its first page': async (data) => {
      const file = path.join(data, 'fieldreel.db')
      const bytes = await readFile(file)
      await writeFile(file, bytes.fill(0xa5, 100, 4096))
    },
    'replaced by a text': (data) => writeFile(path.join(data, 'fieldreel.db'), 'no database at all'),
  }
  for (const [how, lose] of Object.entries(losses)) {
    it(`brings back every film with its title after the database was ${how}`, async () => {
      const data = await copyOfLibrary()
      await lose(data)
      const { status, lines, said } = await care('rebuild', '--data', data)
      expect({ status, lines }, said).toEqual({
        status: 0,
        lines: ['3 videos and 0 unfinished uploads restored.'],
      })
      expect(await titlesIn(data)).toEqual(TITLES)
      const engine = await openEngine(data)
      const state = await ask(engine, getMaintenance, {})
      expect(state).toMatchObject({ database: 'good', unlisted: { videos: 0, bytes: 0 } })
      const kinds = how === 'deleted' ? [] : ['database']
      expect(state.quarantine.map(({ kind }) => kind)).toEqual(kinds)
      await engine.close()
      expect(await care('verify', '--data', data)).toMatchObject({ status: 0 })
    })
  }

  it('leaves a good database as it is', async () => {
    const data = await copyOfLibrary()
    expect(await care('rebuild', '--data', data)).toMatchObject({
      ...{ status: 0, lines: ['0 videos and 0 unfinished uploads restored.'] },
    })
    expect(await titlesIn(data)).toEqual(TITLES)
    expect(await readdir(path.join(data, 'quarantine')).catch(() => [])).toEqual([])
  })

  it('names what it could not bring back, as a line of JSON each, and ends with 1', async () => {
    const data = await copyOfLibrary()
    const engine = await openEngine(data)
    const { videos } = await ask(engine, listVideos, {})
    await engine.close()
    const { sha256 } = videos.find(({ title }) => title === 'East gate')!
    const bytes = await readFile(objectFile(data, sha256))
    await writeFile(objectFile(data, sha256), bytes.fill(0, 5000, 6000))
    await removeDatabase(data)
    const { status, lines, said } = await care('rebuild', '--data', data, '--json')
    expect(status).toBe(1)
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { kind: 'object', problem: 'damaged', sha256, title: 'East gate', heals: 'import' },
    ])
    expect(said).toContain('2 videos and 0 unfinished uploads restored, 1 file could not be.')
    expect(await titlesIn(data)).toEqual(TITLES.filter((title) => title !== 'East gate'))
  })
})

describe('library snapshots and use-snapshot', () => {
  it('list the copies of the database, and put one in its place', async () => {
    const data = await copyOfLibrary()
    const { status, lines } = await care('snapshots', '--data', data, '--json')
    expect(status).toBe(0)
    const listed = lines.map((line) => JSON.parse(line) as { name: string; size_bytes: number; reason: string })
    expect(listed).toMatchObject([{ reason: 'daily', made_at: expect.stringMatching(/^\d{4}-/) as string }])
    const { name, size_bytes: sizeBytes } = listed[0]!
    expect((await stat(path.join(data, 'snapshots', name))).size).toBe(sizeBytes)
    expect((await care('snapshots', '--data', data)).lines[0]).toContain(name)

    const engine = await openEngine(data)
    const [video] = (await ask(engine, listVideos, {})).videos
    await ask(engine, updateVideo, { videoId: video!.videoId, title: 'Since then' })
    await engine.close()
    const used = await care('use-snapshot', name, '--data', data)
    expect(used).toMatchObject({ status: 0, said: '' })
    expect(used.lines[0]).toContain(path.join(data, 'quarantine', 'database.fieldreel.db.'))
    expect(await titlesIn(data)).toEqual(TITLES)
  })

  it.each(['daily-20200101T000000000Z.db', '../fieldreel.db', 'fieldreel.db'])('refuse the name %s', async (name) => {
    const data = await copyOfLibrary()
    const before = await readFile(path.join(data, 'fieldreel.db'))
    const refused = await care('use-snapshot', name, '--data', data)
    expect(refused).toMatchObject({ status: 1, lines: [], said: `There is no snapshot ${name}.\n` })
    expect(await readFile(path.join(data, 'fieldreel.db'))).toEqual(before)
  })
})

it('library rotate-secrets makes all secrets of links new, and changes nothing else', async () => {
  const data = await copyOfLibrary()
  const secrets = async (): Promise<Record<string, string>> => {
    const text = await readFile(path.join(data, 'secrets.json'), 'utf8')
    return (JSON.parse(text) as { secrets: Record<string, string> }).secrets
  }
  const before = await secrets()
  expect(await care('rotate-secrets', '--data', data)).toMatchObject({ status: 0, said: '' })
  const after = await secrets()
  expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted())
  for (const name of ['media_secret', 'upload_secret']) expect(after[name]).not.toBe(before[name])
  expect(after['viewer_secret']).toBe(before['viewer_secret'])
  expect(await titlesIn(data)).toEqual(TITLES)
})

describe('library audit', () => {
  it('prints one JSON line per audited action, newest first, also while the library is open', async () => {
    const data = await copyOfLibrary()
    const engine = await openEngine(data)
    await ask(engine, createApiKey, { name: 'First', scopes: ['read'], userName: 'Anna' })
    await ask(engine, createApiKey, { name: 'Turned \u202e \x1b[2J', scopes: ['read'], userName: 'Anna' })
    const { status, lines, said } = await care('audit', '--data', data)
    expect({ status, said }).toEqual({ status: 0, said: '' })
    for (const line of lines) expect(line).not.toMatch(/[\x1b\u202e]/)
    const events = lines.map((line) => JSON.parse(line) as { action: string; details: { name?: string } })
    const made = events.filter(({ action }) => action === 'keys.create')
    expect(made.map(({ details }) => details.name)).toEqual([expect.stringContaining('Turned'), 'First'])
    expect(await care('rotate-secrets', '--data', data)).toMatchObject({
      ...{ status: 1, lines: [], said: expect.stringContaining('has this library open') as string },
    })
  })

  it('says so in one line when there is nothing to read', async () => {
    const data = await copyOfLibrary()
    await writeFile(path.join(data, 'fieldreel.db'), 'no database at all, but a text that is long enough to be read')
    const { status, lines, said } = await care('audit', '--data', data)
    expect({ status, lines }).toEqual({ status: 1, lines: [] })
    expect(said).toMatch(/^[^\n]*damaged[^\n]*\n$/)
  })
})

it.each(['verify', 'rebuild', 'rotate-secrets', 'snapshots', 'audit'])(
  'library %s makes no library where there is none',
  async (command) => {
    const data = path.join(await temporaryFolder(), 'nothing')
    expect(await care(command, '--data', data)).toMatchObject({
      ...{ status: 1, lines: [], said: `There is no library in ${data}.\n` },
    })
    await expect(stat(data)).rejects.toMatchObject({ code: 'ENOENT' })
  },
)
