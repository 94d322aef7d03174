import {
  copyFile,
  lstat,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  addImports,
  cancelImport,
  completeUpload,
  type Import,
  getMaintenance,
  getVideo,
  latestAnalysisJob,
  listImports,
  listVideos,
  openDerived,
  openVideo,
  pauseImports,
  resumeImports,
  resumeUpload,
  restoreQuarantined,
  queueAnalysis,
} from '../../../main/contract/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { addFilm, flipBit, type KeptFilm, objectFile, sha256Of, uploadBytes } from '../../support/kept-library.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'
import { forgetObjects } from '../../support/library-rows.ts'

// Copying takes a while: there is time to do something in the middle of it.
vi.stubEnv('FIELDREEL_SLOW_PARTS', '100')

// Whole engines with ffmpeg: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 120_000 })

const newData = async (): Promise<string> => path.join(await temporaryFolder(), 'data')

/** Ways in which a disk, or somebody, harms the file of an object. */
const DAMAGES: Record<string, (file: string, film: KeptFilm) => Promise<void>> = {
  'a flipped bit': (file) => flipBit(file, 1234),
  'a flipped bit with its old times': (file) => flipBit(file, 600_000, { keepTimes: true }),
  'the first bit flipped': (file) => flipBit(file, 0, { keepTimes: true }),
  'the last bit flipped': (file, { bytes }) => flipBit(file, bytes.length - 1, { keepTimes: true }),
  'its end missing': (file, { bytes }) => truncate(file, bytes.length - 1),
  nothing: (file) => truncate(file, 0),
  'a byte too many': async (file) => {
    const handle = await open(file, 'a')
    await handle.write('x')
    await handle.close()
  },
  'other bytes of the same length': (file, { bytes }) => writeFile(file, Buffer.alloc(bytes.length, 7)),
  'no file': (file) => rm(file),
  'no folder': (file) => rm(path.dirname(file), { recursive: true }),
  'a folder': async (file) => {
    await rm(file)
    await mkdir(path.join(file, 'inside'), { recursive: true })
  },
  'a link to the right bytes elsewhere': async (file, film) => {
    await rm(file)
    await symlink(film.file, file)
  },
}

async function importFile(engine: Engine, file: string): Promise<Import> {
  const { imports } = await ask(engine, addImports, { paths: [file] })
  const { importId } = imports[0]!
  return await until(
    'the import to end',
    async () => {
      const one = (await ask(engine, listImports, {})).imports.find((other) => other.importId === importId)!
      return one.finishedAt !== null && one
    },
    60_000,
  )
}

async function expectGood(engine: Engine, data: string, { sha256, bytes }: KeptFilm): Promise<void> {
  const file = objectFile(data, sha256)
  expect((await lstat(file)).isFile()).toBe(true)
  const stored = await readFile(file)
  expect(stored.length).toBe(bytes.length)
  expect(sha256Of(stored)).toBe(sha256)
  for (const video of (await ask(engine, listVideos, {})).videos) {
    const { path: opened } = await ask(engine, openVideo, { videoId: video.videoId })
    expect(sha256Of(await readFile(opened))).toBe(video.sha256)
  }
}

describe('an object with', () => {
  for (const [how, damage] of Object.entries(DAMAGES)) {
    it(`${how} is healed by the same file, imported and uploaded, and nobody is told that it is here`, async () => {
      const data = await newData()
      const engine = await openEngine(data)
      const film = await addFilm(engine, { seed: 11, title: 'The only one' })
      await damage(objectFile(data, film.sha256), film)
      const done = await importFile(engine, film.file)
      expect(done).toMatchObject({ status: 'completed', errorCode: null })
      await expectGood(engine, data, film)
      // It was put right, not added again.
      expect((await ask(engine, listVideos, {})).videos.map(({ title }) => title)).toEqual(['The only one'])
      expect(done.mediaId).toBe(film.mediaId)

      await damage(objectFile(data, film.sha256), film)
      const again = await uploadBytes(engine, film.bytes)
      expect(again.deduplicated).toBe(false)
      await expectGood(engine, data, film)
      expect((await uploadBytes(engine, film.bytes)).deduplicated).toBe(true)
      expect(await importFile(engine, film.file)).toMatchObject({ status: 'completed', duplicateOf: {} })
    })
  }

  it('damaged bytes goes into quarantine before the good ones take its place', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const film = await addFilm(engine, { seed: 12, title: 'Hurt' })
    await flipBit(objectFile(data, film.sha256), 5000)
    const hurt = sha256Of(await readFile(objectFile(data, film.sha256)))
    await uploadBytes(engine, film.bytes)
    const { quarantine, unlisted } = await ask(engine, getMaintenance, {})
    expect(quarantine).toMatchObject([{ kind: 'object', title: 'Hurt', restorable: false }])
    expect(unlisted.videos).toBe(0)
    expect(sha256Of(await readFile(path.join(data, 'quarantine', quarantine[0]!.id)))).toBe(hurt)
    await expect(ask(engine, restoreQuarantined, { id: quarantine[0]!.id })).rejects.toMatchObject({ code: 'conflict' })
    await expectGood(engine, data, film)
  })

  it('the bytes of another one, and the other way round, is healed by either file', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const one = await addFilm(engine, { seed: 13 })
    const other = await addFilm(engine, { seed: 14 })
    const [first, second] = [objectFile(data, one.sha256), objectFile(data, other.sha256)]
    await rename(first, `${first}.aside`)
    await rename(second, first)
    await rename(`${first}.aside`, second)
    expect((await importFile(engine, one.file)).mediaId).toBe(one.mediaId)
    expect((await uploadBytes(engine, other.bytes)).deduplicated).toBe(false)
    await expectGood(engine, data, one)
    await expectGood(engine, data, other)
  })

  it('a reader that has it open gives that one all it began with, while the good bytes take its place', async () => {
    const data = await newData()
    const engine = await openEngine(data)
    const film = await addFilm(engine, { seed: 15 })
    const file = objectFile(data, film.sha256)
    await flipBit(file, 77)
    const hurt = await readFile(file)
    const reader = await open(file)
    await uploadBytes(engine, film.bytes)
    expect((await reader.readFile()).equals(hurt)).toBe(true)
    await reader.close()
    await expectGood(engine, data, film)
  })
})

