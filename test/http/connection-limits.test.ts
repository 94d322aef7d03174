import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openCertificate } from '../../main/transport/http/index.ts'
import { bufferedBytes, connectionsToClose, type ReaderState } from '../../main/transport/http/connection-progress.ts'
import { BufferedBodies } from '../../main/transport/http/buffered-bodies.ts'
import { LIMITS } from '../../main/transport/http/limits.ts'
import { exchange, RawCaller } from '../support/raw-http.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { as, errorOf, KEYS, serve } from './scripted-server.ts'

const SCRIPT = '/docs/js/scalar.js'

/** Asks, and reads nothing. */
function deaf(url: string, target = SCRIPT, more = ''): RawCaller {
  const caller = new RawCaller(url)
  caller.socket.pause()
  caller.send(`GET ${target} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${more}\r\n`)
  return caller
}

describe('who is cut', () => {
  const MB = 1024 * 1024
  const reader = (more: Partial<ReaderState> = {}): ReaderState => ({
    ...{ buffered: 100_000, isAnonymous: false, stalledMs: 0, unreadMs: 0, elapsedMs: 0, sentBytes: 0 },
    ...more,
  })

  it.each([
    ['reads', reader({ elapsedMs: 3_600_000, sentBytes: 1 }), false],
    ['waits for us', reader({ buffered: 0, unreadMs: 3_600_000 }), false],
    ['has not read for two minutes', reader({ unreadMs: LIMITS.writeStallMs + 1 }), true],
    ['has paused', reader({ unreadMs: LIMITS.writeStallMs - 1 }), false],
    ['without a key has not read for a minute', reader({ isAnonymous: true, unreadMs: 60_001, sentBytes: 9e9 }), true],
    ['without a key reads well', reader({ isAnonymous: true, elapsedMs: 600_000, sentBytes: 9e9 }), false],
    [
      'without a key reads a byte now and then',
      reader({ isAnonymous: true, elapsedMs: 600_000, sentBytes: 600 }),
      true,
    ],
    ['has much waiting and does not read', reader({ buffered: 20 * MB, unreadMs: 6000 }), true],
    ['has much waiting and reads', reader({ buffered: 20 * MB, unreadMs: 100 }), false],
  ])('is told by how one reads: %s', (_what, one, isCut) => {
    expect(connectionsToClose([one], LIMITS)).toEqual(isCut ? [one] : [])
  })

  it('is the slowest when too much waits in memory, without a key first', () => {
    const readers = [
      reader({ buffered: 60 * MB, unreadMs: 4000 }),
      reader({ buffered: 60 * MB, unreadMs: 3000, isAnonymous: true, sentBytes: 9e9 }),
      reader({ buffered: 60 * MB, unreadMs: 1000 }),
      reader({ buffered: 0, isAnonymous: true, unreadMs: 9000 }),
    ]
    expect(connectionsToClose(readers, LIMITS)).toEqual([readers[1]])
    expect(connectionsToClose(readers, { ...LIMITS, bufferedBytesInAll: 60 * MB })).toEqual([readers[1], readers[0]])
  })

  it('counts what waits in answers behind the first one', () => {
    const socket = { writableLength: 10 } as Parameters<typeof bufferedBytes>[0]
    const responses = [
      { socket, writableLength: 10 },
      { socket: null, writableLength: 5 },
    ]
    expect(bufferedBytes(socket, responses as unknown as Parameters<typeof bufferedBytes>[1])).toBe(15)
  })
})

describe('bodies in memory', () => {
  it('give way when they are too much, the one that waits the longest first', () => {
    const bodies = new BufferedBodies(100)
    const refused: string[] = []
    const open = (name: string) => bodies.open(() => refused.push(name))
    const [first, second, third] = [open('first'), open('second'), open('third')]
    first.add(40)
    second.add(40)
    first.add(10)
    expect(refused).toEqual([])
    third.add(20)
    expect([refused, bodies.bytes]).toEqual([['second'], 70])
    second.add(1000)
    second.close()
    expect([refused, bodies.bytes]).toEqual([['second'], 70])
    first.close()
    third.close()
    third.close()
    expect(bodies.bytes).toBe(0)
  })

  it('are refused with 503 and Retry-After, while a short one comes through', async () => {
    const { url } = await serve(undefined, { limits: { bufferedBodyBytes: 300_000 } })
    const host = new URL(url).host
    const head = `POST /api/v2/video-uploads/initiate HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${KEYS.writer}\r\n`
    const senders = Array.from({ length: 5 }, () => new RawCaller(url))
    for (const sender of senders) {
      sender.send(`${head}Content-Type: application/json\r\nContent-Length: 200000\r\n\r\n{"x":"${'y'.repeat(100_000)}`)
    }
    await until('some to be refused', () => senders.filter(({ received }) => received.includes(' 503 ')).length >= 2)
    const { status, headers, body } = await senders.find(({ received }) => received.includes(' 503 '))!.answer()
    expect([status, headers['retry-after'], headers['connection']]).toEqual([503, '2', 'close'])
    expect(JSON.parse(body)).toMatchObject({ error: { details: { retry_after_seconds: 2 } } })
    const headers2 = { ...as(KEYS.writer), 'content-type': 'application/json' }
    const short = await fetch(`${url}/api/v2/video-uploads/initiate`, { method: 'POST', headers: headers2, body: '{}' })
    expect(short.status).toBe(422)
  })
})

