import { appendFile, copyFile, cp, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  createApiKey,
  deleteVideo,
  getMaintenance,
  getVideo,
  keepUnlisted,
  latestAnalysisJob,
  listVideos,
  openVideo,
  restoreQuarantined,
  resumeUpload,
  startRebuild,
  stopMaintenance,
  updateVideo,
  type Video,
} from '../../../main/contract/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { FLOWER } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import {
  addFilm,
  beginUpload,
  bytesIn,
  flipBit,
  makeFilm,
  objectFile,
  rebuilt,
  sendParts,
  sha256Of,
  uploadBytes,
} from '../../support/kept-library.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'
import { describeAs } from '../../support/library-rows.ts'

// Whole engines with ffmpeg: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 120_000 })

const newData = async (): Promise<string> => path.join(await temporaryFolder(), 'data')
const sidecarFile = (data: string, sha256: string): string => `${objectFile(data, sha256)}.json`

async function loseDatabase(data: string): Promise<void> {
  for (const name of ['fieldreel.db', 'fieldreel.db-wal', 'fieldreel.db-shm']) {
    await rm(path.join(data, name), { force: true })
  }
}

/** What a person would miss of a video. */
function factsOf({ videoId, title, filename, tags, custom, createdAt, sha256, sizeBytes, contentType }: Video) {
  return { videoId, title, filename, tags, custom, createdAt, sha256, sizeBytes, contentType }
}

async function library(engine: Engine) {
  const { videos } = await ask(engine, listVideos, { limit: 1000 })
  return videos.map(factsOf).toSorted((one, other) => (one.videoId < other.videoId ? -1 : 1))
}

async function expectPlayable(engine: Engine): Promise<void> {
  for (const { videoId, sha256 } of (await ask(engine, listVideos, { limit: 1000 })).videos) {
    expect(sha256Of(await readFile((await ask(engine, openVideo, { videoId })).path))).toBe(sha256)
  }
}

