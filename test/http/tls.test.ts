import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import fs from 'node:fs/promises'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { getServer, setServer, type ServerState } from '../../main/contract/index.ts'
import { openCertificate } from '../../main/transport/http/index.ts'
import { ask, openEngine } from '../support/engine.ts'
import { RawCaller } from '../support/raw-http.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { FRIDAY } from '../fixtures/clips.ts'

const DAY_MS = 86_400_000
const run = promisify(execFile)

describe('the certificate', () => {
  it('stays the same over restarts, and only its owner reads the key', async () => {
    const folder = path.join(await temporaryFolder(), 'tls')
    const first = await openCertificate(folder, null)
    expect(await openCertificate(folder, null)).toEqual(first)
    expect((await fs.readdir(folder)).sort()).toEqual(['certificate.pem', 'key.pem'])
    if (process.platform !== 'win32') {
      for (const name of ['certificate.pem', 'key.pem']) {
        expect((await fs.stat(path.join(folder, name))).mode & 0o777).toBe(0o600)
      }
    }
  })

  it('is one that clients take, with the fingerprint that openssl shows', async () => {
    const folder = path.join(await temporaryFolder(), 'tls')
    const { certificate, fingerprint } = await openCertificate(folder, null)
    const file = path.join(folder, 'certificate.pem')
    const { stdout } = await run('openssl', ['x509', '-in', file, '-noout', '-fingerprint', '-sha256'])
    expect(stdout.trim().split('=')[1]).toBe(fingerprint)
    const parsed = new X509Certificate(certificate)
    expect([parsed.checkHost('localhost'), parsed.checkIP('127.0.0.1')]).toEqual(['localhost', '127.0.0.1'])
    const days = (Date.parse(parsed.validTo) - Date.parse(parsed.validFrom)) / DAY_MS
    expect(days).toBeLessThanOrEqual(825)
    expect(parsed.ca).toBe(false)
  })

  it('is renewed shortly before expiry, when damaged, or when it does not name the host', async () => {
    const folder = path.join(await temporaryFolder(), 'tls')
    const { fingerprint } = await openCertificate(folder, null)
    const later = await openCertificate(folder, null, Date.now() + 800 * DAY_MS)
    expect(later.fingerprint).not.toBe(fingerprint)
    const now = await openCertificate(folder, null)
    expect(now.fingerprint).not.toBe(later.fingerprint) // That one is not good yet.
    const named = await openCertificate(folder, '203.0.113.9')
    expect(named.fingerprint).not.toBe(now.fingerprint)
    expect((await openCertificate(folder, '203.0.113.9')).fingerprint).toBe(named.fingerprint)
    for (const file of ['key.pem', 'certificate.pem']) {
      const before = await openCertificate(folder, null)
      await fs.writeFile(path.join(folder, file), '-----BEGIN NONSENSE-----')
      const after = await openCertificate(folder, null)
      expect(after.fingerprint).not.toBe(before.fingerprint)
      expect(new X509Certificate(after.certificate).verify(new X509Certificate(after.certificate).publicKey)).toBe(true)
    }
    const other = await openCertificate(path.join(folder, 'other'), null)
    await fs.writeFile(path.join(folder, 'key.pem'), other.key)
    expect((await openCertificate(folder, null)).key).not.toBe(other.key) // A key of another certificate.
  })
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly json: Readonly<Record<string, never>>
}

/** A client that trusts this one certificate and nothing else. */
function pinned(ca: string) {
  const agent = new https.Agent({ ca, keepAlive: true })
  return (url: string, options: https.RequestOptions = {}, body?: string | Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asking = https.request(url, { agent, ...options }, (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.once('end', () => {
          const text = Buffer.concat(pieces).toString()
          const json = text.startsWith('{') ? (JSON.parse(text) as Answer['json']) : {}
          resolve({ status: response.statusCode ?? 0, headers: response.headers, json })
        })
      })
      asking.once('error', reject)
      asking.end(body)
    })
}

const set = (engine: Awaited<ReturnType<typeof openEngine>>, network: boolean): Promise<ServerState> =>
  ask(engine, setServer, { running: true, port: 0, network })

