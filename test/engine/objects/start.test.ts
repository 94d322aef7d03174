import { randomBytes } from 'node:crypto'
import { cp, lstat, mkdir, readFile, readdir, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { compose, type Engine } from '../../../main/compose.ts'
import {
  completeUpload,
  confirmPart,
  deleteQuarantined,
  getMaintenance,
  getVideo,
  keepUnlisted,
  listVideos,
  restoreQuarantined,
  resumeUpload,
} from '../../../main/contract/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database, listSnapshots } from '../../../main/platform/database/index.ts'
import { DataFolder } from '../../../main/platform/files/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import {
  addFilm,
  beginUpload,
  bytesIn,
  type KeptFilm,
  makeFilm,
  objectFile,
  rebuilt,
  sendParts,
  sha256Of,
  snapshotOf,
  uploadBytes,
} from '../../support/kept-library.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { forgetObjects } from '../../support/library-rows.ts'

// Whole engines with ffmpeg: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 120_000 })

const DATABASE = ['fieldreel.db', 'fieldreel.db-wal', 'fieldreel.db-shm']
const STREAM = 'vt_01JCQZ8V6T3F9G5H7K2M4N6P8R.sse'
const FRAME = 'data: {"id":"x"}\n\n'

async function newData(): Promise<string> {
  return path.join(await temporaryFolder(), 'data')
}

/** Everything of a library but its lock and its log. */
async function hashesOf(data: string): Promise<Record<string, string>> {
  const all = Object.entries(await snapshotOf(data))
  return Object.fromEntries(all.filter(([file]) => !/^(logs|instance\.lock)/.test(file)))
}

async function openAnew(data: string): Promise<Engine> {
  const options = { workersFolder: path.resolve('out/main'), version: '0.0.0-test', logToStderr: false }
  const engine = await compose({ data, ...options, env: process.env, whenDamaged: 'begin-anew' })
  onTestFinished(() => engine.close())
  return engine
}

async function removeDatabase(data: string): Promise<void> {
  for (const name of DATABASE) await rm(path.join(data, name), { force: true })
}

const logOf = (data: string) => readFile(path.join(data, 'logs', 'fieldreel.log'), 'utf8')

/** A library of two films, an open upload and a stream that no task has. */
async function makeLibrary(data: string) {
  const engine = await openEngine(data)
  const films = [await addFilm(engine, { seed: 1, title: 'East gate' }), await addFilm(engine, { seed: 2 })]
  const { bytes } = await makeFilm({ seed: 3, sizeBytes: 11_000_000 })
  const plan = await beginUpload(engine, bytes, { title: 'Half sent' })
  await sendParts(engine, plan, bytes, 1)
  await engine.close()
  await writeFile(path.join(data, 'streams', STREAM), FRAME)
  const sent = sha256Of(await readFile(path.join(data, 'uploads', plan.mediaId, 'data')))
  const hashes = [...films.map(({ sha256 }) => sha256), sent, sha256Of(Buffer.from(FRAME))]
  return { films, upload: { ...plan, bytes }, hashes }
}

async function expectFootageIsAskedFor(engine: Engine, films: readonly KeptFilm[], start: string): Promise<void> {
  const state = await ask(engine, getMaintenance, {})
  const bytes = films.reduce((sum, film) => sum + film.bytes.length, 0)
  expect(state, start).toMatchObject({ database: 'new', unlisted: { videos: 2, bytes } })
  expect(engine.notice).toMatch(/its folder holds 2 videos.*npm run library -- rebuild/)
  expect((await ask(engine, listVideos, {})).total).toBe(0)
}

