import { createHash } from 'node:crypto'
import { copyFile, cp, mkdir, open, readdir, readFile, rename, rm, truncate } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  addImports,
  completeUpload,
  confirmPart,
  getVideo,
  type Import,
  initiateUpload,
  latestAnalysisJob,
  listImports,
  listVideos,
  openVideo,
  pauseImports,
  queueAnalysis,
  resumeImports,
  resumeUpload,
  retryImport,
  storePart,
  uploadProgress,
  type UploadPlan,
} from '../../../main/contract/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { padFilm } from '../../support/padded-film.ts'
import { freeze, MAY_FREEZE, MAY_MOUNT, plugIn, smallDisk } from '../../support/small-disk.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

// Copying takes a while: there is time to do something in the middle of it.
vi.stubEnv('FIELDREEL_SLOW_PARTS', '100')

const MIB = 1024 * 1024
const PART = 10 * MIB

const always =
  <T>(value: T) =>
  () =>
    value

const sha256 = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

async function look(engine: Engine, importId: string): Promise<Import> {
  const { imports } = await ask(engine, listImports, {})
  return imports.find((one) => one.importId === importId)!
}

const comesTo = (engine: Engine, importId: string, what: string, is: (one: Import) => boolean) =>
  until(
    what,
    async () => {
      const one = await look(engine, importId)
      return is(one) && one
    },
    60_000,
  )

/** Starts an import and pauses it when some of its parts are stored, but not all. */
async function halfWay(engine: Engine, film: string): Promise<Import> {
  const { imports } = await ask(engine, addImports, { paths: [film] })
  const { importId } = imports[0]!
  await comesTo(engine, importId, 'the first part', ({ partsStored }) => partsStored > 0)
  await ask(engine, pauseImports, { importId })
  const held = await look(engine, importId)
  expect(held).toMatchObject({ status: 'paused', bytesPerSecond: null, secondsLeft: null })
  expect(held.partsStored).toBeGreaterThan(0)
  expect(held.partsStored).toBeLessThan(held.totalParts)
  return held
}

async function finishes(engine: Engine, importId: string, film: string): Promise<void> {
  const done = await comesTo(engine, importId, 'the import to end', ({ finishedAt }) => finishedAt !== null)
  expect(done).toMatchObject({ status: 'completed', errorCode: null })
  const videoId = done.mediaId!
  expect((await ask(engine, getVideo, { videoId })).sha256).toBe(await sha256(film))
  // Not only its name: every byte.
  expect(await sha256((await ask(engine, openVideo, { videoId })).path)).toBe(await sha256(film))
}

async function flipByte(file: string, at: number): Promise<void> {
  const handle = await open(file, 'r+')
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at)
  await handle.write(Buffer.from([buffer[0]! ^ 1]), 0, 1, at)
  await handle.sync()
  await handle.close()
}

async function* bytesOf(buffer: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < buffer.length; at += 65_536) {
    await Promise.resolve()
    yield Buffer.from(buffer.subarray(at, at + 65_536))
  }
}

/** Sends and confirms the parts of a plan, as a client does. */
async function send(engine: Engine, plan: UploadPlan, bytes: Buffer): Promise<void> {
  const { mediaId, uploadId } = plan
  for (const { partNumber, sizeBytes, token } of plan.parts) {
    const body = bytesOf(bytes.subarray((partNumber - 1) * PART, (partNumber - 1) * PART + sizeBytes))
    const { etag } = await ask(engine, storePart, { token, sizeBytes, contentMd5: null, body })
    await ask(engine, confirmPart, { mediaId, uploadId, partNumber, etag, sizeBytes })
  }
}

async function upload(engine: Engine, film: string): Promise<{ plan: UploadPlan; bytes: Buffer }> {
  const bytes = await readFile(film)
  const about = { filename: path.basename(film), contentType: 'video/mp4' as const, sizeBytes: bytes.length }
  const plan = await ask(engine, initiateUpload, about)
  await send(engine, plan, bytes)
  return { plan, bytes }
}

