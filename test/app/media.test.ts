import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { answerMedia } from '../../main/app/media.ts'
import type { Engine } from '../../main/compose.ts'
import { EngineError, type StoredFile } from '../../main/contract/index.ts'
import { folderForAll } from '../support/temporary-folder.ts'

const ID = '550e8400-e29b-41d4-a716-446655440000'
const OTHER = '7f1d6a52-8e0c-4a53-9d2b-6a3f0c1e2d4b'
const TASK = 'vt_01JH000000000000000000000A'
const BYTES = randomBytes(1000)
const [FULL, EMPTY, SINGLE] = ['full', 'empty', 'single']
const files = new Map<string, StoredFile>()

beforeAll(async () => {
  const folder = await folderForAll()
  const all = [
    [FULL, BYTES],
    [EMPTY, Buffer.alloc(0)],
    [SINGLE, BYTES.subarray(0, 1)],
  ] as const
  for (const [name, bytes] of all) {
    const file = path.join(folder, name)
    await writeFile(file, bytes)
    files.set(name, {
      ...{ path: file, sizeBytes: bytes.length, contentType: 'video/mp4', etag: '"tag"' },
      ...{ modifiedAt: '2026-01-15T10:30:00.000Z', filename: `it's ${name} 100%.mp4` },
    })
  }
})

type Asked = readonly [operation: string, input: unknown]

/** An engine that answers every question with one file, or fails. */
function engineWith(answer: () => StoredFile, asked: Asked[] = []): Engine {
  const run = (operation: { name: string }, input: unknown): Promise<StoredFile> => {
    asked.push([operation.name, input])
    return Promise.resolve().then(answer)
  }
  return { operations: { run }, owner: () => ({}) } as unknown as Engine
}

function get(name: string, range?: string): Promise<Response> {
  const headers = range === undefined ? undefined : { range }
  const request = new Request(`media://fieldreel/api/v2/videos/${ID}/file`, headers ? { headers } : {})
  return answerMedia(
    engineWith(() => files.get(name)!),
    request,
  )
}

describe('a video of the window', () => {
  it.each<[range: string, start: number, end: number]>([
    ['bytes=0-0', 0, 0],
    ['bytes=0-1', 0, 1],
    ['bytes=0-999', 0, 999],
    ['bytes=0-', 0, 999],
    ['bytes=0-1000', 0, 999],
    ['bytes=0-5000', 0, 999],
    ['bytes=1-1', 1, 1],
    ['bytes=500-998', 500, 998],
    ['bytes=998-', 998, 999],
    ['bytes=999-', 999, 999],
    ['bytes=999-999', 999, 999],
    ['bytes=-1', 999, 999],
    ['bytes=-2', 998, 999],
    ['bytes=-999', 1, 999],
    ['bytes=-1000', 0, 999],
    ['bytes=-1001', 0, 999],
  ])('answers %s with exactly these bytes', async (range, start, end) => {
    const response = await get(FULL, range)
    expect(response.status).toBe(206)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES.subarray(start, end + 1))
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/1000`)
    expect(response.headers.get('content-length')).toBe(String(end - start + 1))
  })

  it.each([undefined, 'bytes=5-4', 'bytes=0-1,3-4', 'lines=0-1', 'bytes='])('comes whole for %s', async (range) => {
    const response = await get(FULL, range)
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '1000'])
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES)
    expect(response.headers.get('content-range')).toBeNull()
    expect(response.headers.get('accept-ranges')).toBe('bytes')
  })

  it.each([
    [FULL, 'bytes=1000-', 1000],
    [FULL, 'bytes=1000-1000', 1000],
    [FULL, 'bytes=5000-6000', 1000],
    [FULL, 'bytes=-0', 1000],
    [SINGLE, 'bytes=1-', 1],
    [EMPTY, 'bytes=0-', 0],
    [EMPTY, 'bytes=0-0', 0],
    [EMPTY, 'bytes=-1', 0],
  ])('has no such part: %s %s', async (name, range, size) => {
    const response = await get(name, range)
    expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${size}`])
    expect((await response.arrayBuffer()).byteLength).toBe(0)
  })

  it('may have a single byte, or none', async () => {
    for (const range of ['bytes=0-0', 'bytes=0-', 'bytes=-1', 'bytes=-9']) {
      const one = await get(SINGLE, range)
      expect([one.status, one.headers.get('content-range')]).toEqual([206, 'bytes 0-0/1'])
      expect(Buffer.from(await one.arrayBuffer())).toEqual(BYTES.subarray(0, 1))
    }
    const none = await get(EMPTY)
    expect([none.status, none.headers.get('content-length'), (await none.arrayBuffer()).byteLength]).toEqual([
      ...[200, '0', 0],
    ])
  })

  it('says what it is, and how it is called when it is saved', async () => {
    const { headers } = await get(FULL)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'video/mp4',
      etag: '"tag"',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename*=UTF-8''it%27s%20full%20100%25.mp4`,
    })
  })

  it('is not read further after the request is aborted', async () => {
    const file = path.join(path.dirname(files.get(FULL)!.path), 'long')
    const sizeBytes = 20_000_000
    await writeFile(file, Buffer.alloc(sizeBytes))
    const aborter = new AbortController()
    const request = new Request(`media://fieldreel/api/v2/videos/${ID}/file`, { signal: aborter.signal })
    const response = await answerMedia(
      engineWith(() => ({ ...files.get(FULL)!, path: file, sizeBytes })),
      request,
    )
    const reader = response.body!.getReader()
    let bytes = 0
    const read = async (): Promise<void> => {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        bytes += (piece.value as Uint8Array).length
        aborter.abort()
      }
    }
    await read().catch(() => undefined)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThan(sizeBytes / 2)
  })

  it('that is not there is answered in words', async () => {
    const fail = (error: EngineError) => engineWith(() => Promise.reject(error) as unknown as StoredFile)
    const request = () => new Request(`media://fieldreel/api/v2/videos/${ID}/file`)
    const missing = await answerMedia(fail(new EngineError('not_found', 'There is no such video.')), request())
    expect([missing.status, await missing.text()]).toEqual([404, 'There is no such video.'])
    const broken = await answerMedia(fail(new EngineError('internal', 'It broke.')), request())
    expect([broken.status, await broken.text()]).toEqual([500, 'It broke.'])
  })
})