describe('a database that is gone', () => {
  it('leaves every file in place, asks at each start, and moves them to quarantine on request', async () => {
    const data = await newData()
    const { hashes, films } = await makeLibrary(data)
    await removeDatabase(data)
    const before = await snapshotOf(path.join(data, 'objects'))
    for (const start of ['first', 'second']) {
      const engine = await openEngine(data)
      await expectFootageIsAskedFor(engine, films, start)
      expect((await ask(engine, getMaintenance, {})).quarantine).toEqual([])
      expect(await snapshotOf(path.join(data, 'objects'))).toEqual(before)
      await engine.close()
    }
    const engine = await openEngine(data)
    const kept = await ask(engine, keepUnlisted, {})
    expect(kept.database).toBe('good')
    expect(kept.quarantine.map(({ kind }) => kind).toSorted()).toEqual(['object', 'object', 'stream', 'upload'])
    expect(kept.quarantine.map(({ title }) => title)).toEqual(expect.arrayContaining(['East gate', 'Half sent']))
    const there = await bytesIn(data)
    for (const hash of hashes) expect(there).toContain(hash)
    await engine.close()
    const again = await openEngine(data)
    expect(again.notice).toBeNull()
    expect((await ask(again, getMaintenance, {})).database).toBe('good')
  })

  const damages = {
    'cut to nothing': async (data: string) => {
      await removeDatabase(data)
      await writeFile(path.join(data, 'fieldreel.db'), '')
    },
    'cut to nothing with its log beside it': async (data: string) => {
      await truncate(path.join(data, 'fieldreel.db'))
      await writeFile(path.join(data, 'fieldreel.db-wal'), 'a log')
    },
    'overwritten by noise': async (data: string) => {
      const file = path.join(data, 'fieldreel.db')
      await writeFile(file, randomBytes((await lstat(file)).size))
    },
  }
  for (const [how, damage] of Object.entries(damages)) {
    it(`(${how}) is not opened, touches nothing, and is begun anew when told to: then all comes back`, async () => {
      const data = await newData()
      const { films, upload } = await makeLibrary(data)
      await damage(data)
      const before = await hashesOf(data)
      const [snapshot] = listSnapshots(DataFolder.at(data))
      for (const start of ['first', 'second']) {
        const refused = openEngine(data)
        await expect(refused, start).rejects.toMatchObject({
          ...{ code: 'library_damaged', details: { readable: false, snapshot: snapshot!.name } },
          message: expect.stringMatching(/use-snapshot daily-.*npm run library -- rebuild/) as string,
        })
        expect(await hashesOf(data), start).toEqual(before)
      }
      const engine = await openAnew(data)
      await expectFootageIsAskedFor(engine, films, how)
      const { quarantine } = await ask(engine, getMaintenance, {})
      expect(quarantine).toMatchObject([{ kind: 'database', restorable: false }])
      const hash = before['fieldreel.db']
      expect(await bytesIn(path.join(data, 'quarantine'))).toContain(hash)
      expect(await rebuilt(engine)).toMatchObject({
        ...{ database: 'good', unlisted: { videos: 0, bytes: 0 } },
        lastRebuild: { videos: 2, uploads: 1, findings: [] },
      })
      const { videos } = await ask(engine, listVideos, {})
      expect(new Map(videos.map(({ title, sha256 }) => [title, sha256]))).toEqual(
        new Map([
          ['East gate', films[0]!.sha256],
          ['film', films[1]!.sha256],
        ]),
      )
      const { storedParts } = await ask(engine, resumeUpload, { mediaId: upload.mediaId })
      expect(storedParts.map(({ partNumber }) => partNumber)).toEqual([1])
      const after = await ask(engine, getMaintenance, {})
      // A stream that no task has stays aside, and so does the old database.
      expect(after.quarantine.map(({ kind }) => kind).toSorted()).toEqual(['database', 'stream'])
    })
  }

  it('asks nothing in a folder that holds no footage', async () => {
    const data = await newData()
    await mkdir(path.join(data, 'objects', 'ab'), { recursive: true })
    await writeFile(path.join(data, 'objects', '.DS_Store'), '')
    await writeFile(path.join(data, 'objects', 'ab', 'notes.txt'), 'mine')
    const engine = await openEngine(data)
    expect(await ask(engine, getMaintenance, {})).toMatchObject({ database: 'good', quarantine: [] })
    expect(engine.notice).toBeNull()
  })

  it('imports again a film whose bytes are there, as a new item', async () => {
    const data = await newData()
    const { films } = await makeLibrary(data)
    await removeDatabase(data)
    const engine = await openEngine(data)
    const { deduplicated, sha256 } = await uploadBytes(engine, films[0]!.bytes)
    expect(deduplicated).toBe(false)
    expect(sha256Of(await readFile(objectFile(data, sha256)))).toBe(sha256)
    await ask(engine, keepUnlisted, {})
    expect(sha256Of(await readFile(objectFile(data, sha256)))).toBe(sha256)
  })
})

