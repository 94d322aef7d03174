import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  completeUpload,
  confirmPart,
  getVideo,
  initiateUpload,
  listVideos,
  openVideo,
  resumeUpload,
  storePart,
  uploadProgress,
  type UploadPlan,
} from '../../../main/contract/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

// The order of the steps that make a video of an upload, seen by letting one of them fail.

const bytes = await readFile(FRIDAY)
const sha256 = createHash('sha256').update(bytes).digest('hex')

interface Library {
  readonly engine: Engine
  readonly data: string
  readonly database: Database
}

async function openLibrary(): Promise<Library> {
  const data = path.join(await temporaryFolder(), 'data')
  const engine = await openEngine(data)
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  onTestFinished(() => database.close())
  return { engine, data, database }
}

/** Makes every such change of the database fail, until the answer is called. */
function failOn({ database }: Library, change: string): () => void {
  database
    .prepare(`CREATE TRIGGER failing BEFORE ${change} BEGIN SELECT RAISE(ABORT, 'refused by the test'); END`)
    .run()
  return () => void database.prepare('DROP TRIGGER failing').run()
}

async function* once(whole: Buffer): AsyncGenerator<Buffer> {
  await Promise.resolve()
  yield Buffer.from(whole)
}

const initiate = (engine: Engine) =>
  ask(engine, initiateUpload, { filename: 'film.mp4', contentType: 'video/mp4', sizeBytes: bytes.length })

function put(engine: Engine, { parts }: UploadPlan): Promise<{ etag: string }> {
  const { token, sizeBytes } = parts[0]!
  return ask(engine, storePart, { token, sizeBytes, contentMd5: null, body: once(bytes) })
}

function confirm(engine: Engine, { mediaId, uploadId, parts }: UploadPlan, etag: string) {
  const { partNumber, sizeBytes } = parts[0]!
  return ask(engine, confirmPart, { mediaId, uploadId, partNumber, etag, sizeBytes })
}

/** An upload whose only part is confirmed. */
async function confirmed(engine: Engine): Promise<UploadPlan> {
  const plan = await initiate(engine)
  await confirm(engine, plan, (await put(engine, plan)).etag)
  return plan
}

const complete = (engine: Engine, { mediaId, uploadId }: UploadPlan) =>
  ask(engine, completeUpload, { mediaId, uploadId })

const uploadedFile = ({ data }: Library, { mediaId }: UploadPlan) =>
  readFile(path.join(data, 'uploads', mediaId, 'data')).catch(() => null)
const objectFile = ({ data }: Library) =>
  readFile(path.join(data, 'objects', sha256.slice(0, 2), sha256)).catch(() => null)

/** Nothing says that the film is there. */
async function expectNoVideo({ engine, database }: Library): Promise<void> {
  expect((await ask(engine, listVideos, {})).total).toBe(0)
  expect(database.prepare('SELECT sha256 FROM objects').all()).toEqual([])
}

async function expectVideo({ engine }: Library, { mediaId }: UploadPlan): Promise<void> {
  expect((await ask(engine, getVideo, { videoId: mediaId })).sha256).toBe(sha256)
  expect(await readFile((await ask(engine, openVideo, { videoId: mediaId })).path)).toEqual(bytes)
}

