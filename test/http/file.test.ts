import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineError, openDerived, openSceneThumbnail, openVideo, type StoredFile } from '../../main/contract/index.ts'
import type { Operations } from '../../main/engine/operations.ts'
import { as, errorOf, KEYS, serve } from './scripted-server.ts'

const ID = '550e8400-e29b-41d4-a716-446655440000'
const BYTES = Buffer.from('0123456789abcdefghij')
const MODIFIED = 'Wed, 15 Jan 2025 10:30:00 GMT'
let folder = ''
let file: StoredFile

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fieldreel-file-'))
  const stored = path.join(folder, 'object')
  await writeFile(stored, BYTES)
  file = {
    ...{ path: stored, sizeBytes: BYTES.length, contentType: 'video/mp4', etag: '"abc"' },
    ...{ modifiedAt: '2025-01-15T10:30:00.250Z', filename: 'Brücke "1".mp4' },
  }
})
afterAll(() => rm(folder, { recursive: true }))

async function get(headers: Record<string, string> = {}, method = 'GET', stored: Partial<StoredFile> = {}) {
  const { url } = await serve((operations) => operations.implement(openVideo, () => ({ ...file, ...stored })))
  return fetch(`${url}/api/v2/videos/${ID}/file`, { method, headers: { ...as(KEYS.reader), ...headers } })
}

describe('a file', () => {
  it('comes whole, with all that a cache and a player need', async () => {
    const response = await get()
    expect(response.status).toBe(200)
    expect(await response.text()).toBe(BYTES.toString())
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': '20',
      'content-type': 'video/mp4',
      etag: '"abc"',
      'last-modified': MODIFIED,
      'content-disposition': `inline; filename="Br_cke _1_.mp4"; filename*=UTF-8''Br%C3%BCcke%20%221%22.mp4`,
    })
  })

  it('comes in parts', async () => {
    for (const [range, text, contentRange] of [
      ['bytes=0-3', '0123', 'bytes 0-3/20'],
      ['bytes=18-', 'ij', 'bytes 18-19/20'],
      ['bytes=-3', 'hij', 'bytes 17-19/20'],
    ] as const) {
      const response = await get({ range })
      expect([response.status, await response.text()]).toEqual([206, text])
      expect(response.headers.get('content-range')).toBe(contentRange)
      expect(response.headers.get('content-length')).toBe(String(text.length))
    }
  })

  it('comes whole when several parts are asked for', async () => {
    const response = await get({ range: 'bytes=0-1,4-5' })
    expect([response.status, (await response.text()).length]).toEqual([200, 20])
  })

  it('has no part behind its end', async () => {
    const response = await get({ range: 'bytes=20-' })
    expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([
      416,
      'bytes */20',
      '',
    ])
  })

  it('is not sent again to who holds it', async () => {
    for (const tags of ['"abc"', 'W/"abc"', '"x", "abc"', '*']) {
      const response = await get({ 'if-none-match': tags, range: 'bytes=0-1' })
      expect([response.status, await response.text(), response.headers.get('etag')]).toEqual([304, '', '"abc"'])
    }
    expect((await get({ 'if-none-match': '"x"' })).status).toBe(200)
    expect((await get({ 'if-modified-since': MODIFIED })).status).toBe(304)
    expect((await get({ 'if-modified-since': MODIFIED, 'if-none-match': '"x"' })).status).toBe(200)
    expect((await get({ 'if-modified-since': 'yesterday' })).status).toBe(200)
  })

  it('sends a part only while If-Range still names it', async () => {
    const statusIf = async (ifRange: string) => (await get({ range: 'bytes=0-1', 'if-range': ifRange })).status
    expect(await statusIf('"abc"')).toBe(206)
    expect(await statusIf(MODIFIED)).toBe(206)
    expect(await statusIf('W/"abc"')).toBe(200)
    expect(await statusIf('"old"')).toBe(200)
    expect(await statusIf('Wed, 15 Jan 2025 10:29:59 GMT')).toBe(200)
  })

  it('tells HEAD all about it and sends no byte', async () => {
    const whole = await get({}, 'HEAD')
    expect([whole.status, whole.headers.get('content-length'), await whole.text()]).toEqual([200, '20', ''])
    const part = await get({ range: 'bytes=0-3' }, 'HEAD')
    expect([part.status, part.headers.get('content-length')]).toEqual([206, '4'])
  })

  it('may be empty', async () => {
    const response = await get({}, 'GET', { sizeBytes: 0 })
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '0', ''])
  })

  it('says so when it is gone from disk', async () => {
    const response = await get({}, 'GET', { path: path.join(folder, 'gone') })
    expect([response.status, (await errorOf(response)).code]).toEqual([404, 'SOURCE_MISSING'])
    expect(response.headers.get('content-type')).toContain('application/json')
  })
})

describe('pictures', () => {
  const script = (operations: Operations) =>
    operations
      .implement(openSceneThumbnail, () => ({ ...file, contentType: 'image/jpeg' }))
      .implement(openDerived, ({ which }) => {
        if (which === 'preview') throw new EngineError('not_found', 'There is no preview copy.')
        return { ...file, contentType: 'image/jpeg', filename: `${which}.jpg` }
      })

  it('of scenes may be kept for a year', async () => {
    const { url } = await serve(script)
    const response = await fetch(`${url}/api/v2/video-scenes/${ID}/thumbnail`, { headers: as(KEYS.reader) })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000',
      'content-disposition': `inline; filename="scene_${ID}.jpg"`,
    })
  })

  it('of videos are asked about again', async () => {
    const { url } = await serve(script)
    for (const which of ['poster', 'sprite']) {
      const response = await fetch(`${url}/api/v2/videos/${ID}/${which}`, { headers: as(KEYS.reader) })
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
    }
    const missing = await fetch(`${url}/api/v2/videos/${ID}/preview`, { headers: as(KEYS.reader) })
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, null])
  })

  it('need a key', async () => {
    const { url } = await serve(script)
    expect((await fetch(`${url}/api/v2/video-scenes/${ID}/thumbnail`)).status).toBe(401)
  })
})
