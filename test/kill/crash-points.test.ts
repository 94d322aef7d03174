import { copyFile, mkdir, readFile, utimes } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { CRASH_POINTS } from '../../main/platform/files/index.ts'
import { FLOWER, FRIDAY } from '../fixtures/clips.ts'
import { padFilm } from '../support/padded-film.ts'
import { isLong } from '../support/schedule.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { confirmedParts, expectWhole, sha256Of, withDatabase } from './library-check.ts'
import { Uploader } from './uploader.ts'
import { Victim } from './victim.ts'

// Ends a real process between two steps of a durable sequence, once for each step, and goes on with the next process.

const KEY = 'fieldreel_test_key_of_the_crash_points'
const MIB = 1024 * 1024
/** Families of steps with tests of their own, by how their names begin. */
const TESTED_ELSEWHERE = ['backup', 'restore', 'snapshot', 'quarantine', 'rebuild', 'upload.returned']
/** Three parts: some are stored before the crash, some after it. */
const PARTS_FILM_BYTES = 25 * MIB

type Scenario = (point: string) => Promise<void>

/** What each step is passed by; `name:2` is the second time that it is passed. */
const SCENARIOS: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = {
  'secrets.written': { 'first secrets': firstSecrets, 'first start': firstStart },
  'upload.folder-made': { upload, import: importFilm },
  'upload.laid-out': { upload, import: importFilm },
  'upload.row-inserted': { upload, import: importFilm },
  'part.written:3': { import: importFilm },
  'part.stored:2': { upload, import: importFilm },
  'part.recorded:2': { upload },
  'part.confirmed:2': { upload, import: importFilm },
  'complete.hashed': { upload, import: importFilm },
  'complete.hash-recorded': { upload, import: importFilm },
  'object.moved': { upload, import: importFilm },
  'complete.committed': { upload, import: importFilm },
  'object.sidecar-written': { upload, import: importFilm },
  'upload.folder-removed': { upload, import: importFilm },
  'index.written': { import: importFilm },
  'index.renamed': { import: importFilm },
  'video.derived-removed': { delete: deleteFilm },
  'object.row-released': { delete: deleteFilm },
  'object.file-removed': { delete: deleteFilm },
  'migration.applied': { 'first start': firstStart },
  'migration.applied:4': { 'first start': firstStart },
  'migration.applied:10': { 'first start': firstStart },
}

it('every step of a durable sequence has a scenario that crashes there', () => {
  const crashed = new Set(Object.keys(SCENARIOS).map((point) => point.split(':')[0]))
  const named = CRASH_POINTS.filter((point) => !TESTED_ELSEWHERE.some((family) => point.startsWith(family)))
  expect(named.filter((point) => !crashed.has(point))).toEqual([])
})

/** `npm test` crashes at each step in one of its scenarios, in turn; `npm run test:long` in all of them. */
const cases = Object.entries(SCENARIOS).flatMap(([point, scenarios], turn) => {
  const all = Object.entries(scenarios).map(([name, scenario]) => ({ name, point, scenario }))
  return isLong ? all : all.filter((_, index) => index === turn % all.length)
})

it.each(cases)('$name goes on after a crash at $point and loses nothing', { timeout: 120_000 }, ({ point, scenario }) =>
  scenario(point),
)

/** A client of the HTTP API sends a film; the server dies, and the client goes on with the next one. */
async function upload(point: string): Promise<void> {
  const folder = await temporaryFolder()
  const data = await newData(folder)
  const film = await padFilm(path.join(folder, 'film.mp4'), PARTS_FILM_BYTES)
  const uploader = new Uploader(await readFile(film), KEY)
  const victim = serve(data, point)
  const { url } = await listening(victim)
  await expect(uploader.work(url)).rejects.toThrow(/fetch failed|terminated/)
  await expectCrash(victim)
  const confirmed = withDatabase(data, confirmedParts)

  const next = serve(data)
  const again = await listening(next)
  await uploader.check(again.url)
  if (!uploader.isComplete) await uploader.work(again.url)
  await until('all jobs to end', () => openJobs(data) === 0, 60_000)
  await next.stop()
  expectStillConfirmed(data, confirmed)
  await expire(data)
  const sweeper = serve(data)
  await listening(sweeper)
  await sweeper.stop()
  await expectLibrary(data, [film])
}