describe('the server for the network', () => {
  it('is shut until it is chosen, and again without the local server', async () => {
    const engine = await openEngine(path.join(await temporaryFolder(), 'data'))
    const closed = { running: false, urls: [], fingerprint: null, errorMessage: null }
    expect((await ask(engine, setServer, { running: true, port: 0 })).network).toEqual(closed)
    const { url, network } = await set(engine, true)
    expect(network.running).toBe(true)
    expect(network.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    for (const address of network.urls) expect(address).toMatch(/^https:\/\/\d+\.\d+\.\d+\.\d+:\d+$/)
    // Opening and shutting it leaves the local one alone.
    expect((await set(engine, false)).url).toBe(url)
    expect((await set(engine, true)).url).toBe(url)
    expect((await ask(engine, setServer, { running: false })).network).toEqual(closed)
    expect((await ask(engine, setServer, { running: true })).network.running).toBe(true)
  })

  it('is remembered, with its certificate', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const first = await openEngine(data)
    const { network } = await set(first, true)
    await first.close()
    const second = await openEngine(data)
    expect((await ask(second, getServer, {})).network.running).toBe(false)
    await second.restoreServer()
    expect((await ask(second, getServer, {})).network).toMatchObject({
      running: true,
      fingerprint: network.fingerprint,
    })
  })

  it('takes a whole upload from a client that trusts the certificate, and answers with https', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const engine = await openEngine(data)
    const key = engine.makeOwnerKey() ?? ''
    await set(engine, true)
    const server = await engine.serve({ host: '0.0.0.0', port: 0, tls: true })
    try {
      const call = pinned(await fs.readFile(path.join(data, 'tls', 'certificate.pem'), 'utf8'))
      const api = `${server.url}/api/v2`
      const bytes = await fs.readFile(FRIDAY)
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const post = (route: string, body: object) =>
        call(api + route, { method: 'POST', headers }, JSON.stringify(body)).then(({ json }) => json)
      const begun = { filename: 'friday.mp4', content_type: 'video/mp4', size_bytes: bytes.length }
      const plan = (await post('/video-uploads/initiate', begun)) as unknown as {
        media_id: string
        upload_id: string
        chunks: { upload_url: string }[]
      }
      const part = plan.chunks[0]?.upload_url ?? ''
      expect(part).toMatch(/^https:/)
      const { status, headers: stored } = await call(part, { method: 'PUT' }, bytes)
      expect(status).toBe(200)
      expect(stored['etag']).toBe(`"${createHash('md5').update(bytes).digest('hex')}"`)
      const { media_id, upload_id } = plan
      const confirm = { media_id, upload_id, chunk_number: 1, etag: stored['etag'], size_bytes: bytes.length }
      expect(await post('/video-uploads/chunks/confirm', confirm)).toMatchObject({ status: 'completed' })
      const complete = { media_id, upload_id, auto_analyze: false }
      const video = (await post('/video-uploads/complete', complete)) as unknown as { video_url: string }
      expect(video.video_url).toMatch(/^https:/)
      expect((await call(video.video_url, { headers })).status).toBe(200)
      const foreign = { ...headers, host: `evil.example:${server.port}` }
      expect((await call(`${server.url}/healthz`, { headers: foreign, servername: 'localhost' })).status).toBe(403)
    } finally {
      await server.close()
    }
  })

  it('has the fingerprint it says, and knows only this machine’s own addresses', async () => {
    const engine = await openEngine(path.join(await temporaryFolder(), 'data'))
    const { network } = await set(engine, true)
    const own = Object.values(os.networkInterfaces()).flatMap((all) => all ?? [])
    const address = own.find(({ internal, family }) => !internal && family === 'IPv4')?.address
    expect(network.urls.length > 0).toBe(address !== undefined)
    const port = network.urls[0] ? new URL(network.urls[0]).port : null
    if (port === null) return // A machine without a network has no such door to try.
    const seen = await new Promise<{ status: number; fingerprint: string }>((resolve, reject) => {
      const asking = https.request(
        `https://127.0.0.1:${port}/healthz`,
        { rejectUnauthorized: false, headers: { host: `${address}:${port}` } },
        (response) => {
          const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate()
          resolve({ status: response.statusCode ?? 0, fingerprint: fingerprint256 })
          response.resume()
        },
      )
      asking.once('error', reject).end()
    })
    expect(seen).toEqual({ status: 200, fingerprint: network.fingerprint })
  })

  it('closes in time while clients are connected', async () => {
    const engine = await openEngine(path.join(await temporaryFolder(), 'data'))
    const server = await engine.serve({ host: '0.0.0.0', port: 0, tls: true })
    const silent = new RawCaller(server.url) // Has not even shaken hands.
    const shaken = connectTls({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false })
    const shakenEnd = new Promise((resolve) => shaken.once('close', resolve))
    shaken.on('error', () => undefined).resume()
    await new Promise((resolve) => shaken.once('secureConnect', resolve))
    // Keeps its connection, and never reads its answer.
    const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false })
    await new Promise((resolve, reject) => {
      https.get(`${server.url}/openapi.json`, { agent }, resolve).on('error', reject)
    })
    const start = Date.now()
    await server.close()
    expect(Date.now() - start).toBeLessThan(2000)
    await Promise.all([silent.ended, shakenEnd])
    agent.destroy()
  })

  it('speaks TLS only: plain HTTP gets no answer and does no harm', async () => {
    const data = path.join(await temporaryFolder(), 'data')
    const engine = await openEngine(data)
    const server = await engine.serve({ host: '0.0.0.0', port: 0, tls: true })
    try {
      await expect(fetch(server.url.replace('https:', 'http:'))).rejects.toThrow()
      const caller = new RawCaller(server.url)
      caller.send('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
      await caller.answer()
      expect(caller.received).not.toContain('HTTP/1.1 200')
      await expect(fetch(`${server.url}/healthz`)).rejects.toThrow() // Nobody who does not know it trusts it.
      const call = pinned(await fs.readFile(path.join(data, 'tls', 'certificate.pem'), 'utf8'))
      expect((await call(`${server.url}/healthz`)).status).toBe(200)
    } finally {
      await server.close()
    }
  })
})
