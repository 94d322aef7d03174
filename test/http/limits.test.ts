import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { EngineError, storePart } from '../../main/contract/index.ts'
import { exchange, RawCaller } from '../support/raw-http.ts'
import { until } from '../support/until.ts'
import { as, KEYS, post, serve } from './scripted-server.ts'

const PART = '/api/v2/video-uploads/parts/token'
const INITIATE = '/api/v2/video-uploads/initiate'

/** The head of a request whose body is still to come. */
function head(url: string, line: string, ...headers: string[]): string {
  const lines = [`${line} HTTP/1.1`, `Host: ${new URL(url).host}`, ...headers]
  return `${lines.join('\r\n')}\r\n\r\n`
}
const key = `Authorization: ${as(KEYS.writer).authorization}`

/** Takes parts of at most `most` bytes and remembers why they failed. */
function taking(failures: string[], most = Infinity, limits = {}) {
  return serve(
    (operations) =>
      operations.implement(storePart, async ({ body }) => {
        try {
          let received = 0
          for await (const bytes of body) {
            received += bytes.length
            if (received > most) throw new EngineError('body_mismatch', 'Too long.', { reason: 'EntityTooLarge' })
          }
          return { etag: String(received), partNumber: 1 }
        } catch (error) {
          failures.push((error as EngineError).code)
          throw error
        }
      }),
    { limits },
  )
}

async function healthOf(url: string): Promise<number> {
  return (await fetch(`${url}/healthz`)).status
}

describe('time', () => {
  it('cuts headers that trickle in, with 408', async () => {
    const { url } = await serve(undefined, { limits: { headersMs: 400 } })
    const caller = new RawCaller(url)
    caller.send('GET /healthz HTTP/1.1\r\n')
    const trickle = setInterval(() => caller.send('X: y\r\n'), 50)
    const { status, headers, body } = await caller.answer(5000)
    clearInterval(trickle)
    expect([status, headers['connection']]).toEqual([408, 'close'])
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'REQUEST_TIMEOUT' } })
  })

  it('cuts a connection that says nothing at all', async () => {
    const { url } = await serve(undefined, { limits: { headersMs: 400 } })
    const caller = new RawCaller(url)
    await caller.answer(5000)
    expect(caller.socket.destroyed).toBe(true)
    expect(caller.received).not.toContain('200')
  })

  it('cuts JSON that trickles in, with 408', async () => {
    const { url } = await serve(undefined, { limits: { bodyMs: 400 } })
    const caller = new RawCaller(url)
    caller.send(head(url, `POST ${INITIATE}`, key, 'Content-Type: application/json', 'Content-Length: 1000'))
    const trickle = setInterval(() => caller.send(' '), 50)
    const start = Date.now()
    const { status, body } = await caller.answer(5000)
    clearInterval(trickle)
    expect(status).toBe(408)
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'REQUEST_TIMEOUT' } })
    expect(Date.now() - start).toBeLessThan(3000)
  })

  it('cuts a body that goes on after its answer', async () => {
    const { url } = await serve(undefined, { limits: { bodyMs: 400 } })
    const caller = new RawCaller(url)
    // Answered at once: nobody reads the body of a stranger.
    caller.send(head(url, `POST ${INITIATE}`, 'Content-Type: application/json', 'Content-Length: 1000'))
    const trickle = setInterval(() => caller.send(' '), 50)
    const { status } = await caller.answer(5000)
    clearInterval(trickle)
    expect(status).toBe(401)
    expect(caller.socket.destroyed).toBe(true)
  })

  it('discards a body that no handler reads', async () => {
    const { url } = await serve(undefined, { limits: { bodyMs: 200 } })
    const headers = { ...as(KEYS.writer), 'content-type': 'text/csv' }
    expect((await fetch(url + INITIATE, { method: 'POST', headers, body: 'a,b' })).status).toBe(415)
    await sleep(400) // What fails now fails this run.
    expect(await healthOf(url)).toBe(200)
  })

  it('cuts a part that stalls, with RequestTimeout, and the engine learns of it', async () => {
    const failures: string[] = []
    const { url } = await taking(failures, Infinity, { stallMs: 300 })
    const caller = new RawCaller(url)
    caller.send(head(url, `PUT ${PART}`, 'Content-Length: 1000'))
    caller.send('some')
    const { status, headers, body } = await caller.answer(5000)
    expect([status, headers['connection']]).toEqual([400, 'close'])
    expect(body).toContain('<Code>RequestTimeout</Code>')
    expect(failures).toEqual(['cancelled'])
  })

  it('lets a part take longer than that, as long as bytes come', async () => {
    const { url } = await taking([], Infinity, { stallMs: 300, bodyMs: 300 })
    const sending = request(url + PART, { method: 'PUT', headers: { 'content-length': 10 } })
    const answered = new Promise<number | undefined>((resolve, reject) => {
      sending.once('response', ({ statusCode }) => resolve(statusCode)).once('error', reject)
    })
    for (let i = 0; i < 10; i++) {
      sending.write('x')
      await sleep(100)
    }
    sending.end()
    expect(await answered).toBe(200)
  })
})

