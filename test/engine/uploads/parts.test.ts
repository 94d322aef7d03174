import { createHash, randomBytes } from 'node:crypto'
import { open, readFile, stat, truncate } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  abortUpload,
  completeUpload,
  confirmPart,
  initiateUpload,
  PART_BYTES,
  resumeUpload,
  retryPart,
  storePart,
  uploadProgress,
  type UploadPart,
  type UploadPlan,
} from '../../../main/contract/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const TAIL = 1234
/** One whole part and a short one. */
const bytes = randomBytes(PART_BYTES + TAIL)
const pieces = [bytes.subarray(0, PART_BYTES), bytes.subarray(PART_BYTES)]
const md5 = (of: Uint8Array, encoding: 'hex' | 'base64' = 'hex') => createHash('md5').update(of).digest(encoding)

let data: string
let engine: Engine
let plan: UploadPlan

beforeEach(async () => {
  data = path.join(await temporaryFolder(), 'data')
  engine = await openEngine(data)
  const about = { filename: 'film.mp4', contentType: 'video/mp4' as const, sizeBytes: bytes.length }
  plan = await ask(engine, initiateUpload, about)
})

async function* bodyOf(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    await Promise.resolve()
    yield Uint8Array.from(part)
  }
}

const put = (
  part: UploadPart,
  body: Uint8Array,
  more: { sizeBytes?: number | null; contentMd5?: string | null } = {},
) => ask(engine, storePart, { token: part.token, sizeBytes: null, contentMd5: null, body: bodyOf(body), ...more })

function confirm(partNumber: number, etag: string, sizeBytes = pieces[partNumber - 1]!.length) {
  const { mediaId, uploadId } = plan
  return ask(engine, confirmPart, { mediaId, uploadId, partNumber, etag, sizeBytes })
}

const progress = () => ask(engine, uploadProgress, { mediaId: plan.mediaId })
const rest = async () => (await ask(engine, resumeUpload, { mediaId: plan.mediaId })).parts
const stored = () => path.join(data, 'uploads', plan.mediaId, 'data')
const ref = () => ({ mediaId: plan.mediaId, uploadId: plan.uploadId })

describe('a plan', () => {
  it('has parts of ten mebibytes, and a last one of what is left', async () => {
    expect(plan.parts.map(({ partNumber, sizeBytes }) => [partNumber, sizeBytes])).toEqual([
      [1, PART_BYTES],
      [2, TAIL],
    ])
    expect((await stat(stored())).size).toBe(bytes.length)
  })

  it('names only what is not stored yet, confirmed or not', async () => {
    await put(plan.parts[1]!, pieces[1]!)
    expect((await rest()).map(({ partNumber }) => partNumber)).toEqual([1])
    expect(await progress()).toMatchObject({ partsCompleted: 0, bytesUploaded: 0, currentPart: 1 })
    await confirm(2, md5(pieces[1]!))
    expect(await progress()).toMatchObject({ partsCompleted: 1, bytesUploaded: TAIL, currentPart: 1 })
  })
})

describe('storing a part', () => {
  it('puts it in its place and tells its md5', async () => {
    expect(await put(plan.parts[1]!, pieces[1]!)).toEqual({ etag: md5(pieces[1]!), partNumber: 2 })
    expect((await readFile(stored())).subarray(PART_BYTES)).toEqual(pieces[1])
  })

  it.each<[what: string, body: () => Uint8Array, reason: string]>([
    ['one byte too few', () => pieces[1]!.subarray(1), 'IncompleteBody'],
    ['nothing', () => new Uint8Array(), 'IncompleteBody'],
    ['one byte too many', () => Buffer.concat([pieces[1]!, Buffer.alloc(1)]), 'EntityTooLarge'],
    ['twice as many bytes', () => Buffer.concat([pieces[1]!, pieces[1]!]), 'EntityTooLarge'],
  ])('of %s is refused', async (_what, body, reason) => {
    await expect(put(plan.parts[1]!, body())).rejects.toMatchObject({ code: 'body_mismatch', details: { reason } })
    expect((await rest()).map(({ partNumber }) => partNumber)).toEqual([1, 2])
    expect((await progress()).failedParts).toEqual([2])
  })

  it('stops reading as soon as more came than it may be', async () => {
    let given = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        await Promise.resolve()
        given += 1
        yield new Uint8Array(1000)
      }
    }
    const call = { token: plan.parts[1]!.token, sizeBytes: null, contentMd5: null, body: endless() }
    await expect(ask(engine, storePart, call)).rejects.toMatchObject({ details: { reason: 'EntityTooLarge' } })
    expect(given).toBe(2)
  })

  it('of another size than was announced is refused before a byte is read', async () => {
    const announced = put(plan.parts[1]!, pieces[1]!, { sizeBytes: TAIL + 1 })
    await expect(announced).rejects.toMatchObject({ code: 'body_mismatch', details: { reason: 'EntityTooLarge' } })
  })

  it('checks the Content-MD5 where there is one', async () => {
    const wrong = put(plan.parts[1]!, pieces[1]!, { contentMd5: md5(pieces[0]!, 'base64') })
    await expect(wrong).rejects.toMatchObject({ code: 'body_mismatch', details: { reason: 'BadDigest' } })
    expect((await rest()).map(({ partNumber }) => partNumber)).toEqual([1, 2])
    await put(plan.parts[1]!, pieces[1]!, { contentMd5: md5(pieces[1]!, 'base64') })
  })

  it('again after it was confirmed changes nothing, and other bytes are refused', async () => {
    await put(plan.parts[1]!, pieces[1]!)
    await confirm(2, md5(pieces[1]!))
    expect(await put(plan.parts[1]!, pieces[1]!)).toEqual({ etag: md5(pieces[1]!), partNumber: 2 })
    const other = Buffer.alloc(TAIL, 7)
    await expect(put(plan.parts[1]!, other)).rejects.toMatchObject({ code: 'conflict' })
    expect((await readFile(stored())).subarray(PART_BYTES)).toEqual(pieces[1])
    expect(await progress()).toMatchObject({ partsCompleted: 1, failedParts: [] })
  })

  it('again before it was confirmed puts the new bytes in its place', async () => {
    await put(plan.parts[1]!, Buffer.alloc(TAIL, 7))
    await put(plan.parts[1]!, pieces[1]!)
    await expect(confirm(2, md5(Buffer.alloc(TAIL, 7)))).rejects.toMatchObject({ code: 'invalid_input' })
    await confirm(2, md5(pieces[1]!))
    expect((await readFile(stored())).subarray(PART_BYTES)).toEqual(pieces[1])
  })

  it('of an upload that was aborted is refused', async () => {
    await ask(engine, abortUpload, ref())
    await expect(put(plan.parts[1]!, pieces[1]!)).rejects.toMatchObject({ code: 'not_found' })
    await expect(confirm(2, md5(pieces[1]!))).rejects.toMatchObject({ code: 'conflict' })
    await expect(ask(engine, retryPart, { ...ref(), partNumber: 2 })).rejects.toMatchObject({ code: 'conflict' })
    await expect(ask(engine, completeUpload, ref())).rejects.toMatchObject({ code: 'conflict' })
    await expect(ask(engine, resumeUpload, { mediaId: plan.mediaId })).rejects.toMatchObject({ code: 'conflict' })
    expect(await ask(engine, abortUpload, ref())).toMatchObject({ partsRemoved: 0 })
  })

  it('is counted when the upload is aborted, confirmed or not', async () => {
    await put(plan.parts[1]!, pieces[1]!)
    expect(await ask(engine, abortUpload, ref())).toMatchObject({ partsRemoved: 1 })
  })
})