describe.skipIf(!MAY_MOUNT)('a disk', () => {
  it('that fills up holds an import with what it stored, and lets it go on by itself once there is room', async () => {
    const disk = await smallDisk(500)
    const film = await padFilm(path.join(await temporaryFolder(), 'long.mp4'), 110 * MIB)
    const engine = await openEngine(path.join(disk.root, 'data'))
    const { importId, partsStored } = await halfWay(engine, film)
    await disk.fill(2 * MIB)
    await ask(engine, resumeImports, { importId })
    const waiting = await comesTo(engine, importId, 'it to wait', (one) => one.waitingFor !== null)
    expect(waiting).toMatchObject({ status: 'waiting', waitingFor: 'space' })
    expect(waiting.waitingMessage).toMatch(/disk is full.*by itself/i)
    expect(waiting.partsStored).toBeGreaterThanOrEqual(partsStored)
    await disk.clear()
    await finishes(engine, importId, film)
  })

  it('without a byte left, for the library itself either, does the same', async () => {
    const disk = await smallDisk(600)
    const film = await padFilm(path.join(await temporaryFolder(), 'long.mp4'), 200 * MIB)
    const engine = await openEngine(path.join(disk.root, 'data'))
    const { imports } = await ask(engine, addImports, { paths: [film] })
    const { importId } = imports[0]!
    await comesTo(engine, importId, 'the first part', ({ partsStored }) => partsStored > 0)
    await disk.fill()
    await comesTo(engine, importId, 'it to wait', ({ waitingFor }) => waitingFor === 'space')
    await expect(ask(engine, pauseImports, { importId })).rejects.toMatchObject({ code: 'storage_full' })
    await disk.clear()
    await finishes(engine, importId, film)
  })

  it('that is too small from the start makes an import wait, and refuses an upload, with both numbers', async () => {
    const disk = await smallDisk(320)
    const film = await padFilm(path.join(await temporaryFolder(), 'long.mp4'), 110 * MIB)
    const engine = await openEngine(path.join(disk.root, 'data'))
    const { imports } = await ask(engine, addImports, { paths: [film] })
    const waiting = await comesTo(engine, imports[0]!.importId, 'it to wait', (one) => one.waitingFor === 'space')
    expect(waiting.waitingMessage).toMatch(/Not enough space: 115 MB needed/)
    const refused = ask(engine, initiateUpload, { filename: 'a.mp4', contentType: 'video/mp4', sizeBytes: 110 * MIB })
    await expect(refused).rejects.toMatchObject({ code: 'storage_full', details: { needed_bytes: 110 * MIB } })
    expect(await readdir(path.join(disk.root, 'data', 'uploads'))).toEqual([])
  })

  it('that is full fails a chunk of an upload clearly, keeps the others, and takes it once there is room', async () => {
    const disk = await smallDisk(400)
    const film = await padFilm(path.join(await temporaryFolder(), 'film.mp4'), 35 * MIB)
    const bytes = await readFile(film)
    const engine = await openEngine(path.join(disk.root, 'data'))
    const about = { filename: 'film.mp4', contentType: 'video/mp4' as const, sizeBytes: bytes.length }
    const plan = await ask(engine, initiateUpload, about)
    await send(engine, { ...plan, parts: plan.parts.slice(0, 2) }, bytes)
    await disk.fill()
    await expect(send(engine, { ...plan, parts: plan.parts.slice(2) }, bytes)).rejects.toMatchObject({
      code: 'storage_full',
    })
    expect(await ask(engine, uploadProgress, { mediaId: plan.mediaId })).toMatchObject({
      status: 'uploading',
      partsCompleted: 2,
    })
    await disk.clear()
    const rest = await ask(engine, resumeUpload, { mediaId: plan.mediaId })
    expect(rest.parts.map(({ partNumber }) => partNumber)).toEqual([3, 4])
    await send(engine, rest, bytes)
    const { mediaId, uploadId } = plan
    await ask(engine, completeUpload, { mediaId, uploadId })
    expect((await ask(engine, getVideo, { videoId: mediaId })).sha256).toBe(await sha256(film))
  })

  it('that is full when pictures are made lets the analysis wait and end well', async () => {
    const disk = await smallDisk(330)
    const engine = await openEngine(path.join(disk.root, 'data'))
    const { imports } = await ask(engine, addImports, { paths: [FRIDAY] })
    const { importId } = imports[0]!
    const { mediaId } = await comesTo(engine, importId, 'the copy', ({ finishedAt }) => finishedAt !== null)
    const analysis = () => ask(engine, latestAnalysisJob, { mediaId: mediaId! })
    await until('the first analysis', async () => (await analysis()).completedAt !== null)
    // Not a byte is left for the pictures of the next one.
    await disk.fill()
    await ask(engine, queueAnalysis, { mediaId: mediaId! }).catch(async () => {
      // Nor for the job itself: a little, then.
      await disk.clear()
      await disk.fill(MIB / 4)
      await ask(engine, queueAnalysis, { mediaId: mediaId! })
      await disk.clear()
      await disk.fill()
    })
    await pause(3000)
    // It can neither be done nor have failed: at most it could not even be written down that it waits.
    expect(await analysis()).toMatchObject({ completedAt: null, errorCode: null })
    await disk.clear()
    const job = await until('the analysis', async () => {
      const now = await analysis()
      return now.completedAt !== null && now
    })
    expect(job).toMatchObject({ status: 'completed', progressPercent: 100 })
  })

  it('that is read-only from the start is named in words', async () => {
    const disk = await smallDisk(10)
    await disk.setReadOnly(true)
    await expect(openEngine(path.join(disk.root, 'data'))).rejects.toMatchObject({ code: 'storage_refused' })
    await disk.setReadOnly(false)
    await (await openEngine(path.join(disk.root, 'data'))).close()
    // The log writes its last line a moment later.
    const freeze = () => disk.setReadOnly(true)
    await until('the disk to be free', () => freeze().then(always(true), always(false)))
    await expect(openEngine(path.join(disk.root, 'data'))).rejects.toMatchObject({ code: 'storage_refused' })
  })
})

