import { once } from 'node:events'
import { connect } from 'node:net'
import { type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import {
  EngineError,
  followTaskStream,
  getTask,
  initiateUpload,
  listApiKeys,
  listScenes,
  type Task,
} from '../../main/contract/index.ts'
import type { Operations } from '../../main/engine/operations.ts'
import { as, errorOf, KEYS, post, serve } from './scripted-server.ts'

const VIDEO = '550e8400-e29b-41d4-a716-446655440000'
const TASK = 'vt_01HZX4T5M6N7P8Q9R0S1T2V3W4'
const withScenes = (operations: Operations) =>
  operations.implement(listScenes, ({ videoId }) => ({ videoId, scenes: [] }))

/** fetch does not let anybody set Host. */
function statusWith(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .once('error', reject)
      .end()
  })
}

describe('keys', () => {
  it('refuses requests without a good key and says why', async () => {
    const { url } = await serve(withScenes)
    const scenes = `${url}/api/v2/videos/${VIDEO}/scenes`
    for (const [headers, code] of [
      [{}, 'INVALID_API_KEY'],
      [as('aion_stranger'), 'INVALID_API_KEY'],
      [{ authorization: 'Basic YTpi' }, 'INVALID_API_KEY'],
      [as(KEYS.expired), 'EXPIRED_API_KEY'],
    ] as const) {
      const response = await fetch(scenes, { headers })
      expect([response.status, (await errorOf(response)).code]).toEqual([401, code])
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Fieldreel"')
    }
    expect((await fetch(scenes, { headers: as(KEYS.reader) })).status).toBe(200)
  })

  it('takes the key in X-API-Key, and refuses two that differ', async () => {
    const { url } = await serve(withScenes)
    const statusFor = async (headers: Record<string, string>) =>
      (await fetch(`${url}/api/v2/videos/${VIDEO}/scenes`, { headers })).status
    expect(await statusFor({ 'x-api-key': KEYS.reader })).toBe(200)
    expect(await statusFor({ 'X-API-Key': KEYS.reader, ...as(KEYS.reader) })).toBe(200)
    for (const headers of [
      { 'x-api-key': 'aion_stranger' },
      { 'x-api-key': '' },
      { 'x-api-key': `${KEYS.reader}, ${KEYS.reader}` },
      { 'x-api-key': KEYS.reader, ...as(KEYS.admin) },
      { 'x-api-key': 'aion_stranger', ...as(KEYS.reader) },
      { 'x-api-key': KEYS.reader, authorization: 'Basic YTpi' },
    ]) {
      expect([headers, await statusFor(headers)]).toEqual([headers, 401])
    }
  })

  it('counts guesses in either header', async () => {
    const { url } = await serve(withScenes)
    const guess = async (key: string) =>
      (await fetch(`${url}/api/v2/videos/${VIDEO}/scenes`, { headers: { 'x-api-key': key } })).status
    const statuses: number[] = []
    for (let nth = 0; nth < 12; nth += 1) statuses.push(await guess(`aion_guess_${nth}`))
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429])
  })

  it('asks for the key before it reads the request', async () => {
    const { url } = await serve()
    const response = await fetch(`${url}/api/v2/video-uploads/initiate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{broken',
    })
    expect(response.status).toBe(401)
  })

  it('refuses what a key lacks the scope for', async () => {
    const { url } = await serve((operations) => operations.implement(listApiKeys, () => ({ keys: [], total: 0 })))
    const keys = `${url}/api/v2/api-keys`
    const refused = await fetch(keys, { headers: as(KEYS.writer) })
    expect([refused.status, (await errorOf(refused)).code]).toEqual([403, 'FORBIDDEN'])
    expect((await fetch(keys, { headers: as(KEYS.admin) })).status).toBe(200)
  })
})

describe('every answer', () => {
  it('carries a request id: the caller’s when it is sane', async () => {
    const { url } = await serve()
    const idOf = async (headers: Record<string, string>) =>
      (await fetch(`${url}/healthz`, { headers })).headers.get('x-request-id')
    expect(await idOf({ 'x-request-id': 'job-42.a' })).toBe('job-42.a')
    expect(await idOf({ 'x-request-id': 'two words' })).toMatch(/^[0-9a-f-]{36}$/)
    const refused = await fetch(`${url}/nowhere`, { headers: { 'x-request-id': 'mine' } })
    expect(await refused.json()).toMatchObject({ request_id: 'mine', error: { code: 'NOT_FOUND' } })
  })

  it('counts down the rate limit, and ends with 429 and Retry-After', async () => {
    const { url } = await serve(withScenes, { requestsPerMinute: 2 })
    const scenes = `${url}/api/v2/videos/${VIDEO}/scenes`
    const answers = []
    for (let i = 0; i < 3; i++) answers.push(await fetch(scenes, { headers: as(KEYS.reader) }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0'])
    expect(answers[0]?.headers.get('x-ratelimit-limit')).toBe('2')
    const reset = Number(answers[0]?.headers.get('x-ratelimit-reset'))
    expect(reset).toBeGreaterThan(Date.now() / 1000)
    expect(reset).toBeLessThanOrEqual(Date.now() / 1000 + 61)
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await fetch(scenes, { headers: as(KEYS.writer) })).status).toBe(200) // Another key has its own count.
  })

  it('answers /healthz also where something else behind the same address asked too much', async () => {
    const { url } = await serve(undefined, { requestsPerMinute: 3 })
    const statusOf = async (target: string) => (await fetch(url + target)).status
    const others = []
    for (let i = 0; i < 4; i++) others.push(await statusOf('/api/v2/nothing'))
    expect(others).toEqual([404, 404, 404, 429])
    expect([await statusOf('/healthz'), await statusOf('/healthz?a=b'), await statusOf('/healthz')]).toEqual([
      ...[200, 200, 200],
    ])
    expect(await statusOf('/healthz')).toBe(429)
    expect(await statusOf('/healthzz')).toBe(429)
  })

  it('carries rate headers also where nothing is', async () => {
    const { url } = await serve()
    const { status, headers } = await fetch(`${url}/api/v2/nothing`)
    expect([status, headers.get('x-ratelimit-limit')]).toEqual([404, '6000'])
  })

  it('carries security headers and lets no other site read it', async () => {
    const { headers } = await fetch(`${(await serve()).url}/healthz`)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('refusals', () => {
  it('refuses a foreign Host and a foreign Origin', async () => {
    const { url } = await serve()
    const { host, port } = new URL(url)
    expect(await statusWith(`${url}/healthz`, { host: `evil.example:${port}` })).toBe(403)
    expect(await statusWith(`${url}/healthz`, { host, origin: 'http://evil.example' })).toBe(403)
    expect(await statusWith(`${url}/healthz`, { host, origin: 'null' })).toBe(403)
    expect(await statusWith(`${url}/healthz`, { host: `localhost:${port}`, origin: `http://${host}` })).toBe(200)
  })

  it('tells JSON that does not parse from JSON that says something wrong', async () => {
    const { url } = await serve()
    const initiate = `${url}/api/v2/video-uploads/initiate`
    const send = (body: string, type = 'application/json') =>
      fetch(initiate, { method: 'POST', headers: { ...as(KEYS.writer), 'content-type': type }, body })
    const broken = await send('{"filename":')
    expect([broken.status, (await errorOf(broken)).code]).toEqual([400, 'VALIDATION_ERROR'])
    const wrong = await send(JSON.stringify({ filename: 'a.mp4', content_type: 'image/png', size_bytes: 0 }))
    expect(wrong.status).toBe(422)
    expect(await errorOf(wrong)).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: {
        fields: [
          { in: 'body', field: 'content_type' },
          { in: 'body', field: 'size_bytes' },
        ],
      },
    })
    expect((await send('a=b', 'application/x-www-form-urlencoded')).status).toBe(415)
    const large = await send(JSON.stringify({ filename: 'x'.repeat(1_048_576) }))
    expect([large.status, (await errorOf(large)).code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  })

  it('refuses JSON that is nested beyond reason, before anything walks it', async () => {
    const { url } = await serve()
    const send = (body: string) =>
      fetch(`${url}/api/v2/video-uploads/initiate`, {
        method: 'POST',
        headers: { ...as(KEYS.writer), 'content-type': 'application/json', 'idempotency-key': body.slice(0, 9) },
        body,
      })
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect((await send(nested(20_000))).status).toBe(400)
    expect((await send(nested(65))).status).toBe(400)
    expect((await send(nested(64))).status).toBe(422)
    expect((await send(JSON.stringify({ filename: '[{"\\'.repeat(100) }))).status).toBe(422)
  })

  it('answers 422 to a malformed id and 404 to an unknown route or method', async () => {
    const { url } = await serve(withScenes)
    const status = async (path: string, init: RequestInit = {}) =>
      (await fetch(url + path, { headers: as(KEYS.admin), ...init })).status
    expect(await status('/api/v2/videos/not-a-uuid/scenes')).toBe(422)
    expect(await status('/api/v2/videos')).toBe(404)
    expect(await status('/api/v2/video-uploads/initiate')).toBe(404)
    expect(await status('/api/v2/videos/%zz/scenes')).toBe(400)
  })

  it('hides what it did not foresee', async () => {
    const { url } = await serve((operations) =>
      operations.implement(listScenes, () => {
        throw new Error('SELECT secret FROM table')
      }),
    )
    const response = await fetch(`${url}/api/v2/videos/${VIDEO}/scenes`, { headers: as(KEYS.reader) })
    expect(response.status).toBe(500)
    expect(JSON.stringify(await errorOf(response))).not.toContain('secret')
  })
})