describe('a reader', () => {
  it('who stalls is cut', async () => {
    const { url } = await serve(undefined, { limits: { anonymousStallMs: 1200 } })
    // More than the system itself takes for a reader who does not read.
    const caller = deaf(url)
    caller.send(`GET ${SCRIPT} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`.repeat(3))
    const start = Date.now()
    // Not reading, it learns of the end only when it looks.
    await pause(4000)
    caller.socket.resume()
    await caller.ended
    expect(Date.now() - start).toBeLessThan(8000)
    expect(caller.received.length).toBeLessThan(12_000_000)
    expect(caller.received).toContain('HTTP/1.1 200 OK')
  })

  it('who is slow gets all of it', async () => {
    const { url } = await serve(undefined, { limits: { anonymousStallMs: 1200 } })
    const caller = deaf(url, SCRIPT, 'Connection: close\r\n')
    for (let turn = 0; turn < 6; turn += 1) {
      await pause(700)
      caller.socket.resume()
      await pause(30)
      caller.socket.pause()
    }
    caller.socket.resume()
    const { headers, body } = await caller.answer()
    expect(body.length).toBe(Number(headers['content-length']))
  })

  it('without a key has few slots; one too many gets Retry-After, and a key still works', async () => {
    const anonymous = { inAll: 8, each: 4, waiting: 4, waitingEach: 2, waitMs: 300 }
    const { url } = await serve(undefined, { limits: { anonymous } })
    for (let one = 0; one < 6; one += 1) deaf(url)
    await pause(500)
    const refused = await fetch(url + SCRIPT)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
    expect((await errorOf(refused)).details).toEqual({ retry_after_seconds: 2 })
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect((await fetch(url + SCRIPT, { headers: as(KEYS.reader) })).status).toBe(200)
    expect((await fetch(`${url}/openapi.json`, { headers: as('no_such_key') })).status).toBe(503)
  })

  it('who asks for more and more without reading is cut', async () => {
    const { url } = await serve(undefined, { limits: { pipelined: 5 } })
    const caller = new RawCaller(url)
    caller.send(`GET ${SCRIPT} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`.repeat(6))
    await caller.ended
    const polite = new RawCaller(url)
    polite.send(`GET /healthz HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`.repeat(4))
    await until('four answers', () => polite.received.split('HTTP/1.1 200').length === 5)
  })

  it.each([false, true])('what comes beyond that on one connection is not even taken apart; TLS: %s', async (isTls) => {
    let started = 0
    const count = (): void => void (started += 1)
    subscribe('http.server.request.start', count)
    onTestFinished(() => void unsubscribe('http.server.request.start', count))
    const certificate = isTls ? await openCertificate(`${await temporaryFolder()}/tls`, null) : undefined
    const { port } = await serve(undefined, { limits: { pipelined: 5 }, certificate })
    const at = { host: '127.0.0.1', port }
    const open = () => (isTls ? connectTls({ ...at, rejectUnauthorized: false }) : connect(at))
    const ask = (times: number) => `GET /docs/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`.repeat(times)
    const greedy = open().on('error', () => undefined)
    greedy.write(ask(1000))
    await once(greedy.resume(), 'close')
    expect(started).toBe(6)
    // The same parser serves the next connections as ever.
    for (let again = 0; again < 3; again += 1) {
      const polite = open()
      polite.write(ask(1))
      const [first] = (await once(polite, 'data')) as [Buffer]
      expect(first.toString('latin1')).toMatch(/^HTTP\/1\.1 200 /)
      polite.destroy()
    }
  })

  it('makes room for newcomers when all places are taken by those who do not read', async () => {
    const { url } = await serve(undefined, { limits: { connections: 6 } })
    for (let one = 0; one < 6; one += 1) deaf(url, SCRIPT, `Authorization: Bearer ${KEYS.reader}\r\n`)
    await pause(4000)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })
})