describe.skipIf(!MAY_FREEZE)('a folder', () => {
  it('that may not be written to any more holds an import, and lets it go on by itself afterwards', async () => {
    const folder = await temporaryFolder()
    const film = await padFilm(path.join(folder, 'long.mp4'), 110 * MIB)
    const engine = await openEngine(path.join(folder, 'data'))
    const { importId } = await halfWay(engine, film)
    const thaw = await freeze(path.join(folder, 'data', 'uploads'))
    await ask(engine, resumeImports, { importId })
    const waiting = await comesTo(engine, importId, 'it to wait', (one) => one.waitingFor !== null)
    expect(waiting).toMatchObject({ status: 'waiting', waitingFor: 'permission' })
    expect(await ask(engine, listVideos, {})).toMatchObject({ total: 0 })
    await thaw()
    await finishes(engine, importId, film)
  })
})

describe('a source that vanishes', () => {
  it('is waited for, and read on where it was when it is back', async () => {
    const folder = await temporaryFolder()
    const card = path.join(folder, 'card')
    await mkdir(card)
    const film = await padFilm(path.join(card, 'long.mp4'), 110 * MIB)
    const engine = await openEngine(path.join(folder, 'data'))
    const { importId, partsStored } = await halfWay(engine, film)
    await rename(card, path.join(folder, 'pulled'))
    await ask(engine, resumeImports, { importId })
    const waiting = await comesTo(engine, importId, 'it to wait', (one) => one.waitingFor !== null)
    expect(waiting).toMatchObject({ status: 'waiting', waitingFor: 'source', partsStored })
    expect(waiting.waitingMessage).toBe(
      'long.mp4 cannot be read. Reconnect the card or cable; the import then continues by itself.',
    )
    await rename(path.join(folder, 'pulled'), card)
    await finishes(engine, importId, film)
  })

  it.skipIf(!MAY_MOUNT)('may be pulled out in the very middle of reading', async () => {
    const folder = await temporaryFolder()
    const store = path.join(folder, 'store')
    const slot = path.join(folder, 'slot')
    await mkdir(store)
    await padFilm(path.join(store, 'long.mp4'), 200 * MIB)
    const card = await plugIn(store, slot)
    const engine = await openEngine(path.join(folder, 'data'))
    const { imports } = await ask(engine, addImports, { paths: [path.join(slot, 'long.mp4')] })
    const { importId } = imports[0]!
    await comesTo(engine, importId, 'the first part', ({ partsStored }) => partsStored > 0)
    await card.pull()
    await comesTo(engine, importId, 'it to wait', ({ waitingFor }) => waitingFor === 'source')
    await plugIn(store, slot)
    await finishes(engine, importId, path.join(store, 'long.mp4'))
  })

  it('that comes back changed is not mixed with what was read before', async () => {
    const folder = await temporaryFolder()
    const film = await padFilm(path.join(folder, 'long.mp4'), 110 * MIB)
    const engine = await openEngine(path.join(folder, 'data'))
    const { importId } = await halfWay(engine, film)
    await padFilm(film, 60 * MIB, 7)
    await ask(engine, resumeImports, { importId })
    const failed = await comesTo(engine, importId, 'it to fail', ({ finishedAt }) => finishedAt !== null)
    expect(failed).toMatchObject({ status: 'failed', errorCode: 'source_changed' })
    await ask(engine, retryImport, { importId })
    await finishes(engine, importId, film)
  })
})