describe('an older copy of the database', () => {
  it('has what it does not know moved into quarantine, from where each thing comes back', async () => {
    const data = await newData()
    const first = await openEngine(data)
    const known = await addFilm(first, { seed: 1, title: 'Known' })
    await first.close()
    const copy = path.join(await temporaryFolder(), 'older.db')
    await cp(path.join(data, 'fieldreel.db'), copy)
    const second = await openEngine(data)
    const later = await addFilm(second, {
      seed: 2,
      title: 'Later',
      filename: 'later.mp4',
      tags: ['gate', 'east'],
      custom: { site: 'north' },
    })
    const { bytes } = await makeFilm({ seed: 3, sizeBytes: 22_000_000 })
    const plan = await beginUpload(second, bytes, { title: 'Half sent' })
    await sendParts(second, plan, bytes, 2)
    const before = await ask(second, getVideo, { videoId: later.mediaId })
    await second.close()
    await removeDatabase(data)
    await cp(copy, path.join(data, 'fieldreel.db'))

    const engine = await openEngine(data)
    const { database, quarantine } = await ask(engine, getMaintenance, {})
    expect(database).toBe('good')
    expect(quarantine.map(({ kind, title, restorable }) => ({ kind, title, restorable }))).toEqual(
      expect.arrayContaining([
        { kind: 'object', title: 'Later', restorable: true },
        { kind: 'upload', title: 'Half sent', restorable: true },
      ]),
    )
    const days = quarantine.map(({ movedAt, keptUntil }) => (Date.parse(keptUntil) - Date.parse(movedAt)) / 86_400_000)
    expect(days).toEqual([30, 30])
    expect(sha256Of(await readFile(objectFile(data, known.sha256)))).toBe(known.sha256)

    for (const { id } of quarantine) await ask(engine, restoreQuarantined, { id })
    expect((await ask(engine, getMaintenance, {})).quarantine).toEqual([])
    const after = await ask(engine, getVideo, { videoId: later.mediaId })
    expect({ ...after, activities: [] }).toEqual({ ...before, activities: [] })
    // The two parts that were stored are offered as stored, and only the third is asked for.
    const resumed = await ask(engine, resumeUpload, { mediaId: plan.mediaId })
    expect(resumed.uploadId).toBe(plan.uploadId)
    expect(resumed.storedParts.map(({ partNumber, confirmed }) => [partNumber, confirmed])).toEqual([
      [1, false],
      [2, false],
    ])
    expect(resumed.parts.map(({ partNumber }) => partNumber)).toEqual([3])
    const { mediaId, uploadId } = plan
    for (const { partNumber, etag, sizeBytes } of resumed.storedParts) {
      await ask(engine, confirmPart, { mediaId, uploadId, partNumber, etag, sizeBytes })
    }
    await sendParts(engine, resumed, bytes)
    await ask(engine, completeUpload, { mediaId, uploadId, autoAnalyze: false })
    expect((await ask(engine, getVideo, { videoId: mediaId })).sha256).toBe(sha256Of(bytes))
  })

  it('may name an upload that ended since: its film is kept', async () => {
    const data = await newData()
    const first = await openEngine(data)
    const { bytes } = await makeFilm({ seed: 4 })
    const plan = await beginUpload(first, bytes, { title: 'Ended since' })
    await first.close()
    const copy = path.join(await temporaryFolder(), 'older.db')
    await cp(path.join(data, 'fieldreel.db'), copy)
    const second = await openEngine(data)
    const resumed = await ask(second, resumeUpload, { mediaId: plan.mediaId })
    await sendParts(second, resumed, bytes)
    const { mediaId, uploadId } = plan
    await ask(second, completeUpload, { mediaId, uploadId, autoAnalyze: false })
    await second.close()
    await removeDatabase(data)
    await cp(copy, path.join(data, 'fieldreel.db'))
    const engine = await openEngine(data)
    expect(await bytesIn(data)).toContain(sha256Of(bytes))
    const { quarantine } = await ask(engine, getMaintenance, {})
    expect(quarantine).toMatchObject([{ kind: 'object', title: 'Ended since' }])
    await ask(engine, restoreQuarantined, { id: quarantine[0]!.id })
    expect((await ask(engine, getVideo, { videoId: mediaId })).title).toBe('Ended since')
    // Its client may not have heard of the end: it is told now, and nothing is added.
    expect(await ask(engine, completeUpload, { mediaId, uploadId })).toMatchObject({ mediaId })
    expect((await ask(engine, listVideos, {})).total).toBe(1)
    await engine.close()
    const again = await openEngine(data)
    expect((await ask(again, getMaintenance, {})).quarantine).toEqual([])
  })

  it('keeps an upload of which a part may have come, and none that was only laid out', async () => {
    const data = await newData()
    await (await openEngine(data)).close()
    const copy = path.join(await temporaryFolder(), 'older.db')
    await cp(path.join(data, 'fieldreel.db'), copy)
    const second = await openEngine(data)
    const { bytes } = await makeFilm({ seed: 5, sizeBytes: 22_000_000 })
    const untouched = await beginUpload(second, bytes, { title: 'Only laid out' })
    const begun = await beginUpload(second, bytes, { title: 'Begun' })
    await sendParts(second, begun, bytes, 1)
    await second.close()
    // A slow disk changes the file long after it was made, and some disks give an empty file room.
    const laidOut = path.join(data, 'uploads', untouched.mediaId, 'data')
    await writeFile(laidOut, Buffer.alloc(bytes.length))
    await utimes(laidOut, new Date(), new Date(Date.now() + 5000))
    await removeDatabase(data)
    await cp(copy, path.join(data, 'fieldreel.db'))
    const engine = await openEngine(data)
    expect((await ask(engine, getMaintenance, {})).quarantine.map(({ title }) => title)).toEqual(['Begun'])
    expect(await readdir(path.join(data, 'uploads'))).toEqual([])
  })

  it('does no harm when the right one is put back: all of it is in its place again', async () => {
    const data = await newData()
    const first = await openEngine(data)
    await addFilm(first, { seed: 1, title: 'Known' })
    await first.close()
    const older = path.join(await temporaryFolder(), 'older.db')
    await cp(path.join(data, 'fieldreel.db'), older)
    const second = await openEngine(data)
    const later = await addFilm(second, { seed: 2, title: 'Later' })
    const { bytes } = await makeFilm({ seed: 3, sizeBytes: 11_000_000 })
    const plan = await beginUpload(second, bytes)
    await sendParts(second, plan, bytes, 1)
    await second.close()
    const right = path.join(await temporaryFolder(), 'right.db')
    await cp(path.join(data, 'fieldreel.db'), right)
    const before = {
      ...(await snapshotOf(path.join(data, 'objects'))),
      ...(await snapshotOf(path.join(data, 'uploads'))),
    }
    await removeDatabase(data)
    await cp(older, path.join(data, 'fieldreel.db'))
    const wrong = await openEngine(data)
    expect((await ask(wrong, getMaintenance, {})).quarantine).toHaveLength(2)
    await wrong.close()
    await removeDatabase(data)
    await cp(right, path.join(data, 'fieldreel.db'))
    const engine = await openEngine(data)
    expect((await ask(engine, getMaintenance, {})).quarantine).toEqual([])
    expect((await ask(engine, getVideo, { videoId: later.mediaId })).title).toBe('Later')
    const after = {
      ...(await snapshotOf(path.join(data, 'objects'))),
      ...(await snapshotOf(path.join(data, 'uploads'))),
    }
    expect(after).toEqual(before)
    expect(
      (await ask(engine, resumeUpload, { mediaId: plan.mediaId })).parts.map(({ partNumber }) => partNumber),
    ).toEqual([2])
  })

  it('drops no upload whose bytes are newer than its rows', async () => {
    const data = await newData()
    const first = await openEngine(data)
    const { bytes } = await makeFilm({ seed: 5, sizeBytes: 11_000_000 })
    const plan = await beginUpload(first, bytes)
    await sendParts(first, plan, bytes, 1)
    await first.close()
    const database = Database.open(path.join(data, 'fieldreel.db'), schema)
    const old = Date.now() - 9 * 86_400_000
    database.prepare('UPDATE uploads SET expires_at = :old, updated_at = :old').run({ old })
    database.close()
    const engine = await openEngine(data)
    const { quarantine } = await ask(engine, getMaintenance, {})
    expect(quarantine).toMatchObject([{ kind: 'upload', filename: 'film.mp4' }])
  })
})