describe('a rebuild', () => {
  it('brings back every film with title, filename, tags and times, under its old id, and queues its analysis', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    await addFilm(engine, { seed: 41, title: 'Twice', filename: 'a.mp4', tags: ['one'], custom: { site: 'north' } })
    const twin = await addFilm(engine, { seed: 42, title: 'Twice', filename: 'b.mp4' })
    await uploadBytes(engine, twin.bytes, { title: 'The same bytes', tags: ['two'] })
    const last = await addFilm(engine, { seed: 43, title: 'Renamed later' })
    await ask(engine, updateVideo, { videoId: last.mediaId, title: 'Tor 7 – مرحبا', tags: ['Süd'] })
    const gone = await addFilm(engine, { seed: 44, title: 'Put out' })
    await ask(engine, deleteVideo, { videoId: gone.mediaId })
    const before = await library(engine)
    expect(before).toHaveLength(4)
    await engine.close()
    await loseDatabase(data)

    const fresh = await openEngine(data)
    expect((await ask(fresh, getMaintenance, {})).database).toBe('new')
    const state = await rebuilt(fresh)
    expect(state).toMatchObject({ database: 'good', unlisted: { videos: 1 } })
    expect(await library(fresh)).toEqual(before)
    await expectPlayable(fresh)
    await until('an analysis', async () => {
      return (await ask(fresh, latestAnalysisJob, { mediaId: last.mediaId })).status === 'completed'
    })
    // What a person had deleted does not come back by itself, and comes back when it is asked for.
    expect(state.quarantine).toMatchObject([{ kind: 'object', title: 'Put out', restorable: true }])
    await ask(fresh, restoreQuarantined, { id: state.quarantine[0]!.id })
    expect(await ask(fresh, getVideo, { videoId: gone.mediaId })).toMatchObject({ title: 'Put out' })
    expect((await ask(fresh, getMaintenance, {})).quarantine).toEqual([])
    // Doing it again changes nothing.
    await rebuilt(fresh)
    expect(await library(fresh)).toHaveLength(5)
    await fresh.close()
    const again = await openEngine(data)
    expect(again.notice).toBeNull()
    expect(await library(again)).toHaveLength(5)
  })

  it('brings films back out of quarantine too, and never overwrites what rows say now', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const known = await addFilm(engine, { seed: 45, title: 'As it was' })
    await engine.close()
    const copy = path.join(await temporaryFolder(), 'older.db')
    await cp(path.join(data, 'fieldreel.db'), copy)
    const later = await openEngine(data)
    await uploadBytes(later, known.bytes, { title: 'Same bytes, later' })
    await addFilm(later, { seed: 46, title: 'Later' })
    await later.close()
    await loseDatabase(data)
    await cp(copy, path.join(data, 'fieldreel.db'))
    const older = await openEngine(data)
    await ask(older, updateVideo, { videoId: known.mediaId, title: 'As it is now' })
    await rebuilt(older)
    expect((await library(older)).map(({ title }) => title).toSorted()).toEqual([
      'As it is now',
      'Later',
      'Same bytes, later',
    ])
    await expectPlayable(older)
    expect((await ask(older, getMaintenance, {})).quarantine).toEqual([])
  })

  it('brings back films without a sidecar, by what the film itself tells', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const film = await addFilm(engine, { seed: 47, title: 'Forgotten' })
    const webm = await uploadBytes(engine, await readFile(FLOWER), { filename: 'flower.webm' })
    await engine.close()
    await loseDatabase(data)
    await rm(sidecarFile(data, film.sha256))
    await writeFile(sidecarFile(data, webm.sha256), '{"sha256":')
    const written = new Date('2021-03-04T05:06:07Z')
    await utimes(objectFile(data, film.sha256), written, written)
    const fresh = await openEngine(data)
    await rebuilt(fresh)
    const videos = await library(fresh)
    expect(videos.map(({ contentType }) => contentType).toSorted()).toEqual(['video/mp4', 'video/webm'])
    for (const video of videos) {
      expect(video.title).toMatch(/^Video of \d{4}-\d\d-\d\d \d\d:\d\d$/)
      expect(video.filename).toBe(`${video.title}.${video.contentType === 'video/webm' ? 'webm' : 'mp4'}`)
    }
    await expectPlayable(fresh)
  })

  it('restores no object whose bytes differ from its name, reports it, and loses nothing', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const films = await Promise.all(
      [51, 52, 53, 54, 55].map((seed) => addFilm(engine, { seed, title: `Film ${seed}` })),
    )
    const [flipped, short, lost, one, other] = films
    await engine.close()
    await loseDatabase(data)
    await flipBit(objectFile(data, flipped!.sha256), 3000, { keepTimes: true })
    await writeFile(objectFile(data, short!.sha256), short!.bytes.subarray(0, 300_000))
    await rm(objectFile(data, lost!.sha256))
    const [first, second] = [objectFile(data, one!.sha256), objectFile(data, other!.sha256)]
    await rename(first, `${first}.aside`)
    await rename(second, first)
    await rename(`${first}.aside`, second)
    const before = await bytesIn(data)
    const fresh = await openEngine(data)
    const state = await rebuilt(fresh)
    // Two whose names were swapped come back each under its own; the damaged ones are kept and not shown.
    expect((await library(fresh)).map(({ title }) => title).toSorted()).toEqual(['Film 54', 'Film 55'])
    await expectPlayable(fresh)
    const hurt = state.quarantine.filter(({ restorable }) => !restorable)
    expect(hurt.map(({ title }) => title).toSorted()).toEqual(['Film 51', 'Film 52'])
    const after = await bytesIn(data)
    for (const { sha256 } of [one!, other!]) expect(after).toContain(sha256)
    for (const file of ['flipped', 'short']) {
      const film = file === 'flipped' ? flipped! : short!
      const damaged = file === 'flipped' ? null : sha256Of(film.bytes.subarray(0, 300_000))
      if (damaged !== null) expect(after).toContain(damaged)
      expect(before.has(film.sha256)).toBe(false)
    }
    // The good file heals it: it becomes a film again.
    await uploadBytes(fresh, flipped!.bytes, { title: 'Film 51' })
    await expectPlayable(fresh)
  })

  it('keeps a file that is no film, and says so', async () => {
    const data = await newData()
    await (await openEngine(data)).close()
    const bytes = Buffer.from('this is not a film')
    await mkdir(path.dirname(objectFile(data, sha256Of(bytes))), { recursive: true })
    await writeFile(objectFile(data, sha256Of(bytes)), bytes)
    await loseDatabase(data)
    const engine = await openEngine(data)
    const state = await rebuilt(engine)
    expect(state.database).toBe('good')
    expect(state.quarantine).toHaveLength(1)
    expect(await library(engine)).toEqual([])
    expect(await bytesIn(data)).toContain(sha256Of(bytes))
  })

  it('keeps the users that films belong to', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const film = await addFilm(engine, { seed: 56 })
    await ask(engine, createApiKey, { name: 'x', scopes: ['read'], userName: 'Anna' })
    await engine.close()
    const edit = Database.open(path.join(data, 'fieldreel.db'), schema)
    describeAs(edit, { owner: 'Anna' })
    edit.close()
    await (await openEngine(data)).close()
    await loseDatabase(data)
    const fresh = await openEngine(data)
    await rebuilt(fresh)
    const { ownerId } = await ask(fresh, getVideo, { videoId: film.mediaId })
    await fresh.close()
    const read = Database.open(path.join(data, 'fieldreel.db'), schema)
    expect(read.prepare<{ name: string }>('SELECT name FROM users WHERE id = :ownerId').get({ ownerId })?.name).toBe(
      'Anna',
    )
    read.close()
  })

  it('gives a film whose id is taken another one', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const film = await addFilm(engine, { seed: 57, title: 'Old' })
    await engine.close()
    await loseDatabase(data)
    const second = await openEngine(data)
    const other = await addFilm(second, { seed: 58, title: 'Has its id' })
    await second.close()
    const text = await readFile(sidecarFile(data, film.sha256), 'utf8')
    await writeFile(sidecarFile(data, film.sha256), text.replaceAll(film.mediaId, other.mediaId))
    const fresh = await openEngine(data)
    await rebuilt(fresh)
    const titles = (await library(fresh)).map(({ title }) => title).toSorted()
    expect(titles).toEqual(['Has its id', 'Old'])
    expect((await ask(fresh, getVideo, { videoId: other.mediaId })).title).toBe('Has its id')
    await rebuilt(fresh)
    expect(await library(fresh)).toHaveLength(2)
  })

  it('opens unfinished uploads again, with the parts whose bytes are right', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const { bytes } = await makeFilm({ seed: 59, sizeBytes: 33_000_000 })
    const plan = await beginUpload(engine, bytes, { title: 'Half sent', tags: ['gate'] })
    await sendParts(engine, plan, bytes, 3)
    await engine.close()
    await loseDatabase(data)
    const folder = path.join(data, 'uploads', plan.mediaId)
    await flipBit(path.join(folder, 'data'), 10_485_760 + 5)
    // Notes that nobody wrote in good faith.
    await appendFile(
      path.join(folder, 'parts'),
      `4 ${'a'.repeat(32)}\n99999 ${'b'.repeat(32)}\n0 ${'c'.repeat(32)}\nx y\n`,
    )
    const fresh = await openEngine(data)
    await rebuilt(fresh)
    const resumed = await ask(fresh, resumeUpload, { mediaId: plan.mediaId })
    expect(resumed.storedParts.map(({ partNumber }) => partNumber)).toEqual([1, 3])
    expect(resumed.parts.map(({ partNumber }) => partNumber)).toEqual([2, 4])
  })

  it('can be stopped and goes on where it was; a second one beside it is refused', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const films = []
    for (const seed of [61, 62, 63])
      films.push(await addFilm(engine, { seed, title: `Film ${seed}`, sizeBytes: 9_000_000 }))
    await engine.close()
    await loseDatabase(data)
    const fresh = await openEngine(data)
    const { run } = await ask(fresh, startRebuild, {})
    expect(run).toMatchObject({ kind: 'rebuild' })
    await expect(ask(fresh, startRebuild, {})).rejects.toMatchObject({ code: 'conflict' })
    await expect(ask(fresh, keepUnlisted, {})).rejects.toMatchObject({ code: 'conflict' })
    await until('the first film', async () => (await library(fresh)).length > 0)
    const stopped = await ask(fresh, stopMaintenance, {})
    expect(stopped.run).toBeNull()
    expect(stopped.database).toBe('new')
    await fresh.close()
    const again = await openEngine(data)
    await rebuilt(again)
    expect((await library(again)).map(({ title }) => title).toSorted()).toEqual(['Film 61', 'Film 62', 'Film 63'])
  })
})