describe('bytes that a disk lost', () => {
  it('in a confirmed chunk are found at the end, and only that chunk is asked for again', async () => {
    const folder = await temporaryFolder()
    const film = await padFilm(path.join(folder, 'film.mp4'), 35 * MIB)
    const engine = await openEngine(path.join(folder, 'data'))
    const { plan, bytes } = await upload(engine, film)
    const { mediaId, uploadId } = plan
    await flipByte(path.join(folder, 'data', 'uploads', mediaId, 'data'), PART + 12_345)
    await expect(ask(engine, completeUpload, { mediaId, uploadId })).rejects.toMatchObject({
      code: 'incomplete_upload',
      message: 'Chunk 2 was damaged on this disk after it was received. Send it again.',
      details: { missing_chunks: [2] },
    })
    expect(await ask(engine, uploadProgress, { mediaId })).toMatchObject({
      status: 'uploading',
      partsCompleted: 3,
      currentPart: 2,
      failedParts: [2],
    })
    const rest = await ask(engine, resumeUpload, { mediaId })
    expect(rest.parts.map(({ partNumber }) => partNumber)).toEqual([2])
    await send(engine, rest, bytes)
    await ask(engine, completeUpload, { mediaId, uploadId })
    expect((await ask(engine, getVideo, { videoId: mediaId })).sha256).toBe(await sha256(film))
  })

  it('of an import are read again by itself', async () => {
    const folder = await temporaryFolder()
    const film = await padFilm(path.join(folder, 'long.mp4'), 110 * MIB)
    const engine = await openEngine(path.join(folder, 'data'))
    const { importId } = await halfWay(engine, film)
    const [mediaId] = await readdir(path.join(folder, 'data', 'uploads'))
    await flipByte(path.join(folder, 'data', 'uploads', mediaId!, 'data'), 1234)
    await ask(engine, resumeImports, { importId })
    await finishes(engine, importId, film)
  })

  it.each(['deleted', 'cut short'])('because the file was %s are asked for again after a restart', async (how) => {
    const folder = await temporaryFolder()
    const film = await padFilm(path.join(folder, 'film.mp4'), 35 * MIB)
    const first = await openEngine(path.join(folder, 'data'))
    const { plan, bytes } = await upload(first, film)
    await first.close()
    const stored = path.join(folder, 'data', 'uploads', plan.mediaId, 'data')
    if (how === 'deleted') await rm(stored)
    else await truncate(stored, PART + 1)
    const engine = await openEngine(path.join(folder, 'data'))
    const rest = await ask(engine, resumeUpload, { mediaId: plan.mediaId })
    expect(rest.parts.map(({ partNumber }) => partNumber)).toEqual(how === 'deleted' ? [1, 2, 3, 4] : [2, 3, 4])
    await send(engine, rest, bytes)
    await ask(engine, completeUpload, { mediaId: plan.mediaId, uploadId: plan.uploadId })
    expect((await ask(engine, getVideo, { videoId: plan.mediaId })).sha256).toBe(await sha256(film))
  })
})