describe('confirming a part', () => {
  it('takes what was stored, however its etag is spelled, and says so twice', async () => {
    await put(plan.parts[1]!, pieces[1]!)
    const etag = md5(pieces[1]!)
    for (const spelled of [etag, `"${etag}"`, `W/"${etag.toUpperCase()}"`]) {
      expect(await confirm(2, spelled)).toMatchObject({ partNumber: 2, partsCompleted: 1, totalParts: 2 })
    }
    await expect(confirm(2, md5(pieces[0]!))).rejects.toMatchObject({ code: 'conflict' })
  })

  it('refuses what was not stored, another etag, and another size', async () => {
    await expect(confirm(2, md5(pieces[1]!))).rejects.toMatchObject({ code: 'invalid_input' })
    await put(plan.parts[1]!, pieces[1]!)
    await expect(confirm(2, md5(pieces[0]!))).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(confirm(2, md5(pieces[1]!), TAIL - 1)).rejects.toMatchObject({
      ...{ code: 'invalid_input', details: { expected: { size_bytes: TAIL }, actual: { size_bytes: TAIL - 1 } } },
    })
    expect((await progress()).partsCompleted).toBe(0)
  })

  it('refuses parts that there are not', async () => {
    await expect(confirm(3, md5(pieces[1]!), 1)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('retrying a part', () => {
  const retry = () => ask(engine, retryPart, { ...ref(), partNumber: 2 })

  it('makes the URL before void, three times at most', async () => {
    let before = plan.parts[1]!
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const { part, retryAttempt } = await retry()
      expect(retryAttempt).toBe(attempt)
      await expect(put(before, pieces[1]!)).rejects.toMatchObject({ code: 'url_refused' })
      before = part
    }
    await expect(retry()).rejects.toMatchObject({ code: 'max_retries_exceeded' })
    await put(before, pieces[1]!)
  })

  it('is refused for one that is confirmed', async () => {
    await put(plan.parts[1]!, pieces[1]!)
    await confirm(2, md5(pieces[1]!))
    await expect(retry()).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('bytes that are no longer what was confirmed', () => {
  async function fill(): Promise<void> {
    for (const part of plan.parts) {
      const piece = pieces[part.partNumber - 1]!
      await put(part, piece)
      await confirm(part.partNumber, md5(piece))
    }
  }

  it.each([
    [0, 1],
    [PART_BYTES - 1, 1],
    [PART_BYTES, 2],
    [PART_BYTES + TAIL - 1, 2],
  ])('at %d cost part %d and no other', async (at, partNumber) => {
    await fill()
    const handle = await open(stored(), 'r+')
    await handle.write(Buffer.from([bytes[at]! ^ 0xff]), 0, 1, at)
    await handle.close()
    await expect(ask(engine, completeUpload, ref())).rejects.toMatchObject({
      ...{ code: 'incomplete_upload', details: { missing_chunks: [partNumber], damaged: true } },
    })
    expect((await rest()).map((part) => part.partNumber)).toEqual([partNumber])
  })

  it.each([
    [PART_BYTES + TAIL - 1, [2]],
    [PART_BYTES, [2]],
    [PART_BYTES - 1, [1, 2]],
    [0, [1, 2]],
  ])('because the file was cut to %d are asked for again', async (size, lost) => {
    await fill()
    await truncate(stored(), size)
    await expect(ask(engine, completeUpload, ref())).rejects.toMatchObject({ code: 'incomplete_upload' })
    expect((await rest()).map((part) => part.partNumber)).toEqual(lost)
  })
})