describe('a body that is the same for everybody', () => {
  it.each([SCRIPT, '/docs/', '/openapi.json'])(
    'comes packed, whole, and not again to who holds it: %s',
    async (target) => {
      const { url } = await serve()
      const plain = await fetch(url + target, { headers: { 'accept-encoding': 'identity' } })
      const packed = await fetch(url + target, { headers: { 'accept-encoding': 'br, gzip' } })
      expect(packed.headers.get('vary')).toContain('Accept-Encoding')
      const text = await plain.text()
      expect(await packed.text()).toBe(text)
      expect(plain.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
      const etag = packed.headers.get('etag') ?? ''
      const again = await fetch(url + target, { headers: { 'accept-encoding': 'gzip', 'if-none-match': etag } })
      expect([again.status, await again.text()]).toEqual([304, ''])
      const head = await fetch(url + target, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
      expect([head.status, head.headers.get('content-length')]).toEqual([200, plain.headers.get('content-length')])
    },
  )
})

describe('odd requests', () => {
  const lines = (url: string, first: string, ...more: string[]) =>
    [first, `Host: ${new URL(url).host}`, 'Connection: close', ...more, '', ''].join('\r\n')

  it.each(['CONNECT example.com:443 HTTP/1.1', 'CONNECT 127.0.0.1:22 HTTP/1.1'])(
    '%s is answered, and closed',
    async (first) => {
      const { url } = await serve()
      const { status, headers, body } = await exchange(url, lines(url, first))
      expect([status, headers['connection']]).toEqual([405, 'close'])
      expect(headers['x-request-id']).toBeTruthy()
      expect(JSON.parse(body)).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } })
    },
  )

  it.each([
    ['TRACE / HTTP/1.1', 404],
    ['OPTIONS * HTTP/1.1', 404],
    ['BREW / HTTP/1.1', 400],
    ['GET http://example.com/healthz HTTP/1.1', 403],
    ['GET http://example.com/docs/js/scalar.js HTTP/1.1', 403],
    ['GET example.com:80 HTTP/1.1', 400],
    ['PRI * HTTP/2.0', 400],
  ])('%s is answered with %i', async (first, status) => {
    const { url } = await serve()
    const answer = await exchange(url, lines(url, first))
    expect(answer.status).toBe(status)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  it('GET http://own-name/healthz is answered like the path', async () => {
    const { url } = await serve()
    expect((await exchange(url, lines(url, `GET ${url}/healthz HTTP/1.1`))).status).toBe(200)
  })

  it('an upgrade that is not known is answered without it', async () => {
    const { url } = await serve()
    const more = ['Upgrade: websocket', 'Connection: Upgrade, close', 'Sec-WebSocket-Version: 13']
    const caller = new RawCaller(url)
    caller.send(lines(url, 'GET /healthz HTTP/1.1', ...more))
    expect((await caller.answer()).status).toBe(200)
  })
})

describe('TLS', () => {
  it.each([
    ['ECDHE-ECDSA-AES128-GCM-SHA256', true],
    ['ECDHE-ECDSA-AES256-GCM-SHA384', true],
    ['ECDHE-ECDSA-CHACHA20-POLY1305', true],
    ['ECDHE-ECDSA-AES128-SHA256', false],
    ['ECDHE-ECDSA-AES256-SHA384', false],
    ['ECDHE-ECDSA-AES128-SHA', false],
    ['AES128-GCM-SHA256', false],
    ['AES256-SHA', false],
  ])('1.2 with %s: %s', async (ciphers, isSpoken) => {
    const certificate = await openCertificate(`${await temporaryFolder()}/tls`, null)
    const { port } = await serve(undefined, { certificate })
    const spoken = await new Promise((resolve) => {
      const options = { port, host: '127.0.0.1', ciphers: `${ciphers}:@SECLEVEL=0`, maxVersion: 'TLSv1.2' as const }
      const socket = connectTls({ ...options, rejectUnauthorized: false }, () => {
        resolve(socket.getCipher().name === ciphers)
        socket.destroy()
      })
      socket.on('error', () => resolve(false))
    })
    expect(spoken).toBe(isSpoken)
  })

  it('cuts a reader who stalls', async () => {
    const certificate = await openCertificate(`${await temporaryFolder()}/tls`, null)
    const { port } = await serve(undefined, { certificate, limits: { anonymousStallMs: 1200 } })
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
    socket.on('error', () => undefined)
    socket.write(`GET ${SCRIPT} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`.repeat(4))
    socket.pause()
    await pause(4500)
    let length = 0
    socket.on('data', (bytes: Buffer) => (length += bytes.length))
    socket.resume()
    await new Promise((resolve) => socket.once('close', resolve))
    expect(length).toBeLessThan(12_000_000)
  })
})

describe('guesses', () => {
  it('get 429, while a good key works from the same address', async () => {
    const { url } = await serve()
    const guess = (key: string) => fetch(`${url}/api/v2/api-keys`, { headers: as(key) })
    for (let one = 0; one < 10; one += 1) expect((await guess(`a_guess_of_${one}`)).status).toBe(401)
    const away = await guess('one_guess_too_many')
    expect([away.status, Number(away.headers.get('retry-after'))]).toEqual([429, expect.any(Number)])
    expect((await guess('a_guess_of_3')).status).toBe(401)
    expect((await fetch(`${url}/api/v2/api-keys`)).status).toBe(401)
    // The scripted engine does not know this operation: the key itself was taken.
    expect((await guess(KEYS.admin)).status).toBe(404)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  it('at signatures are not counted: they are 403, however many', async () => {
    const { url } = await serve(undefined, { checkSignature: () => 'refused' })
    const statuses = new Set<number>()
    for (let one = 0; one < 30; one += 1)
      statuses.add((await fetch(`${url}/api/v2/videos/a/file?signature=${one}`)).status)
    expect(statuses).toEqual(new Set([403]))
  })
})