it('a copy that heals goes on after it was held, and still adds no second video', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const film = await addFilm(engine, { seed: 16, sizeBytes: 110_000_000 })
  await rm(objectFile(data, film.sha256))
  const { imports } = await ask(engine, addImports, { paths: [film.file] })
  const { importId } = imports[0]!
  const look = async () => (await ask(engine, listImports, {})).imports.find((one) => one.importId === importId)!
  await until('the first part', async () => (await look()).partsStored > 0 || (await look()).finishedAt !== null)
  const isHeld = await ask(engine, pauseImports, { importId }).then(
    () => true,
    () => false,
  )
  await engine.close()
  const again = await openEngine(data)
  if (isHeld) await ask(again, resumeImports, { importId })
  const done = await until(
    'the end',
    async () => {
      const { imports: now } = await ask(again, listImports, {})
      return now.find((one) => one.importId === importId && one.finishedAt !== null)
    },
    60_000,
  )
  expect(done).toMatchObject({ status: 'completed', mediaId: film.mediaId })
  expect((await ask(again, listVideos, {})).total).toBe(1)
  await expectGood(again, data, film)
})

it('a copy that heals can be cancelled, and leaves nothing', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const film = await addFilm(engine, { seed: 17, sizeBytes: 45_000_000 })
  await rm(objectFile(data, film.sha256))
  const { imports } = await ask(engine, addImports, { paths: [film.file] })
  const { importId } = imports[0]!
  await until('a part', async () => (await ask(engine, listImports, {})).imports[0]!.partsInFlight > 0)
  await ask(engine, cancelImport, { importId })
  expect((await ask(engine, listImports, {})).imports[0]!.status).toBe('cancelled')
  expect((await importFile(engine, film.file)).mediaId).toBe(film.mediaId)
})

it('what failed for want of the bytes is done again when they are back', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const film = await addFilm(engine, { seed: 18 })
  const { mediaId } = film
  await rm(objectFile(data, film.sha256))
  await ask(engine, queueAnalysis, { mediaId })
  const ended = async () => {
    const job = await ask(engine, latestAnalysisJob, { mediaId })
    return job.status !== 'pending' && job.status !== 'processing' && job
  }
  expect(await until('the failure', ended)).toMatchObject({ status: 'failed' })
  await uploadBytes(engine, film.bytes)
  const good = async () => {
    const job = await ended()
    return job && job.status === 'completed'
  }
  await until('the analysis', good, 30_000)
  expect((await ask(engine, getVideo, { videoId: mediaId })).thumbnailUrl).not.toBeNull()
  const { path: poster } = await ask(engine, openDerived, { videoId: mediaId, which: 'poster' })
  expect((await stat(poster)).size).toBeGreaterThan(0)
})

it('an upload whose file moved into its place before a crash, and was damaged there, is asked for again', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const film = await addFilm(engine, { seed: 19 })
  await engine.close()
  // As a kill leaves it between the move and the commit, with a bit lost since.
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  forgetObjects(database)
  database.prepare(`UPDATE uploads SET status = 'uploading'`).run()
  database.close()
  await flipBit(objectFile(data, film.sha256), 4321, { keepTimes: true })
  const again = await openEngine(data)
  const { mediaId } = film
  const { uploadId } = await ask(again, resumeUpload, { mediaId })
  await expect(ask(again, completeUpload, { mediaId, uploadId })).rejects.toMatchObject({ code: 'incomplete_upload' })
  expect((await ask(again, listVideos, {})).total).toBe(0)
})

it('a file that is altered after its hash was written down does not get in under that hash', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const film = await addFilm(engine, { seed: 20 })
  await engine.close()
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  forgetObjects(database)
  database.prepare(`UPDATE uploads SET status = 'uploading'`).run()
  database.close()
  // As a kill leaves it between the hash and the move.
  const folder = path.join(data, 'uploads', film.mediaId)
  await mkdir(folder, { recursive: true })
  await copyFile(objectFile(data, film.sha256), path.join(folder, 'data'))
  await rm(objectFile(data, film.sha256))
  await flipBit(path.join(folder, 'data'), 4321, { keepTimes: true })
  const again = await openEngine(data)
  const { mediaId } = film
  const { uploadId } = await ask(again, resumeUpload, { mediaId })
  await expect(ask(again, completeUpload, { mediaId, uploadId })).rejects.toMatchObject({ code: 'incomplete_upload' })
})