describe('what is not ours', () => {
  it('is left alone at every level, named once, and never ends the start', async () => {
    const data = await newData()
    const { films } = await makeLibrary(data)
    const [film] = films
    const ab = film!.sha256.slice(0, 2)
    const outside = await temporaryFolder()
    const foreign = 'f'.repeat(64)
    await writeFile(path.join(outside, foreign), 'not ours')
    await writeFile(path.join(outside, `${ab}${'0'.repeat(62)}`), 'not ours either')
    const objects = path.join(data, 'objects')
    const lay: Record<string, () => Promise<unknown>> = {
      'objects/.stversions/ab': () => mkdir(path.join(objects, '.stversions', 'ab'), { recursive: true }),
      'objects/.DS_Store': () => writeFile(path.join(objects, '.DS_Store'), 'x'),
      'objects/Thumbs.db': () => writeFile(path.join(objects, 'Thumbs.db'), 'x'),
      'objects/ff': () => symlink(outside, path.join(objects, 'ff')),
      'objects/AB': () => mkdir(path.join(objects, 'AB')),
      [`objects/${ab}/sub`]: () => mkdir(path.join(objects, ab, 'sub')),
      [`objects/${ab}/desktop.ini`]: () => writeFile(path.join(objects, ab, 'desktop.ini'), 'x'),
      // Nearly ours: other letters, other case, one digit more or less, another folder's, a sync tool's twin.
      [`objects/${ab}/${ab}${'g'.repeat(62)}`]: () => writeFile(path.join(objects, ab, `${ab}${'g'.repeat(62)}`), 'x'),
      [`objects/${ab}/${ab}${'A'.repeat(62)}`]: () => writeFile(path.join(objects, ab, `${ab}${'A'.repeat(62)}`), 'x'),
      [`objects/${ab}/${ab}${'0'.repeat(61)}`]: () => writeFile(path.join(objects, ab, `${ab}${'0'.repeat(61)}`), 'x'),
      [`objects/${ab}/${ab}${'0'.repeat(63)}`]: () => writeFile(path.join(objects, ab, `${ab}${'0'.repeat(63)}`), 'x'),
      [`objects/${ab}/${film!.sha256}.sync-conflict`]: () =>
        writeFile(path.join(objects, ab, `${film!.sha256}.sync-conflict`), 'x'),
      [`objects/${ab}/${ab}${'1'.repeat(62)}`]: () => mkdir(path.join(objects, ab, `${ab}${'1'.repeat(62)}`)),
      [`objects/${ab}/${ab}${'0'.repeat(62)}`]: () =>
        symlink(path.join(outside, `${ab}${'0'.repeat(62)}`), path.join(objects, ab, `${ab}${'0'.repeat(62)}`)),
      'uploads/notes': () => mkdir(path.join(data, 'uploads', 'notes')),
      'uploads/3fa85f64-5717-4562-b3fc-2c963f66afa6': () =>
        symlink(outside, path.join(data, 'uploads', '3fa85f64-5717-4562-b3fc-2c963f66afa6')),
      'uploads/.DS_Store': () => writeFile(path.join(data, 'uploads', '.DS_Store'), 'x'),
      'streams/readme.txt': () => writeFile(path.join(data, 'streams', 'readme.txt'), 'x'),
      'streams/vt_01JCQZ8V6T3F9G5H7K2M4N6P8S.sse': () =>
        symlink(path.join(outside, foreign), path.join(data, 'streams', 'vt_01JCQZ8V6T3F9G5H7K2M4N6P8S.sse')),
    }
    for (const make of Object.values(lay)) await make()
    const before = await snapshotOf(outside)
    await rm(path.join(data, 'logs'), { recursive: true })
    const engine = await openEngine(data)
    await engine.close()
    for (const name of Object.keys(lay))
      expect(await lstat(path.join(data, name)).catch(() => null), name).not.toBeNull()
    expect(await snapshotOf(outside)).toEqual(before)
    const named = (await logOf(data)).split('\n').filter((line) => line.includes('not files of Fieldreel'))
    expect(named).toHaveLength(1)
    // `.stversions` is named, not each thing below it.
    expect(JSON.parse(named[0]!)).toMatchObject({ count: Object.keys(lay).length })
  })

  for (const name of ['objects', 'uploads', 'streams', 'quarantine']) {
    it(`may be a link in the place of ${name}/: nothing behind it is moved or deleted`, async () => {
      const data = await newData()
      const { films } = await makeLibrary(data)
      const elsewhere = path.join(await temporaryFolder(), name)
      await mkdir(path.join(data, name), { recursive: true })
      await rename(path.join(data, name), elsewhere)
      await symlink(elsewhere, path.join(data, name))
      // Of another library: no row here names it.
      const stranger = '00'.repeat(32)
      await mkdir(path.join(elsewhere, '00'), { recursive: true })
      await writeFile(path.join(elsewhere, '00', stranger), 'another library')
      const before = await snapshotOf(elsewhere)
      const engine = await openEngine(data)
      expect((await ask(engine, listVideos, {})).total).toBe(films.length)
      await engine.close()
      const after = await snapshotOf(elsewhere)
      for (const [file, hash] of Object.entries(before)) expect(after[file], file).toBe(hash)
    })
  }
})