describe('completing an upload', () => {
  it('commits no row while the file could not be moved, and keeps the file', async () => {
    const library = await openLibrary()
    const plan = await confirmed(library.engine)
    const obstacle = path.join(library.data, 'objects', sha256.slice(0, 2))
    await rm(obstacle, { recursive: true, force: true })
    await writeFile(obstacle, 'a file where a folder has to be')
    await expect(complete(library.engine, plan)).rejects.toThrow()
    await expectNoVideo(library)
    expect(await uploadedFile(library, plan)).toEqual(bytes)
    await rm(obstacle)
    await mkdir(obstacle)
    await complete(library.engine, plan)
    await expectVideo(library, plan)
  })

  it('finds a file again that was moved before the commit failed, without sending a byte', async () => {
    const library = await openLibrary()
    const plan = await confirmed(library.engine)
    const allow = failOn(library, 'INSERT ON media')
    await expect(complete(library.engine, plan)).rejects.toThrow()
    await expectNoVideo(library)
    expect(await objectFile(library)).toEqual(bytes)
    const progress = await ask(library.engine, uploadProgress, { mediaId: plan.mediaId })
    expect(progress).toMatchObject({ status: 'uploading', partsCompleted: 1, failedParts: [] })
    allow()
    await complete(library.engine, plan)
    await expectVideo(library, plan)
  })

  it('finds it again after a restart too', async () => {
    const library = await openLibrary()
    const plan = await confirmed(library.engine)
    const allow = failOn(library, 'INSERT ON media')
    await expect(complete(library.engine, plan)).rejects.toThrow()
    allow()
    await library.engine.close()
    const again = { ...library, engine: await openEngine(library.data) }
    const rest = await ask(again.engine, resumeUpload, { mediaId: plan.mediaId })
    expect(rest.parts).toEqual([])
    await complete(again.engine, plan)
    await expectVideo(again, plan)
    expect(await readdir(path.join(library.data, 'uploads'))).toEqual([])
  })

  it('moves no file whose hash could not be written down', async () => {
    const library = await openLibrary()
    const plan = await confirmed(library.engine)
    const allow = failOn(library, 'UPDATE OF sha256 ON uploads')
    await expect(complete(library.engine, plan)).rejects.toThrow()
    expect(await objectFile(library)).toBeNull()
    expect(await uploadedFile(library, plan)).toEqual(bytes)
    allow()
    await complete(library.engine, plan)
    await expectVideo(library, plan)
  })

  it('keeps the folder of an upload whose end could not be committed', async () => {
    const library = await openLibrary()
    const plan = await confirmed(library.engine)
    const allow = failOn(library, `UPDATE OF status ON uploads WHEN NEW.status = 'completed'`)
    await expect(complete(library.engine, plan)).rejects.toThrow()
    await expectNoVideo(library)
    expect(await readdir(path.join(library.data, 'uploads'))).toEqual([plan.mediaId])
    allow()
    await complete(library.engine, plan)
    await expectVideo(library, plan)
    expect(await readdir(path.join(library.data, 'uploads'))).toEqual([])
  })

  it('answers a repeat the same and queues one analysis', async () => {
    const library = await openLibrary()
    const plan = await confirmed(library.engine)
    const { mediaId, uploadId } = plan
    const wish = { mediaId, uploadId, autoAnalyze: true }
    const both = await Promise.all([
      ask(library.engine, completeUpload, wish),
      ask(library.engine, completeUpload, wish),
    ])
    const again = await ask(library.engine, completeUpload, wish)
    expect(new Set([...both, again].map(({ analysisJobId }) => analysisJobId)).size).toBe(1)
    expect(library.database.prepare(`SELECT count(*) AS jobs FROM jobs WHERE kind = 'analysis'`).get()).toEqual({
      jobs: 1,
    })
  })
})

describe('a part', () => {
  it('is not answered as stored when its row could not be written', async () => {
    const library = await openLibrary()
    const plan = await initiate(library.engine)
    const allow = failOn(library, 'UPDATE OF stored_at ON parts WHEN NEW.stored_at IS NOT NULL')
    await expect(put(library.engine, plan)).rejects.toThrow()
    allow()
    const { parts } = await ask(library.engine, resumeUpload, { mediaId: plan.mediaId })
    expect(parts.map(({ partNumber }) => partNumber)).toEqual([1])
    await confirm(library.engine, plan, (await put(library.engine, plan)).etag)
    await complete(library.engine, plan)
    await expectVideo(library, plan)
  })

  it('is not confirmed when its confirmation could not be written', async () => {
    const library = await openLibrary()
    const plan = await initiate(library.engine)
    const { etag } = await put(library.engine, plan)
    const allow = failOn(library, 'UPDATE OF confirmed_at ON parts')
    await expect(confirm(library.engine, plan, etag)).rejects.toThrow()
    const progress = await ask(library.engine, uploadProgress, { mediaId: plan.mediaId })
    expect(progress).toMatchObject({ partsCompleted: 0, bytesUploaded: 0 })
    await expect(complete(library.engine, plan)).rejects.toMatchObject({ code: 'incomplete_upload' })
    allow()
    expect(await confirm(library.engine, plan, etag)).toMatchObject({ partsCompleted: 1, progressPercent: 100 })
  })
})

describe('beginning an upload', () => {
  it('leaves no folder behind when its row could not be written', async () => {
    const library = await openLibrary()
    const allow = failOn(library, 'INSERT ON parts')
    await expect(initiate(library.engine)).rejects.toThrow()
    expect(await readdir(path.join(library.data, 'uploads'))).toEqual([])
    expect(library.database.prepare('SELECT media_id FROM uploads').all()).toEqual([])
    allow()
    await initiate(library.engine)
  })
})