describe('a clock that leaps', () => {
  it.each([
    ['two hours ahead', 2 * 3_600_000],
    ['a month ahead', 30 * 24 * 3_600_000],
    ['back to 1970', -Date.now()],
  ])('%s in the middle of an upload loses nothing that was confirmed', async (_name, leap) => {
    const folder = await temporaryFolder()
    const film = await padFilm(path.join(folder, 'film.mp4'), 35 * MIB)
    const bytes = await readFile(film)
    const engine = await openEngine(path.join(folder, 'data'))
    const about = { filename: 'film.mp4', contentType: 'video/mp4' as const, sizeBytes: bytes.length }
    const plan = await ask(engine, initiateUpload, about)
    await send(engine, { ...plan, parts: plan.parts.slice(0, 2) }, bytes)
    const { mediaId, uploadId } = plan
    vi.useFakeTimers({ toFake: ['Date'], now: Math.max(0, Date.now() + leap) })
    try {
      if (leap > 0) {
        const late = send(engine, { ...plan, parts: plan.parts.slice(2) }, bytes)
        await expect(late).rejects.toMatchObject({ code: 'url_refused' })
      }
      const rest = await ask(engine, resumeUpload, { mediaId })
      expect(rest.parts.map(({ partNumber }) => partNumber)).toEqual([3, 4])
      await send(engine, rest, bytes)
      const progress = await ask(engine, uploadProgress, { mediaId })
      expect(progress).toMatchObject({ partsCompleted: 4, estimatedSecondsLeft: 0 })
      await ask(engine, completeUpload, { mediaId, uploadId })
    } finally {
      vi.useRealTimers()
    }
    expect((await ask(engine, getVideo, { videoId: mediaId })).sha256).toBe(await sha256(film))
  })

  it('a month ahead over a restart keeps what a paused import stored', async () => {
    const folder = await temporaryFolder()
    const film = await padFilm(path.join(folder, 'long.mp4'), 110 * MIB)
    const first = await openEngine(path.join(folder, 'data'))
    const { importId, partsStored } = await halfWay(first, film)
    await first.close()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * 24 * 3_600_000 })
    const engine = await openEngine(path.join(folder, 'data')).finally(() => vi.useRealTimers())
    expect(await look(engine, importId)).toMatchObject({ status: 'paused', partsStored })
    await ask(engine, resumeImports, { importId })
    await finishes(engine, importId, film)
  })
})

describe('a restart', () => {
  it('tells what it picked up: what was running, not what was paused or is added later', async () => {
    const folder = await temporaryFolder()
    const film = await padFilm(path.join(folder, 'long.mp4'), 110 * MIB)
    const first = await openEngine(path.join(folder, 'data'))
    const { importId } = await halfWay(first, film)
    expect(await look(first, importId)).toMatchObject({ pickedUp: false })
    await first.close()
    const second = await openEngine(path.join(folder, 'data'))
    await ask(second, resumeImports, { importId })
    expect(await look(second, importId)).toMatchObject({ pickedUp: false })
    await ask(second, pauseImports, { importId })
    await second.close()
    // As a process that was killed while it copied leaves it.
    const database = Database.open(path.join(folder, 'data', 'fieldreel.db'), schema)
    database.prepare("UPDATE imports SET status = 'waiting'").run({})
    database.close()
    const engine = await openEngine(path.join(folder, 'data'))
    expect(await look(engine, importId)).toMatchObject({ pickedUp: true })
    await finishes(engine, importId, film)
    expect(await look(engine, importId)).toMatchObject({ pickedUp: true, status: 'completed' })
  })
})

describe('a second instance', () => {
  it('is refused because the library is open already, and changes nothing', async () => {
    const folder = await temporaryFolder()
    const engine = await openEngine(path.join(folder, 'data'))
    await expect(openEngine(path.join(folder, 'data'))).rejects.toMatchObject({ code: 'conflict' })
    await copyFile(FRIDAY, path.join(folder, 'friday.mp4'))
    const { imports } = await ask(engine, addImports, { paths: [path.join(folder, 'friday.mp4')] })
    await finishes(engine, imports[0]!.importId, FRIDAY)
  })

  it('may open a copy of the folder elsewhere: nothing in it names its old place', async () => {
    const folder = await temporaryFolder()
    const first = await openEngine(path.join(folder, 'data'))
    const { imports } = await ask(first, addImports, { paths: [FRIDAY] })
    await finishes(first, imports[0]!.importId, FRIDAY)
    await first.close()
    await cp(path.join(folder, 'data'), path.join(folder, 'moved'), { recursive: true })
    await rm(path.join(folder, 'data'), { recursive: true })
    const engine = await openEngine(path.join(folder, 'moved'))
    expect((await ask(engine, listVideos, {})).videos).toMatchObject([{ sha256: await sha256(FRIDAY) }])
  })
})
