import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EngineError, listApiKeys, openVideo, storePart } from '../../main/contract/index.ts'
import type { Settings } from '../../main/platform/settings/index.ts'
import { AllowedOrigins } from '../../main/transport/http/allowed-origins.ts'
import { ask, type Asked } from '../support/raw-http.ts'
import { as, KEYS, OWNER_ID, serve } from './scripted-server.ts'

const FOREIGN = 'https://reel.example.com'
const OTHER = 'https://other.example.com'
const PART = '/api/v2/video-uploads/parts/t'
const FILE = '/api/v2/videos/550e8400-e29b-41d4-a716-446655440000/file'
const LINK = `${FILE}?expires=1&signature=good`
const LIST = '/api/v2/api-keys'

const EXPOSED = [
  ...['etag', 'content-range', 'accept-ranges', 'content-length', 'x-request-id', 'x-ratelimit-limit'],
  ...['x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'],
]

/** Settings in memory. */
function settings(): Settings {
  const kept = new Map<string, unknown>()
  return {
    read: (name, schema) => schema.parse(kept.get(name) ?? []),
    write: (name, value) => void kept.set(name, value),
  } as Pick<Settings, 'read' | 'write'> as Settings
}

/** One video of ten bytes behind a signed link, and parts that may be stored under the token `t`. */
async function library(allowed = '', more: { allowedHosts?: string } = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'fieldreel-origins-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = path.join(folder, 'ten')
  await writeFile(file, '0123456789')
  const facts = { sizeBytes: 10, contentType: 'video/mp4', etag: '"ten"', filename: 'ten.mp4' }
  const { url } = await serve(
    (operations) =>
      operations
        .implement(openVideo, () => ({ path: file, modifiedAt: '2026-01-01T00:00:00Z', ...facts }))
        .implement(listApiKeys, () => ({ keys: [], total: 0 }))
        .implement(storePart, ({ token }) => {
          if (token !== 't') throw new EngineError('url_refused', 'The signature does not match.')
          return { etag: 'e', partNumber: 1 }
        }),
    {
      checkSignature: (target) => {
        const signature = new URLSearchParams(target.split('?')[1]).get('signature')
        if (signature === null) return 'unsigned'
        return signature === 'good' ? { userId: OWNER_ID, scopes: new Set(['read'] as const) } : 'refused'
      },
      allowedOrigins: new AllowedOrigins(settings(), allowed),
      ...more,
    },
  )
  return (asked: Asked) => ask(url, asked)
}

const preflight = (path: string, method: string, headers = 'content-type', origin = FOREIGN): Asked => ({
  path,
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
})
const listOf = (header: string | undefined) => (header ?? '').toLowerCase().split(/, */)

describe('signed URLs, for pages of any origin', () => {
  it('takes a part and lets the page read its ETag', async () => {
    const send = await library()
    const asked = await send(preflight(PART, 'PUT'))
    expect([asked.status, asked.body, asked.headers['access-control-allow-origin']]).toEqual([204, '', '*'])
    expect(listOf(asked.headers['access-control-allow-methods'])).toContain('put')
    expect(listOf(asked.headers['access-control-allow-headers'])).toEqual(
      expect.arrayContaining(['content-type', 'content-md5']),
    )
    const stored = await send({ path: PART, method: 'PUT', headers: { origin: FOREIGN }, body: 'x' })
    expect([stored.status, stored.headers['etag']]).toEqual([200, '"e"'])
    expect(stored.headers['access-control-allow-origin']).toBe('*')
    expect(stored.headers['cross-origin-resource-policy']).toBe('cross-origin')
    expect(listOf(stored.headers['access-control-expose-headers'])).toEqual(expect.arrayContaining(EXPOSED))
  })

  it('lets the page read why a part was refused', async () => {
    const send = await library()
    const refused = await send({ path: `${PART}x`, method: 'PUT', headers: { origin: FOREIGN }, body: 'x' })
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([403, '*'])
    expect(refused.body).toContain('AccessDenied')
  })

  it.each(['GET', 'HEAD'])('answers %s of media, whole and in ranges', async (method) => {
    const send = await library()
    for (const range of [undefined, 'bytes=2-3']) {
      const { status, headers } = await send({
        path: LINK,
        method,
        headers: { origin: FOREIGN, ...(range && { range }) },
      })
      expect([status, headers['access-control-allow-origin']]).toEqual([range ? 206 : 200, '*'])
      expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
      expect(listOf(headers['access-control-expose-headers'])).toEqual(expect.arrayContaining(EXPOSED))
    }
    expect((await send(preflight(LINK, method, 'range'))).status).toBe(204)
  })

  it('says so without an Origin, too: what `<img>` left in the cache is used for scripts', async () => {
    const { headers } = await (await library())({ path: LINK })
    expect([headers['access-control-allow-origin'], headers['cross-origin-resource-policy']]).toEqual([
      '*',
      'cross-origin',
    ])
  })

  it('is for the URL only: no key may come along, and nothing is read without a signature', async () => {
    const send = await library()
    const asked = await send(preflight(LINK, 'GET', 'authorization, x-api-key'))
    expect(listOf(asked.headers['access-control-allow-headers'])).not.toContain('authorization')
    expect(listOf(asked.headers['access-control-allow-headers'])).not.toContain('x-api-key')
    for (const url of [FILE, `${FILE}?signature=`, `${LIST}?expires=1&signature=good`, '/healthz?signature=good']) {
      const { status, headers } = await send({ path: url, headers: { origin: FOREIGN, ...as(KEYS.admin) } })
      expect([url, status, headers['access-control-allow-origin']]).toEqual([url, 403, undefined])
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    }
  })

  it('goes by the name of this server only: a page that points its own name here reads nothing', async () => {
    const rebound = { path: LINK, headers: { host: 'reel.example.com', origin: FOREIGN } }
    expect((await (await library())(rebound)).status).toBe(403)
  })
})