describe('the media protocol', () => {
  async function askedFor(pathname: string): Promise<Asked | undefined> {
    const asked: Asked[] = []
    await answerMedia(
      engineWith(() => files.get(SINGLE)!, asked),
      new Request(`media://fieldreel${pathname}`),
    )
    return asked[0]
  }

  it.each<[pathname: string, input: unknown]>([
    [`/api/v2/videos/${ID}/file`, { videoId: ID }],
    [`/api/v2/videos/${ID}/poster`, { videoId: ID, which: 'poster' }],
    [`/api/v2/videos/${ID}/sprite`, { videoId: ID, which: 'sprite' }],
    [`/api/v2/videos/${ID}/preview`, { videoId: ID, which: 'preview' }],
    [`/api/v2/video-scenes/${ID}/thumbnail`, { sceneId: ID }],
    [`/api/v1/albums/${ID}/items/${OTHER}/media`, { albumId: ID, itemId: OTHER, which: 'media' }],
    [`/api/v1/albums/${ID}/items/${OTHER}/thumbnail`, { albumId: ID, itemId: OTHER, which: 'thumbnail' }],
    [`/v1/video/tasks/${TASK}/video`, { taskId: TASK }],
    [`/v1/video/tasks/${TASK}/annotated`, { taskId: TASK }],
    [`/v1/video/tasks/${TASK}/frames/17`, { taskId: TASK, frame: 17 }],
    [
      `/v1/video/tasks/${TASK}/frames/17?roi=1,2,3,4`,
      { taskId: TASK, frame: 17, roi: { left: 1, top: 2, width: 3, height: 4 } },
    ],
  ])('asks for what %s names', async (pathname, input) => {
    expect((await askedFor(pathname))?.[1]).toEqual(input)
  })

  it.each([
    ...['/', '/etc/passwd', '/api/v2/videos/../file', `/api/v2/videos/${ID}/file/`, `/api/v2/videos/${ID}/files`],
    ...[`/x/api/v2/videos/${ID}/file`, `/api/v2/videos/${ID}..%2f..%2ffieldreel.db/file`, `/api/v2/videos/${ID}`],
    ...['/api/v2/videos/..%2f..%2ffieldreel.db/file', `/api/v2/videos/${ID.toUpperCase()}/file`],
    ...[`/v1/video/tasks/${TASK}/frames/-1`, `/v1/video/tasks/${TASK}/frames/1e9`, '/v1/video/tasks/vt_..%2f/video'],
    ...[`/v1/video/tasks/${TASK}x/video`, `/api/v1/albums/${ID}/items/${OTHER}/other`],
  ])('asks for nothing at %s', async (pathname) => {
    expect(await askedFor(pathname)).toBeUndefined()
    const response = await answerMedia(
      engineWith(() => files.get(SINGLE)!),
      new Request(`media://fieldreel${pathname}`),
    )
    expect(response.status).toBe(404)
  })
})