describe('hanging up', () => {
  it('cancels the operation of a caller who is gone', async () => {
    let cancelled: (() => void) | undefined
    const seen = new Promise<void>((resolve) => (cancelled = resolve))
    const { url } = await serve((operations) =>
      operations.implement(listScenes, async ({ videoId }, { signal }) => {
        signal.addEventListener('abort', () => cancelled?.())
        await sleep(5000, undefined, { signal })
        return { videoId, scenes: [] }
      }),
    )
    const hangUp = new AbortController()
    const asked = fetch(`${url}/api/v2/videos/${VIDEO}/scenes`, { headers: as(KEYS.reader), signal: hangUp.signal })
    await sleep(100)
    hangUp.abort()
    await expect(asked).rejects.toThrow()
    await seen
  })
})

describe('repeats', () => {
  const initiate = { filename: 'a.mp4', content_type: 'video/mp4', size_bytes: 5 }
  async function counting() {
    let calls = 0
    const { url } = await serve((operations) =>
      operations.implement(initiateUpload, async ({ sizeBytes }) => {
        await sleep(50)
        if (++calls === 1 && sizeBytes === 666) throw new EngineError('storage_full', 'The disk is full.')
        return {
          ...{ mediaId: VIDEO, uploadId: `u${calls}`, totalParts: 1, partSizeBytes: 10, storagePath: 'x', parts: [] },
          ...{ expiresAt: '2030-01-01T00:00:00Z', concurrentUploadLimit: 5, retryAttempts: 3 },
        }
      }),
    )
    const send = async (key: string, idempotencyKey: string, body: object) => {
      const init = post(key, body)
      const headers = { ...(init.headers as Record<string, string>), 'idempotency-key': idempotencyKey }
      return fetch(`${url}/api/v2/video-uploads/initiate`, { ...init, headers })
    }
    return { send, calls: () => calls }
  }

  it('answers a repeat with the first answer, also while the first is at work', async () => {
    const { send, calls } = await counting()
    const [first, second] = await Promise.all([send(KEYS.writer, 'k', initiate), send(KEYS.writer, 'k', initiate)])
    const third = await send(KEYS.writer, 'k', initiate)
    expect([first.status, second.status, third.status, calls()]).toEqual([201, 201, 201, 1])
    expect(await third.json()).toEqual(await first.json())
    expect(third.headers.get('idempotency-replayed')).toBe('true')
  })

  it('refuses another body under the same key', async () => {
    const { send } = await counting()
    await send(KEYS.writer, 'k', initiate)
    expect((await send(KEYS.writer, 'k', { ...initiate, size_bytes: 6 })).status).toBe(422)
  })

  it('tries again after a failure', async () => {
    const { send, calls } = await counting()
    expect((await send(KEYS.writer, 'k', { ...initiate, size_bytes: 666 })).status).toBe(413)
    expect((await send(KEYS.writer, 'k', { ...initiate, size_bytes: 666 })).status).toBe(201)
    expect(calls()).toBe(2)
  })
})