describe('routes with a key, and public ones', () => {
  const headers = { origin: FOREIGN, ...as(KEYS.admin) }
  const keyed: Asked = { path: LIST, headers }

  it('is closed to other origins by default', async () => {
    const send = await library()
    for (const asked of [
      keyed,
      preflight(LIST, 'GET', 'authorization'),
      { path: '/healthz', headers: { origin: FOREIGN } },
    ]) {
      const { status, headers } = await send(asked)
      expect([status, headers['access-control-allow-origin']]).toEqual([403, undefined])
    }
  })

  it('is open to the origins that are allowed, and to no other', async () => {
    const send = await library(` ${FOREIGN}/ , http://localhost:3000`)
    for (const origin of [FOREIGN, 'http://localhost:3000']) {
      const asked = await send(preflight(LIST, 'POST', 'authorization', origin))
      expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([204, origin])
      expect(listOf(asked.headers['access-control-allow-headers'])).toEqual(
        expect.arrayContaining(['authorization', 'x-api-key', 'content-type', 'idempotency-key', 'last-event-id']),
      )
      expect(listOf(asked.headers['vary'])).toContain('origin')
      const answered = await send({ path: LIST, headers: { origin, ...as(KEYS.admin) } })
      expect([answered.status, answered.headers['access-control-allow-origin']]).toEqual([200, origin])
      expect(listOf(answered.headers['access-control-expose-headers'])).toEqual(expect.arrayContaining(EXPOSED))
      expect(listOf(answered.headers['vary'])).toContain('origin')
    }
    for (const origin of [OTHER, 'http://reel.example.com', `${FOREIGN}:8443`, 'null']) {
      const { status, headers } = await send(preflight(LIST, 'GET', 'authorization', origin))
      expect([origin, status, headers['access-control-allow-origin']]).toEqual([origin, 403, undefined])
    }
    const own = await send({ path: LIST, headers: as(KEYS.admin) })
    expect([own.status, own.headers['access-control-allow-origin'], own.headers['vary']]).toEqual([
      200,
      undefined,
      'Origin',
    ])
  })

  it('lets an allowed page read public answers and its own failures', async () => {
    const send = await library(FOREIGN)
    for (const [path, status] of [
      ['/openapi.json', 200],
      ['/healthz', 200],
      [LIST, 401],
      ['/nowhere', 404],
    ] as const) {
      const answer = await send({ path, headers: { origin: FOREIGN } })
      expect([path, answer.status, answer.headers['access-control-allow-origin']]).toEqual([path, status, FOREIGN])
      expect(listOf(answer.headers['vary'])).toContain('origin')
    }
  })

  it('needs the right Host even of an allowed page', async () => {
    const send = await library(FOREIGN)
    expect((await send({ path: LIST, headers: { ...headers, host: 'reel.example.com' } })).status).toBe(403)
  })

  it.each(['*', 'reel.example.com', 'https://reel.example.com/path', 'https://*.example.com', 'file://x', 'null'])(
    'does not start with %s on the list',
    (list) => {
      expect(() => new AllowedOrigins(settings(), `${FOREIGN},${list}`)).toThrow('FIELDREEL_ALLOWED_ORIGINS')
    },
  )

  it('holds what a person chooses at once, beside what the environment says', () => {
    const origins = new AllowedOrigins(settings(), FOREIGN)
    origins.choose([OTHER, OTHER])
    expect([origins.chosen, origins.includes(OTHER), origins.includes(FOREIGN)]).toEqual([[OTHER], true, true])
    origins.choose([])
    expect([origins.includes(OTHER), origins.includes(FOREIGN)]).toEqual([false, true])
  })
})

describe('a proxy or tunnel in front', () => {
  const through = (host: string, origin?: string): Asked => ({
    path: LIST,
    headers: { host, ...(origin && { origin }), ...as(KEYS.admin) },
  })

  it('is let in by the names that are allowed, and its own pages with it', async () => {
    const send = await library('', { allowedHosts: 'reel.example.com, Tunnel.example:8443' })
    for (const asked of [
      through('reel.example.com'),
      through('REEL.example.com:81'),
      through('tunnel.example:8443'),
      through('reel.example.com', 'https://reel.example.com'),
      // A proxy that writes our own name into Host.
      { path: LIST, headers: { origin: 'https://reel.example.com', ...as(KEYS.admin) } },
    ]) {
      expect([asked.headers, (await send(asked)).status]).toEqual([asked.headers, 200])
    }
    for (const asked of [
      through('tunnel.example'),
      through('tunnel.example:81'),
      through('evil.reel.example.com'),
      through('reel.example.com', 'https://evil.example'),
    ]) {
      expect([asked.headers, (await send(asked)).status]).toEqual([asked.headers, 403])
    }
  })

  it.each(['*', 'https://reel.example.com', 'a b', ','])('does not start with %s for a name', async (allowedHosts) => {
    await expect(library('', { allowedHosts })).rejects.toThrow('FIELDREEL_ALLOWED_HOSTS')
  })
})
