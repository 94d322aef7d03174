import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { getMaintenance, listVideos, openVideo, resumeUpload } from '../../main/contract/index.ts'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'
import type { CrashPoint } from '../../main/platform/files/index.ts'
import { ask, openEngine } from '../support/engine.ts'
import {
  addFilm,
  beginUpload,
  bytesIn,
  flipBit,
  makeFilm,
  objectFile,
  sendParts,
  sha256Of,
} from '../support/kept-library.ts'
import { isLong } from '../support/schedule.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// Each step of moving footage about is the last one that a process does; the next process puts all of it right.

let entry = ''
let libraries = ''

beforeAll(async () => {
  libraries = await mkdtemp(path.join(tmpdir(), 'fieldreel-test-'))
  afterAll(() => rm(libraries, { recursive: true, force: true }))
  // Inside the repository, where its packages are found.
  await mkdir('node_modules/.cache', { recursive: true })
  const folder = path.resolve(await mkdtemp('node_modules/.cache/fieldreel-footage-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: path.resolve('test/kill/footage-process.ts'), outDir: folder, target: 'node20' },
  })
  const built = (await readdir(folder)).find((name) => /^footage-process\.m?js$/.test(name)) ?? ''
  entry = path.join(folder, built)
}, 120_000)

/** @returns whether the process came to its end. */
async function run(data: string, deed: string, crashAt: string, file = ''): Promise<boolean> {
  const child = spawn(process.execPath, [entry, data, deed, file], {
    env: { ...process.env, FIELDREEL_CRASH_AT: crashAt, FIELDREEL_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  let complained = ''
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (complained += bytes.toString()))
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (signal !== 'SIGKILL') expect({ status, said, complained }).toMatchObject({ status: 0, said: 'done\n' })
  return signal !== 'SIGKILL'
}

interface Library {
  readonly data: string
  /** Titles and hashes that it has in the end. */
  readonly films: ReadonlyMap<string, string>
  readonly mediaId: string | null
}

/** Each test has a copy of the same two libraries. */
const made = new Map<'none' | 'older', Library>()

async function unlistedLibrary(database: 'none' | 'older'): Promise<Library> {
  const library = made.get(database) ?? (await makeLibrary(database, path.join(libraries, database)))
  made.set(database, library)
  const data = path.join(await temporaryFolder(), 'data')
  await cp(library.data, data, { recursive: true })
  return { ...library, data }
}

/** Films and an open upload, none of which a database knows. */
async function makeLibrary(database: 'none' | 'older', data: string): Promise<Library> {
  const first = await openEngine(data)
  const known = await addFilm(first, { seed: 91, title: 'Known' })
  await first.close()
  const copy = `${data}-older.db`
  await cp(path.join(data, 'fieldreel.db'), copy)
  const second = await openEngine(data)
  const later = [
    await addFilm(second, { seed: 92, title: 'Later' }),
    await addFilm(second, { seed: 93, title: 'Last' }),
  ]
  const { bytes } = await makeFilm({ seed: 94, sizeBytes: 11_000_000 })
  const plan = await beginUpload(second, bytes, { title: 'Half sent' })
  await sendParts(second, plan, bytes, 1)
  await second.close()
  for (const name of ['fieldreel.db', 'fieldreel.db-wal', 'fieldreel.db-shm']) {
    await rm(path.join(data, name), { force: true })
  }
  if (database === 'older') await cp(copy, path.join(data, 'fieldreel.db'))
  const films = new Map([
    ['Known', known.sha256],
    ['Later', later[0]!.sha256],
    ['Last', later[1]!.sha256],
  ])
  return { data, films, mediaId: plan.mediaId }
}

async function expectAll({ data, films, mediaId }: Library): Promise<void> {
  const engine = await openEngine(data)
  const { videos } = await ask(engine, listVideos, {})
  expect(new Map(videos.map(({ title, sha256 }) => [title, sha256]))).toEqual(films)
  expect(videos).toHaveLength(films.size)
  for (const { videoId, sha256 } of videos) {
    expect(sha256Of(await readFile((await ask(engine, openVideo, { videoId })).path))).toBe(sha256)
    expect(JSON.parse(await readFile(`${objectFile(data, sha256)}.json`, 'utf8'))).toMatchObject({
      videos: [{ id: videoId }],
    })
  }
  expect((await ask(engine, getMaintenance, {})).quarantine).toEqual([])
  expect(await readdir(path.join(data, 'quarantine')).catch(() => [])).toEqual([])
  if (mediaId === null) return
  const { storedParts } = await ask(engine, resumeUpload, { mediaId })
  expect(storedParts.map(({ partNumber }) => partNumber)).toEqual([1])
}

/** A point, the first time it is passed; `npm run test:long` takes the later times too. */
const times = (point: CrashPoint, ...counts: number[]): string[] =>
  counts.slice(0, isLong ? undefined : 1).map((count) => `${point}:${count}`)

describe('a kill during a rebuild', () => {
  const points = [
    ...times('quarantine.recorded', 1, 3),
    ...times('quarantine.moved', 2),
    ...times('rebuild.hashed', 1),
    ...times('object.moved', 1, 2),
    ...times('rebuild.recorded', 1),
    ...times('object.sidecar-written', 1),
  ]
  for (const point of points) {
    it(`of a library with an older database, right after ${point}, loses nothing`, { timeout: 60_000 }, async () => {
      const library = await unlistedLibrary('older')
      const before = await bytesIn(library.data)
      expect(await run(library.data, 'rebuild', point)).toBe(false)
      const after = await bytesIn(library.data)
      for (const sha256 of library.films.values()) {
        expect(before).toContain(sha256)
        expect(after).toContain(sha256)
      }
      expect(await run(library.data, 'rebuild', '')).toBe(true)
      // The upload waits in quarantine until a person wants it.
      expect(await run(library.data, 'restore', '')).toBe(true)
      await expectAll(library)
    })
  }

  for (const point of [...times('rebuild.hashed', 1), ...times('rebuild.recorded', 1, 3)]) {
    it(`of a library with a new database, right after ${point}, loses nothing`, { timeout: 60_000 }, async () => {
      const library = await unlistedLibrary('none')
      expect(await run(library.data, 'rebuild', point)).toBe(false)
      expect(await run(library.data, 'rebuild', '')).toBe(true)
      await expectAll(library)
    })
  }
})

describe('a kill while things come back from quarantine', () => {
  for (const point of [
    ...times('upload.returned', 1),
    ...times('upload.returned-row', 1),
    ...times('object.moved', 1),
    ...times('rebuild.recorded', 2),
  ]) {
    it(`right after ${point} loses nothing`, { timeout: 60_000 }, async () => {
      const library = await unlistedLibrary('older')
      expect(await run(library.data, 'restore', point)).toBe(false)
      expect(await run(library.data, 'restore', '')).toBe(true)
      await expectAll(library)
    })
  }
})

describe('a kill while good bytes heal an object', () => {
  for (const point of ['quarantine.recorded', 'quarantine.moved', 'object.moved'] as const) {
    it(`right after ${point} loses nothing, and the next import heals it`, { timeout: 60_000 }, async () => {
      const data = path.join(await temporaryFolder(), 'data')
      const engine = await openEngine(data)
      const film = await addFilm(engine, { seed: 95, title: 'Hurt' })
      await engine.close()
      await flipBit(objectFile(data, film.sha256), 4000, { keepTimes: true })
      const hurt = sha256Of(await readFile(objectFile(data, film.sha256)))
      expect(await run(data, 'import', point, film.file)).toBe(false)
      expect(await bytesIn(data)).toContain(hurt)
      expect(await run(data, 'import', '', film.file)).toBe(true)
      const again = await openEngine(data)
      const { videos } = await ask(again, listVideos, {})
      expect(videos).toMatchObject([{ title: 'Hurt', videoId: film.mediaId }])
      expect(sha256Of(await readFile(objectFile(data, film.sha256)))).toBe(film.sha256)
      expect(await bytesIn(data)).toContain(hurt)
      expect(await readdir(path.join(data, 'uploads'))).toEqual([])
    })
  }
})

describe('a kill while a deleted video goes', () => {
  for (const point of ['object.row-released', 'object.file-removed'] as const) {
    it(`right after ${point} leaves nothing of it once the next start came`, { timeout: 60_000 }, async () => {
      const data = path.join(await temporaryFolder(), 'data')
      const engine = await openEngine(data)
      const film = await addFilm(engine, { seed: 96 })
      const other = await addFilm(engine, { seed: 97, title: 'Stays' })
      await engine.close()
      const database = Database.open(path.join(data, 'fieldreel.db'), schema)
      database.prepare('UPDATE media SET deleted_at = 1 WHERE id = :id').run({ id: film.mediaId })
      database.close()
      expect(await run(data, 'nothing', point)).toBe(false)
      expect(await run(data, 'nothing', '')).toBe(true)
      const there = await bytesIn(data)
      expect(there).not.toContain(film.sha256)
      expect(there).toContain(other.sha256)
      expect(await readdir(path.join(data, 'quarantine')).catch(() => [])).toEqual([])
      expect(await readdir(path.dirname(objectFile(data, film.sha256)))).toEqual([])
    })
  }
})