it('deletes a thing in quarantine when a person says so, and only that one', async () => {
  const data = await newData()
  const { films } = await makeLibrary(data)
  await removeDatabase(data)
  const engine = await openEngine(data)
  const { quarantine } = await ask(engine, keepUnlisted, {})
  const gone = quarantine.find(({ title }) => title === 'East gate')!
  await ask(engine, deleteQuarantined, { id: gone.id })
  const there = await bytesIn(data)
  expect(there).not.toContain(films[0]!.sha256)
  expect(there).toContain(films[1]!.sha256)
  await expect(ask(engine, deleteQuarantined, { id: gone.id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(ask(engine, deleteQuarantined, { id: '../../objects' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(ask(engine, restoreQuarantined, { id: '..' })).rejects.toMatchObject({ code: 'not_found' })
})

it('keeps a file that an older database releases when it was stored again since', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const film = await addFilm(engine, { seed: 7 })
  await engine.close()
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  forgetObjects(database)
  database
    .prepare('INSERT INTO released_objects (sha256, released_at) VALUES (:sha256, 1)')
    .run({ sha256: film.sha256 })
  database.close()
  const again = await openEngine(data)
  expect(await bytesIn(data)).toContain(film.sha256)
  expect((await ask(again, getMaintenance, {})).quarantine).toMatchObject([{ kind: 'object' }])
})
