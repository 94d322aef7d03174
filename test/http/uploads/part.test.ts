import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { EngineError, storePart, type ErrorCode } from '../../../main/contract/index.ts'
import { s3Errors } from '../../../main/transport/http/aionvision/uploads/s3-errors.ts'
import { serve } from '../scripted-server.ts'

const MIB = 1024 * 1024
const parts = (url: string, token = 'tok.en') => `${url}/api/v2/video-uploads/parts/${token}`

/** A server that hashes what is put, or refuses once it has read `refuseAfter` bytes. */
function hashing(seen: { peak?: number; input?: object } = {}, refuseAfter = Infinity) {
  return serve((operations) =>
    operations.implement(storePart, async ({ body, ...input }) => {
      seen.input = input
      const md5 = createHash('md5')
      let received = 0
      for await (const bytes of body) {
        seen.peak = Math.max(seen.peak ?? 0, bytes.length)
        received += bytes.length
        if (received > refuseAfter) {
          throw new EngineError('body_mismatch', 'Too long: <&>', { reason: 'EntityTooLarge' })
        }
        md5.update(bytes)
      }
      return { etag: md5.digest('hex'), partNumber: 1 }
    }),
  )
}

describe('PUT of a chunk', () => {
  it('needs no key, takes any content type, and answers with a quoted ETag and no body', async () => {
    const { url } = await hashing()
    for (const type of ['application/octet-stream', 'video/mp4', 'application/json', 'text/plain', '']) {
      const headers = type === '' ? {} : { 'content-type': type }
      const response = await fetch(parts(url), { method: 'PUT', body: Buffer.from('chunk'), headers })
      expect([response.status, await response.text()]).toEqual([200, ''])
      expect(response.headers.get('etag')).toBe(`"${createHash('md5').update('chunk').digest('hex')}"`)
    }
  })

  it('hands on the token, the length and the Content-MD5', async () => {
    const seen: { input?: object } = {}
    const { url } = await hashing(seen)
    const token = 'a'.repeat(500)
    await fetch(parts(url, token), { method: 'PUT', body: 'x', headers: { 'content-md5': 'nUH' } })
    expect(seen.input).toEqual({ token, sizeBytes: 1, contentMd5: 'nUH' })
  })

  it('streams bodies larger than any JSON may be', async () => {
    const seen: { peak?: number } = {}
    const { url } = await hashing(seen)
    const body = Buffer.alloc(12 * MIB, 7)
    const response = await fetch(parts(url), { method: 'PUT', body })
    expect(response.headers.get('etag')).toBe(`"${createHash('md5').update(body).digest('hex')}"`)
    expect(seen.peak).toBeLessThan(MIB)
  })

  it('answers a refusal half-way through the body, as S3 XML', async () => {
    const { url } = await hashing({}, MIB)
    const response = await fetch(parts(url), {
      method: 'PUT',
      body: Buffer.alloc(12 * MIB),
      headers: { 'x-request-id': 'r1' },
    })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/xml')
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>EntityTooLarge</Code>' +
        '<Message>Too long: &#60;&#38;&#62;</Message><RequestId>r1</RequestId></Error>',
    )
  })

  it('leaves the connection clean after a refusal', async () => {
    const server = await hashing({}, MIB)
    await fetch(parts(server.url), { method: 'PUT', body: Buffer.alloc(12 * MIB) })
    const start = Date.now()
    await server.close()
    expect(Date.now() - start).toBeLessThan(2000) // Unread bytes would keep it open for all of the grace time.
  })

  it('cancels when the sender is gone, and finds no fault in that', async () => {
    const { promise, resolve } = withSignal()
    const lines: string[] = []
    const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) })
    const server = await serve(
      (operations) =>
        operations.implement(storePart, async ({ body }, { signal }) => {
          signal.addEventListener('abort', resolve)
          let received = 0
          for await (const bytes of body) received += bytes.length
          return { etag: String(received), partNumber: 1 }
        }),
      { log },
    )
    const { url } = server
    const sending = request(parts(url), { method: 'PUT', headers: { 'content-length': '1000' } })
    sending.once('error', () => undefined) // It is we who cut it.
    sending.write('some')
    await sleep(100)
    sending.destroy()
    await promise
    await server.close()
    expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).not.toContain(
      pino.levels.values['error'],
    )
    expect(lines.join()).not.toContain('tok.en')
  })
})

function withSignal() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((fulfil) => (resolve = fulfil))
  return { promise, resolve: () => resolve() }
}

describe('S3 errors', () => {
  it.each([
    ['url_refused', null, 403, 'AccessDenied'],
    ['not_found', null, 404, 'NoSuchUpload'],
    ['body_mismatch', 'IncompleteBody', 400, 'IncompleteBody'],
    ['body_mismatch', 'BadDigest', 400, 'BadDigest'],
    ['conflict', null, 409, 'OperationAborted'],
    ['internal', null, 500, 'InternalError'],
  ] as [ErrorCode, string | null, number, string][])('%s (%s) is %d %s', async (code, reason, status, name) => {
    const { url } = await serve((operations) =>
      operations.implement(storePart, () => {
        throw new EngineError(code, 'No.', reason === null ? null : { reason })
      }),
    )
    const response = await fetch(parts(url), { method: 'PUT', body: 'x' })
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(`<Code>${name}</Code>`)])
  })

  it('never names a code that the engine made up', () => {
    const error = new EngineError('body_mismatch', 'No.', { reason: '<script>' })
    expect(s3Errors.body(error, 'r')).toContain('<Code>IncompleteBody</Code>')
  })
})