describe('closing', () => {
  it('finishes what is under way, then takes nothing more', async () => {
    const server = await serve((operations) =>
      operations.implement(listScenes, async ({ videoId }) => {
        await sleep(300)
        return { videoId, scenes: [] }
      }),
    )
    const asked = fetch(`${server.url}/api/v2/videos/${VIDEO}/scenes`, { headers: as(KEYS.reader) })
    await sleep(100)
    const start = Date.now()
    await server.close()
    expect((await asked).status).toBe(200)
    expect(Date.now() - start).toBeLessThan(2000) // Not held open by the connection that is kept alive.
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
    await server.close()
  })

  it('ends streams that would go on for ever, at once', async () => {
    const server = await serve(
      (operations) =>
        operations
          .implement(getTask, () => ({ streamBytes: 6 }) as Task)
          .implementStream(followTaskStream, async function* (_input, { signal }) {
            yield Buffer.from('data: ')
            await once(signal, 'abort')
          }),
      { graceMs: 600_000 },
    )
    const answer = await fetch(`${server.url}/v1/video/tasks/${TASK}/stream`, { headers: as(KEYS.reader) })
    await server.close()
    expect(await answer.text()).toBe('data: ')
  })

  it('asks the engine for no more of a stream than a slow reader takes', async () => {
    const [piece, pieces] = [Buffer.alloc(64 * 1024, 'x'), 400]
    let made = 0
    const { url } = await serve((operations) =>
      operations
        .implement(getTask, () => ({ streamBytes: 0 }) as Task)
        .implementStream(followTaskStream, async function* () {
          for (made = 0; made < pieces; made += 1) yield await Promise.resolve(piece)
        }),
    )
    const asked = request(`${url}/v1/video/tasks/${TASK}/stream`, { headers: as(KEYS.reader) }).end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.pause()
    await sleep(500)
    const ahead = made
    // What the sockets of both ends hold, and no more.
    expect(ahead).toBeLessThan(pieces / 2)
    await sleep(200)
    expect(made).toBe(ahead)
    let bytes = 0
    for await (const read of answer) bytes += (read as Buffer).length
    expect(bytes).toBe(pieces * piece.length)
  })

  it('cuts what does not end within the grace time', async () => {
    const server = await serve(
      (operations) =>
        operations.implement(listScenes, async ({ videoId }, { signal }) => {
          await sleep(60_000, undefined, { signal })
          return { videoId, scenes: [] }
        }),
      { graceMs: 200 },
    )
    const asked = fetch(`${server.url}/api/v2/videos/${VIDEO}/scenes`, { headers: as(KEYS.reader) })
    const cut = expect(asked).rejects.toThrow()
    await sleep(100)
    const start = Date.now()
    await server.close()
    await cut
    expect(Date.now() - start).toBeLessThan(2000)
  })

  it('says that a port is taken', async () => {
    const { port } = new URL((await serve()).url)
    await expect(serve(undefined, { port: Number(port) })).rejects.toMatchObject({ code: 'unavailable' })
    const socket = connect(Number(port), '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.destroy()
  })
})
