import { describe, expect, it } from 'vitest'
import * as contract from '../../../main/contract/index.ts'
import { dialects } from '../../../main/transport/http/dialects.ts'
import { type Exchange, exchanges, job, JOB, MEDIA, NOW, plan, resumed, UPLOAD, wireResumed } from '../exchanges.ts'
import { as, errorOf, KEYS, OWNER_ID, post, serve } from '../scripted-server.ts'

/** A server whose one operation answers as scripted and remembers what it was asked. */
async function scripted({ operation, output }: Pick<Exchange, 'operation' | 'output'>) {
  const asked: unknown[] = []
  const { url } = await serve((operations) =>
    operations.implement(operation, (input, { caller }) => {
      asked.push(input)
      expect(caller).toMatchObject({ door: 'aionvision', userId: OWNER_ID })
      if (output instanceof Error) throw output
      return output
    }),
  )
  return { url, asked }
}

async function send(url: string, { request, body }: Pick<Exchange, 'request' | 'body'>): Promise<Response> {
  const [method = '', path = ''] = request.split(' ')
  const init = body === undefined ? { method, headers: as(KEYS.admin) } : { ...post(KEYS.admin, body), method }
  return fetch(`${url}/api/v2${path}`, init)
}

describe('the Aionvision wire', () => {
  it.each(exchanges)('$request asks the engine and answers', async (exchange) => {
    const { url, asked } = await scripted(exchange)
    const response = await send(url, exchange)
    const text = await response.text()
    expect({ status: response.status, body: text === '' ? null : JSON.parse(text) }).toEqual({
      status: exchange.status,
      body: exchange.answer(url),
    })
    expect(asked).toEqual([exchange.input])
  })

  it('is covered route by route; bytes have tests of their own', () => {
    const tested = exchanges.map(({ request }) => request.replace(/[0-9a-f-]{36}/g, ':id').replace(/\?.*/, ''))
    const json = dialects
      .flatMap(({ door, routes }) => (door === 'aionvision' ? routes : []))
      .filter(({ success }) => success.schema !== null || success.status === 204)
      .map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':id')}`)
    expect(json.filter((route) => !tested.includes(route as never))).toEqual([])
  })

  it('takes what complete may say of the video in place of what initiate said', async () => {
    const exchange = exchanges.find(({ request }) => request.endsWith('/complete'))
    if (!exchange) throw new Error('complete has an exchange.')
    const { url, asked } = await scripted(exchange)
    const words = { title: 'Dock 4', tags: ['night'], metadata: { take: 2 } }
    const wish = { auto_analyze: false, analysis_provider: 'openai', analysis_model: 'm-1', duration_seconds: 1 }
    expect((await send(url, { ...exchange, body: { ...UPLOAD, ...wish, ...words } })).status).toBe(200)
    expect(asked).toEqual([
      {
        ...{ mediaId: MEDIA, uploadId: 'u1', autoAnalyze: false, analysisProvider: 'openai', analysisModel: 'm-1' },
        ...{ analysisType: 'full_vlm', title: 'Dock 4', tags: ['night'], custom: { take: 2 } },
        keepTruncated: false,
      },
    ])
  })

  it('takes null for what may be left out', async () => {
    const { url, asked } = await scripted({ operation: contract.initiateUpload, output: plan })
    const body = {
      filename: 'a.mp4',
      content_type: 'video/mp4',
      size_bytes: 1,
      title: null,
      tags: null,
      metadata: null,
    }
    expect((await send(url, { request: 'POST /video-uploads/initiate', body })).status).toBe(201)
    expect(asked).toEqual([{ filename: 'a.mp4', contentType: 'video/mp4', sizeBytes: 1, tags: [], custom: {} }])
  })

  it('spells URLs as the caller spelled the host', async () => {
    const { url } = await scripted({ operation: contract.resumeUpload, output: resumed })
    const local = url.replace('127.0.0.1', 'localhost')
    expect(await (await send(local, { request: `GET /video-uploads/${MEDIA}/resume` })).json()).toEqual(
      wireResumed(local),
    )
  })

  it('says when a video is being analysed already', async () => {
    const { url } = await scripted({
      operation: contract.queueAnalysis,
      output: { job, queuePosition: 0, estimatedStartTime: null, alreadyQueued: true },
    })
    const response = await send(url, { request: 'POST /video-analysis/queue', body: { media_id: MEDIA } })
    expect(await response.json()).toMatchObject({ message: 'This video already has an unfinished analysis.' })
  })
})

describe('what initiate refuses', () => {
  const good = { filename: 'a.mp4', content_type: 'video/mp4', size_bytes: 1 }
  it.each([
    ['filename', { filename: '' }],
    ['filename', { filename: 'x'.repeat(256) }],
    ['filename', { filename: 'a\0.mp4' }],
    ['content_type', { content_type: 'video/x-matroska' }],
    ['size_bytes', { size_bytes: 0 }],
    ['size_bytes', { size_bytes: 10_737_418_241 }],
    ['size_bytes', { size_bytes: '5' }],
    ['title', { title: 'x'.repeat(256) }],
    ['tags', { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }],
    ['tags.0', { tags: ['a/b'] }],
    ['tags.0', { tags: ['  '] }],
    ['metadata', { metadata: { a: 'x'.repeat(16_384) } }],
  ])('a wrong %s, by its name: %j', async (field, wrong) => {
    const { url } = await serve()
    const response = await send(url, { request: 'POST /video-uploads/initiate', body: { ...good, ...wrong } })
    expect(response.status).toBe(422)
    const { code, details } = await errorOf(response)
    const named = (details as { fields: object[] }).fields
    expect([code, named[0]]).toEqual(['VALIDATION_ERROR', { in: 'body', field, reason: expect.any(String) as string }])
  })

  it('but not exactly 10 GB', async () => {
    const { url } = await scripted({ operation: contract.initiateUpload, output: plan })
    const body = { ...good, size_bytes: 10_737_418_240 }
    expect((await send(url, { request: 'POST /video-uploads/initiate', body })).status).toBe(201)
  })
})

describe('failures', () => {
  it.each([
    ['invalid_input', 422, 'VALIDATION_ERROR'],
    ['not_found', 404, 'NOT_FOUND'],
    ['conflict', 409, 'CONFLICT'],
    ['incomplete_upload', 422, 'INCOMPLETE_UPLOAD'],
    ['max_retries_exceeded', 422, 'MAX_RETRIES_EXCEEDED'],
    ['invalid_video', 422, 'INVALID_VIDEO'],
    ['truncated_video', 422, 'INVALID_VIDEO'],
    ['storage_full', 413, 'STORAGE_QUOTA_EXCEEDED'],
    ['unavailable', 503, 'SERVICE_UNAVAILABLE'],
  ] as [contract.ErrorCode, number, string][])('%s is %d %s', async (code, status, name) => {
    const details = { missing_chunks: [2, 3] }
    const output = new contract.EngineError(code, 'Said by the engine.', details)
    const { url } = await scripted({ operation: contract.completeUpload, output })
    const response = await send(url, { request: 'POST /video-uploads/complete', body: UPLOAD })
    expect(response.status).toBe(status)
    expect(await errorOf(response)).toEqual({ code: name, message: 'Said by the engine.', details })
  })

  it.each([{ scopes: ['admin'] }, { expires_at: '2999-01-01T00:00:00Z' }, { expires_at: null }])(
    'says that what a key was made with is fixed: %j',
    async (fixed) => {
      const { url } = await serve()
      const response = await send(url, { request: `PUT /api-keys/${JOB}`, body: { name: 'x', ...fixed } })
      expect(response.status).toBe(422)
      expect((await errorOf(response)).message).toMatch(/^(scopes|expires_at): Is fixed when a key is made\./)
    },
  )

  it('of reserved metadata keys are 400', async () => {
    const output = new contract.EngineError('reserved_name', 'Reserved.', { reserved: ['_x'] })
    const { url } = await scripted({ operation: contract.createApiKey, output })
    const response = await send(url, { request: 'POST /api-keys', body: { name: 'x', metadata: { _x: 1 } } })
    expect([response.status, await errorOf(response)]).toMatchObject([400, { code: 'VALIDATION_ERROR' }])
  })

  it('refuses an expiry in the past', async () => {
    const { url } = await serve()
    const response = await send(url, { request: 'POST /api-keys', body: { name: 'x', expires_at: NOW } })
    expect(response.status).toBe(422)
  })
})
