import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { FRIDAY } from '../../fixtures/clips.ts'
import { RawCaller } from '../../support/raw-http.ts'
import { until } from '../../support/until.ts'
import { json, liveServer, OWNER } from '../live-server.ts'

const server = liveServer()
const steps = [{ model: 'detect' }]
const ROUTE = '/v1/video/process'

async function send(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return await fetch(server.url + ROUTE, {
    method: 'POST',
    headers: { authorization: `Bearer ${OWNER}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const received = async () => (await server.streamFiles()).filter((name) => name.startsWith('.sent-'))
const nothingLeft = () => until('nothing to be left', async () => (await received()).length === 0)

describe('a video inside of a request', () => {
  it('makes one task under one Idempotency-Key, and of another video none', async () => {
    const bytes = await readFile(FRIDAY)
    const body = (video: Buffer) => ({
      input: [{ type: 'video_base64', data: video.toString('base64'), max_frames: 1 }],
      steps,
    })
    const key = { 'idempotency-key': 'once' }
    const first = await json<{ id: string }>(send(body(bytes), key), 202)
    const again = await send(body(bytes), key)
    expect([again.headers.get('idempotency-replayed'), (await json<{ id: string }>(again, 202)).id]).toEqual([
      'true',
      first.id,
    ])
    // Spelled differently, it is the same video.
    const spelled = JSON.stringify(body(bytes)).replaceAll('+', '\\u002b').replaceAll('/', '\\/')
    expect((await json<{ id: string }>(send(spelled, key), 202)).id).toBe(first.id)
    const other = Buffer.from(bytes)
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1
    expect((await send(body(other), key)).status).toBe(422)
    await nothingLeft()
  })

  it.each([
    ['a file of this machine', { file: '/etc/passwd', sha256: 'a'.repeat(64), sizeBytes: 1 }],
    ['bytes', { bytes: { 0: 1 }, sha256: 'a'.repeat(64) }],
    ['a number', 7],
    ['null', null],
  ])('is never %s', async (_what, data) => {
    expect((await send({ input: [{ type: 'video_base64', data }], steps })).status).toBe(422)
  })

  it.each([
    ['is no base64', { input: [{ type: 'video_base64', data: '*'.repeat(100_000) }], steps }, 422],
    ['is no base64 at its very end', { input: [{ type: 'video_base64', data: `${'A'.repeat(99_999)}*` }], steps }, 422],
    ['is cut off', { input: [{ type: 'video_base64', data: 'A'.repeat(100_001) }], steps }, 422],
    ['is no video', { input: [{ type: 'video_base64', data: 'A'.repeat(1_000_000) }], steps }, 422],
    ['comes with a request that is none', { input: [{ type: 'video_base64', data: 'A'.repeat(100_000) }] }, 422],
    [
      'comes twice',
      { input: Array(2).fill({ type: 'video_base64', data: 'A'.repeat(100_000) }) as unknown[], steps },
      422,
    ],
    ['lies somewhere else', { input: [{ type: 'video_url', url: 'A'.repeat(2_000_000) }], steps }, 413],
    ['is followed by something', `{"input":[{"type":"video_base64","data":"${'A'.repeat(100_000)}"}]}x`, 400],
    ['breaks off', `{"input":[{"type":"video_base64","data":"${'A'.repeat(100_000)}`, 400],
  ])('that %s is refused, and leaves nothing: %#', async (_what, body, status) => {
    expect((await send(body)).status).toBe(status)
    await nothingLeft()
  })

  it('of a byte more than 64 MB is refused, though the request is short enough, and leaves nothing', async () => {
    const data = Buffer.alloc(64 * 1024 * 1024 + 1).toString('base64')
    const { error } = await json<{ error: { message: string } }>(
      send({ input: [{ type: 'video_base64', data }], steps }),
      413,
    )
    expect(error.message).toContain('64 MB')
    await nothingLeft()
  })

  it('of a caller who hangs up leaves nothing', async () => {
    const caller = new RawCaller(server.url)
    const head = [`POST ${ROUTE} HTTP/1.1`, `Host: ${new URL(server.url).host}`, `Authorization: Bearer ${OWNER}`]
    caller.send([...head, 'Content-Type: application/json', 'Content-Length: 9000000', '', ''].join('\r\n'))
    caller.send(`{"input":[{"type":"video_base64","data":"${'A'.repeat(500_000)}`)
    await until('it to come in', async () => (await received()).length === 1)
    caller.socket.destroy()
    await nothingLeft()
  })

  it('of callers who hang up before their answer leaves nothing, and room for others', async () => {
    const body = JSON.stringify({ input: [{ type: 'video_base64', data: 'A'.repeat(2_000_000) }], steps })
    for (let one = 0; one < 6; one += 1) {
      const gone = new AbortController()
      const sent = fetch(server.url + ROUTE, {
        method: 'POST',
        headers: { authorization: `Bearer ${OWNER}`, 'content-type': 'application/json' },
        body,
        signal: gone.signal,
      })
      await until('all of it to come in', async () => (await received()).length > 0)
      await pause(60)
      gone.abort()
      await sent.catch(() => undefined)
      await nothingLeft()
    }
    expect((await send(body)).status).toBe(422)
    await nothingLeft()
  })
})