describe('size', () => {
  it('refuses JSON of more than 1 MiB before it came', async () => {
    const { url } = await serve(undefined, { limits: { bodyMs: 300 } })
    const caller = new RawCaller(url)
    caller.send(head(url, `POST ${INITIATE}`, key, 'Content-Type: application/json', 'Content-Length: 1048577'))
    expect((await caller.answer()).status).toBe(413)
  })

  it('lets a caller who sends too much read why', async () => {
    const { url } = await serve()
    const body = ' '.repeat(8_000_000)
    for (let i = 0; i < 20; i++) {
      const answer = await fetch(url + INITIATE, { ...post(KEYS.writer, {}), body })
      expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining('PAYLOAD_TOO_LARGE')])
    }
  })

  it('refuses JSON without end once it is too much', async () => {
    const { url } = await serve()
    const caller = new RawCaller(url)
    caller.send(head(url, `POST ${INITIATE}`, key, 'Content-Type: application/json', 'Transfer-Encoding: chunked'))
    const pouring = setInterval(() => caller.send(`8000\r\n${' '.repeat(0x8000)}\r\n`), 1)
    const { status } = await caller.answer()
    clearInterval(pouring)
    expect(status).toBe(413)
  })

  it('refuses a part without end once it is too long, and hangs up', async () => {
    const failures: string[] = []
    const { url } = await taking(failures, 100_000)
    const caller = new RawCaller(url)
    caller.send(head(url, `PUT ${PART}`, 'Transfer-Encoding: chunked'))
    const pouring = setInterval(() => caller.send(`1000\r\n${'x'.repeat(0x1000)}\r\n`), 1)
    const { status, body } = await caller.answer()
    clearInterval(pouring)
    expect(status).toBe(400)
    expect(body).toContain('<Code>EntityTooLarge</Code>')
    expect(failures).toEqual(['body_mismatch'])
  })

  it('tells a part that breaks off in its chunks from one that stalls', async () => {
    const failures: string[] = []
    const { url } = await taking(failures)
    const { status } = await exchange(url, `${head(url, `PUT ${PART}`, 'Transfer-Encoding: chunked')}zz\r\n`)
    expect(status).toBe(400)
    await until('the engine to learn of it', () => failures.length > 0)
    expect(await healthOf(url)).toBe(200)
  })
})

describe('connections', () => {
  it('answers somebody new while 600 others say nothing', async () => {
    const { url } = await serve()
    const idle = Array.from({ length: 600 }, () => new RawCaller(url))
    await Promise.all(idle.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))))
    const start = Date.now()
    const answers = await Promise.all(Array.from({ length: 20 }, () => healthOf(url)))
    expect(new Set(answers)).toEqual(new Set([200]))
    expect(Date.now() - start).toBeLessThan(5000)
    expect(idle.filter(({ socket }) => socket.destroyed || socket.readableEnded).length).toBeGreaterThanOrEqual(88)
  }, 60_000)

  it('makes room by those that ask nothing, and by no other', async () => {
    const { url } = await taking([], Infinity, { connections: 4 })
    const sender = new RawCaller(url)
    sender.send(head(url, `PUT ${PART}`, 'Content-Length: 4', 'Connection: close'))
    await sleep(100)
    const idle = []
    for (let i = 0; i < 10; i++) {
      idle.push(new RawCaller(url))
      await sleep(20)
    }
    expect(await healthOf(url)).toBe(200)
    sender.send('four')
    expect((await sender.answer()).status).toBe(200)
    // The newest of the silent ones are still there.
    expect(idle.map(({ socket }) => socket.readableEnded || socket.destroyed).slice(0, 7)).not.toContain(false)
    expect(idle.at(-1)?.socket.destroyed).toBe(false)
  })

  it('turns newcomers away only when all places are being answered', async () => {
    const { url } = await taking([], Infinity, { connections: 2 })
    const senders = [new RawCaller(url), new RawCaller(url)]
    for (const sender of senders) sender.send(head(url, `PUT ${PART}`, 'Content-Length: 4', 'Connection: close'))
    await sleep(200)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    for (const sender of senders) sender.send('four')
    expect(await Promise.all(senders.map(async (sender) => (await sender.answer()).status))).toEqual([200, 200])
    expect(await healthOf(url)).toBe(200)
  })
})

describe('closing', () => {
  it('finishes what it began, and answers 503 to what comes meanwhile on an open connection', async () => {
    const server = await taking([])
    const { url } = server
    const [sender, second] = [new RawCaller(url), new RawCaller(url)]
    sender.send(head(url, `PUT ${PART}`, 'Content-Length: 4'))
    const half = head(url, 'GET /healthz', 'Connection: keep-alive')
    second.send(half.slice(0, 20))
    await sleep(100)
    const closed = server.close()
    await sleep(100)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    second.send(half.slice(20))
    const refused = await second.answer()
    expect([refused.status, refused.headers['connection']]).toEqual([503, 'close'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.headers['x-request-id']).toBeTruthy()
    sender.send('four')
    await closed
    // The server's side is closed; the last bytes may still be on their way to this one.
    expect((await sender.answer()).status).toBe(200)
  })

  it('is ended by the connections that never ask', async () => {
    const server = await serve(undefined, { graceMs: 3000 })
    const idle = new RawCaller(server.url)
    await sleep(100)
    const asked = fetch(`${server.url}${INITIATE}`, post(KEYS.writer, {}))
    expect((await asked).status).toBe(422)
    const start = Date.now()
    await server.close()
    expect(Date.now() - start).toBeLessThan(2000)
    await idle.ended
  })
})
