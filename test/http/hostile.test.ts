import { readdir } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { GENERAL_FAILURES } from '../../main/transport/http/errors.ts'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'
import { openEngine } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { hostile, type Hostile, type Real } from './hostile-requests.ts'

/** "10,000 generated hostile requests over the whole route table" */
const REQUESTS = 10_000
const WARM_UP = 2_000
const AT_A_TIME = 8
const SEED = 20_260_729
/** What the heap may grow by over 8,000 requests once it is warm. */
const GROWTH_BYTES = 6 * 1024 * 1024

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly id: string | undefined
  readonly limit: string | undefined
}

function send(agent: http.Agent, origin: URL, { method, target, headers, body }: Hostile): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const framed = body === null ? headers : { ...headers, 'content-length': Buffer.byteLength(body) }
    const options = { agent, method, host: origin.hostname, port: origin.port, path: target, headers: framed }
    const asking = http.request(options, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.once('error', reject)
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: Buffer.concat(pieces).toString(),
          id: response.headers['x-request-id'] as string | undefined,
          limit: response.headers['x-ratelimit-limit'] as string | undefined,
        }),
      )
    })
    asking.once('error', reject)
    asking.end(body ?? undefined)
  })
}

type Responses = Readonly<Record<string, unknown>>

/** The documented statuses of a route: its own, and what HTTP itself may say. */
function documented(description: { paths: Record<string, Record<string, { responses: Responses }>> }) {
  return ({ path: route, method }: Hostile): Set<string> => {
    const general = Object.keys(GENERAL_FAILURES).filter((status) => status !== '500')
    if (route === null) return new Set([...general, '200', '302', '401'])
    // A slash at the end of a path makes no difference: it is described without.
    const wire = route.replace(/:(\w+)/g, '{$1}').replace(/\/$/, '')
    const described = description.paths[wire]?.[method === 'HEAD' ? 'get' : method.toLowerCase()]?.responses ?? {}
    return new Set([...general, ...Object.keys(described).filter((status) => status !== '500')])
  }
}

/** Whether a failure speaks in one of the envelopes. */
function isEnvelope({ target }: Hostile, { type, body, id }: Answer): boolean {
  if (type.startsWith('application/xml')) return /^<\?xml .*<Error><Code>\w+<\/Code><Message>/s.test(body)
  const said = JSON.parse(body) as {
    error?: { code?: unknown; message?: unknown; details?: unknown }
    request_id?: unknown
    detail?: unknown
  }
  // ID-1
  if (target.startsWith('/api/v1/') && (typeof said.detail === 'string' || Array.isArray(said.detail))) return true
  const { code, message, details } = said.error ?? {}
  return (
    typeof code === 'string' && typeof message === 'string' && typeof details === 'object' && said.request_id === id
  )
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

/** Files of the library, by folder. */
async function filesBelow(root: string): Promise<string[]> {
  const all = await readdir(root, { recursive: true, withFileTypes: true })
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
}

it('outlives 10,000 hostile requests, in documented words and flat memory', { timeout: 180_000 }, async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const engine = await openEngine(data)
  const key = engine.makeOwnerKey() ?? ''
  const server = await engine.serve({ host: '127.0.0.1', port: 0, tls: false, requestsPerMinute: 1_000_000 })
  const origin = new URL(server.url)
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_A_TIME })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const initiate = JSON.stringify({ filename: 'real.mp4', content_type: 'video/mp4', size_bytes: 12_000_000 })
  const begin = async () => {
    const answer = await fetch(`${server.url}/api/v2/video-uploads/initiate`, {
      method: 'POST',
      headers,
      body: initiate,
    })
    return (await answer.json()) as { media_id: string; upload_id: string; chunks: { upload_url: string }[] }
  }
  const plan = await begin()
  const tokens = plan.chunks.map(({ upload_url }) => upload_url.split('/').at(-1) ?? '')
  const real: Real = { key, mediaId: plan.media_id, uploadId: plan.upload_id, tokens }
  const description = (await (await fetch(`${server.url}/openapi.json`)).json()) as Parameters<typeof documented>[0]
  const statusesOf = documented(description)

  const statuses: Record<number, number> = {}
  const wrong: object[] = []
  const shoot = async (asked: Hostile): Promise<void> => {
    const answer = await send(agent, origin, asked).catch((error: unknown) => String(error))
    const tell = (what: string) => wrong.push({ what, asked: { ...asked, body: asked.body?.slice(0, 300) }, answer })
    if (typeof answer === 'string') return void tell('no answer')
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    if (!statusesOf(asked).has(String(answer.status))) tell('undocumented status')
    if (answer.id === undefined || answer.limit === undefined) tell('unmarked')
    const hasBody = asked.method !== 'HEAD' && answer.status >= 400 && answer.status !== 416
    if (hasBody && !isEnvelope(asked, answer)) tell('no envelope')
  }

  let warm = 0
  for (let round = 0; round < REQUESTS / WARM_UP; round++) {
    const waiting = fc.sample(hostile(real), { numRuns: WARM_UP, seed: SEED + round })
    const worker = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await shoot(next)
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, worker))
    if (round === 0) warm = heapAfterCollection()
  }
  const growth = heapAfterCollection() - warm

  expect(wrong.slice(0, 10)).toEqual([])
  expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(REQUESTS)
  // They got far, not only to the first refusal.
  for (const status of [200, 201, 400, 401, 403, 404, 409, 413, 414, 415, 422])
    expect(statuses).toHaveProperty(String(status))
  expect(growth).toBeLessThan(GROWTH_BYTES)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  agent.destroy()
  await server.close()
  await engine.close()
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  expect(database.isSound()).toBe(true)
  database.close()
  expect(await readdir(folder)).toEqual(['data'])
  const strange = (await filesBelow(data)).filter(
    (file) =>
      !/^(uploads|objects|derived|logs)[/\\]|^fieldreel\.db(-wal|-shm)?$|^instance\.lock(\.holder)?$|^secrets\.json$/.test(
        file,
      ),
  )
  expect(strange).toEqual([])
})
