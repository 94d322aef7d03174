import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import https from 'node:https'
import type { TLSSocket } from 'node:tls'
import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

const KEY = 'a_key_of_at_least_twenty_letters'

interface Serving {
  readonly process: ChildProcessWithoutNullStreams
  readonly line: { event: string; url: string; fingerprint?: string }
  readonly data: string
  /** Exit status. */
  readonly ended: Promise<number | null>
}

/** The real `out/main/serve.js`, once it listens. Killed after the test. */
async function serve(...args: string[]): Promise<Serving> {
  const data = path.join(await temporaryFolder(), 'data')
  const entry = path.resolve('out/main/serve.js')
  const env = { ...process.env, FIELDREEL_API_KEY: KEY }
  const child = spawn(process.execPath, [entry, '--data', data, '--port', '0', ...args], { env })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const ended = once(child, 'exit').then(([status]) => status as number | null)
  let said = ''
  let complained = ''
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (complained += bytes.toString()))
  await until('the server to listen', () => {
    if (child.exitCode !== null) throw new Error(complained)
    return said.includes('\n')
  })
  return { process: child, line: JSON.parse(said) as Serving['line'], data, ended }
}

/** A PUT or POST whose body is sent in two halves. */
function begin(url: string, method: string, headers: Record<string, string | number>) {
  const asking = request(url, { method, headers: { authorization: `Bearer ${KEY}`, ...headers } })
  const answered = new Promise<{ status: number; body: string }>((resolve, reject) => {
    asking.once('error', reject)
    asking.once('response', (response) => {
      let body = ''
      response.on('data', (bytes: Buffer) => (body += bytes.toString()))
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
  })
  return { asking, answered }
}

describe('SIGTERM', () => {
  it('lets a part and a JSON request finish, accepts no new connection, and exits with 0', async () => {
    const { process: child, line, ended } = await serve()
    const api = `${line.url}/api/v2/video-uploads`
    const json = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    const initiate = JSON.stringify({ filename: 'a.mp4', content_type: 'video/mp4', size_bytes: 1000 })
    const plan = (await (await fetch(`${api}/initiate`, { method: 'POST', headers: json, body: initiate })).json()) as {
      chunks: { upload_url: string }[]
    }
    const part = begin(plan.chunks[0]?.upload_url ?? '', 'PUT', { 'content-length': 1000 })
    const second = begin(`${api}/initiate`, 'POST', {
      'content-type': 'application/json',
      'content-length': initiate.length,
    })
    part.asking.write(Buffer.alloc(500))
    second.asking.write(initiate.slice(0, 20))
    await sleep(300)
    child.kill('SIGTERM')
    const start = Date.now()
    await sleep(500)
    await expect(fetch(`${line.url}/healthz`)).rejects.toThrow()
    part.asking.end(Buffer.alloc(500))
    second.asking.end(initiate.slice(20))
    expect((await part.answered).status).toBe(200)
    expect((await second.answered).status).toBe(201)
    expect(await ended).toBe(0)
    expect(Date.now() - start).toBeLessThan(5000)
  })

  it('does not wait for ever for one that never ends', async () => {
    const { process: child, line, ended } = await serve()
    const stuck = begin(`${line.url}/api/v2/video-uploads/initiate`, 'POST', {
      'content-type': 'application/json',
      'content-length': 1000,
    })
    stuck.asking.write('{')
    const cut = expect(stuck.answered).rejects.toThrow()
    await sleep(300)
    const start = Date.now()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(Date.now() - start).toBeLessThan(9000)
    await cut
  })
})

describe('the line on standard output', () => {
  it('is plain HTTP for this machine', async () => {
    const { line } = await serve()
    expect(line).toEqual({ event: 'listening', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string })
    expect((await fetch(`${line.url}/healthz`)).status).toBe(200)
  })

  it('is TLS with its fingerprint for others', async () => {
    const { line, data } = await serve('--host', '0.0.0.0')
    expect(line.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const ca = await fs.readFile(path.join(data, 'tls', 'certificate.pem'), 'utf8')
    const seen = await new Promise((resolve, reject) => {
      https
        .get(`${line.url}/healthz`, { ca }, ({ statusCode, socket }) => {
          const { fingerprint256 } = (socket as TLSSocket).getPeerCertificate()
          resolve([statusCode, fingerprint256])
        })
        .once('error', reject)
    })
    expect(seen).toEqual([200, line.fingerprint])
  })

  it('is plain HTTP for others when that is wanted', async () => {
    const { line } = await serve('--host', '0.0.0.0', '--no-tls')
    expect(line).toEqual({ event: 'listening', url: expect.stringMatching(/^http:/) as string })
    expect((await fetch(`${line.url}/healthz`)).status).toBe(200)
  })
})

it('a repeat under its Idempotency-Key is answered with the first answer over a restart', async () => {
  const first = await serve()
  const ask = async (url: string) => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': 'once' }
    const body = JSON.stringify({ name: 'Camera van' })
    const answer = await fetch(`${url}/api/v2/api-keys`, { method: 'POST', headers, body })
    return { status: answer.status, replayed: answer.headers.get('idempotency-replayed'), body: await answer.text() }
  }
  const made = await ask(first.line.url)
  expect([made.status, made.replayed]).toEqual([201, null])
  first.process.kill('SIGTERM')
  await first.ended
  const second = await serve('--data', first.data)
  const again = await ask(second.line.url)
  expect(again).toEqual({ ...made, replayed: 'true' })
  const list = await fetch(`${second.line.url}/api/v2/api-keys`, { headers: { authorization: `Bearer ${KEY}` } })
  expect((await list.text()).split('Camera van')).toHaveLength(2)
})