/** An upload whose first answer got lost waits for its expiry: now it is over, for its row and for its file. */
async function expire(data: string): Promise<void> {
  const lost = withDatabase(data, (database) => {
    const expired = database.prepare(`UPDATE uploads SET expires_at = 1, updated_at = 1 WHERE status = 'uploading'`)
    const open = database.prepare<{ media_id: string }>(`SELECT media_id FROM uploads WHERE status = 'uploading'`).all()
    expired.run()
    return open
  })
  // A file that is newer than its row would be kept: it would tell of an older database.
  for (const { media_id: mediaId } of lost) await utimes(path.join(data, 'uploads', mediaId, 'data'), 0, 0)
}

/** The command imports a film and dies; the same command again goes on. */
async function importFilm(point: string): Promise<void> {
  const folder = await temporaryFolder()
  const data = await newData(folder)
  const film = await padFilm(path.join(folder, 'film.mp4'), PARTS_FILM_BYTES)
  // So slow that its parts are confirmed in two groups.
  const env = { FIELDREEL_CRASH_AT: point, FIELDREEL_SLOW_PARTS: '300' }
  const victim = Victim.start('ingest', [film, '--data', data], env)
  await expectCrash(victim)
  const confirmed = withDatabase(data, confirmedParts)

  const next = Victim.start('ingest', [film, '--data', data])
  expect(await next.ended(), next.said).toBe(0)
  expectStillConfirmed(data, confirmed)
  await expectLibrary(data, [film])
}

/** One of two films was deleted so long ago that it is removed at the next start, which dies. */
async function deleteFilm(point: string): Promise<void> {
  const folder = await temporaryFolder()
  const data = await newData(folder)
  const [gone, kept] = [path.join(folder, 'gone.mp4'), path.join(folder, 'kept.webm')]
  await copyFile(FRIDAY, gone)
  await copyFile(FLOWER, kept)
  const both = Victim.start('ingest', [gone, kept, '--data', data])
  expect(await both.ended(), both.said).toBe(0)
  withDatabase(data, (database) =>
    database.prepare(`UPDATE media SET deleted_at = 1 WHERE filename = 'gone.mp4'`).run(),
  )
  await expectCrash(serve(data, point))

  const next = serve(data)
  await listening(next)
  await next.stop()
  await expectLibrary(data, [kept])
}

/** A new library is made, and its maker dies half-way. */
async function firstStart(point: string): Promise<void> {
  const folder = await temporaryFolder()
  const data = await newData(folder)
  await expectCrash(serve(data, point))
  const next = Victim.start('ingest', [FRIDAY, '--data', data])
  expect(await next.ended(), next.said).toBe(0)
  await expectLibrary(data, [FRIDAY])
}

/** The maker of a new library dies once its secrets are written: links that are signed later are signed with these. */
async function firstSecrets(point: string): Promise<void> {
  const data = await newData(await temporaryFolder())
  const secrets = async (): Promise<unknown> => JSON.parse(await readFile(path.join(data, 'secrets.json'), 'utf8'))
  await expectCrash(serve(data, point))
  const before = await secrets()
  const next = serve(data)
  await listening(next)
  await next.stop()
  expect(await secrets()).toEqual(before)
}

async function newData(folder: string): Promise<string> {
  const data = path.join(folder, 'data')
  await mkdir(data)
  return data
}

function serve(data: string, point = ''): Victim {
  const env = { FIELDREEL_API_KEY: KEY, FIELDREEL_CRASH_AT: point }
  return Victim.start('serve', ['--data', data, '--port', '0'], env)
}

async function listening(victim: Victim): Promise<{ url: string }> {
  const line = await victim.firstLine()
  expect(line, victim.said).not.toBeNull()
  return JSON.parse(line ?? '{}') as { url: string }
}

/** It died by itself, at the step, and not of something else. */
async function expectCrash(victim: Victim): Promise<void> {
  await victim.ended()
  expect(victim.signal, victim.said).toBe('SIGKILL')
}

function expectStillConfirmed(data: string, before: ReadonlyMap<string, number>): void {
  const now = withDatabase(data, confirmedParts)
  for (const [part, at] of before) expect(now.get(part), `part ${part}`).toBe(at)
}

/** These films are there, and nothing else; every file has its row and every row its file. */
async function expectLibrary(data: string, films: readonly string[]): Promise<void> {
  await expectWhole(data)
  const stored = withDatabase(data, (database) =>
    database
      .prepare<{ sha256: string }>('SELECT sha256 FROM media')
      .all()
      .map(({ sha256 }) => sha256),
  )
  expect(stored.toSorted()).toEqual((await Promise.all(films.map(sha256Of))).toSorted())
}

function openJobs(data: string): number {
  const count = `SELECT count(*) AS count FROM jobs WHERE status IN ('pending', 'processing')`
  return withDatabase(data, (database) => database.prepare<{ count: number }>(count).get()?.count ?? 0)
}