describe('a manipulated sidecar', () => {
  const ID = '3fa85f64-5717-4562-b3fc-2c963f66afa6'
  const SIDECARS: Record<string, unknown> = {
    'wrong types everywhere': {
      videos: [{ id: 7, owner: {}, title: [], filename: 3, contentType: 'text/html', tags: 'x' }],
    },
    'no videos': { videos: 'none' },
    'a path for a filename': { videos: [{ id: ID, title: 'T', filename: '../../../../etc/passwd' }] },
    'a drive for a filename': { videos: [{ id: ID, title: 'T', filename: 'C:\\Windows\\system32\\x.mp4' }] },
    'a path for an id': { videos: [{ id: '../../fieldreel.db', title: 'T', filename: 'x.mp4' }] },
    'terminal escapes': { videos: [{ id: ID, title: '\u001b]0;owned\u0007\u001b[2J', filename: '\u001b[31mx.mp4' }] },
    'a NUL in the filename': { videos: [{ id: ID, title: 'T\0', filename: 'x\0.mp4' }] },
    'very long texts': {
      videos: [{ id: ID, title: 'x'.repeat(100_000), filename: 'y'.repeat(100_000), owner: 'z'.repeat(9e5) }],
    },
    'tags and metadata without end': {
      videos: [{ id: ID, title: 'T', tags: Array(50_000).fill('<script>'), custom: { a: 'b'.repeat(90_000) } }],
    },
    'instants out of range': {
      videos: [{ id: ID, title: 'T', createdAt: '+275760-09-13T00:00:00.001Z', deletedAt: 5 }],
    },
    'a prototype': JSON.parse('{"videos":[{"__proto__":{"id":"x"},"constructor":1,"title":"T"}]}'),
    'the same id twice': {
      videos: [
        { id: ID, title: 'One' },
        { id: ID, title: 'Two' },
      ],
    },
  }
  for (const [what, sidecar] of Object.entries(SIDECARS)) {
    it(`with ${what} does no harm, and the film comes back`, async () => {
      const data = await newData()
      const engine = await openEngine(data)
      const film = await addFilm(engine, { seed: 71 })
      await engine.close()
      await loseDatabase(data)
      const file = sidecarFile(data, film.sha256)
      await writeFile(file, JSON.stringify({ version: 1, sha256: film.sha256, sizeBytes: -1, ...(sidecar as object) }))
      const fresh = await openEngine(data)
      const state = await rebuilt(fresh)
      expect(state.quarantine).toEqual([])
      const videos = await library(fresh)
      expect(videos.length).toBeGreaterThan(0)
      for (const video of videos) {
        expect(video.filename).not.toMatch(/[/\\\0]/)
        expect(video.filename.length).toBeLessThanOrEqual(255)
        expect(video.title.length).toBeLessThanOrEqual(255)
        expect(video.tags.length).toBeLessThanOrEqual(20)
        expect(video.sha256).toBe(film.sha256)
      }
      await expectPlayable(fresh)
      await rebuilt(fresh)
      expect(await library(fresh)).toEqual(videos)
    })
  }
})

it('copies of a library can be opened and rebuilt elsewhere', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const film = await addFilm(engine, { seed: 81, title: 'Moved' })
  await engine.close()
  const elsewhere = await newData()
  await mkdir(path.dirname(objectFile(elsewhere, film.sha256)), { recursive: true })
  for (const name of await readdir(path.dirname(objectFile(data, film.sha256)))) {
    const from = path.join(path.dirname(objectFile(data, film.sha256)), name)
    await copyFile(from, path.join(path.dirname(objectFile(elsewhere, film.sha256)), name))
  }
  const fresh = await openEngine(elsewhere)
  await rebuilt(fresh)
  expect(await library(fresh)).toMatchObject([{ title: 'Moved', videoId: film.mediaId }])
})
