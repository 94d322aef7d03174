import { validate } from '@scalar/openapi-parser'
import { describe, expect, it } from 'vitest'
import { dialects } from '../../main/transport/http/dialects.ts'
import { publishedPath } from '../../main/transport/http/openapi.ts'
import { as, KEYS, serve } from './scripted-server.ts'

interface Answer {
  headers?: object
  content?: Record<string, { example?: unknown; examples?: Record<string, { value: unknown }> }>
}

interface Operation {
  operationId: string
  security: object[]
  parameters: { in: string; name: string }[]
  requestBody?: Answer
  responses: Record<string, Answer>
}

interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}

const PART = '/api/v2/video-uploads/parts/{token}'
const SIGNED = [
  ...['file', 'poster', 'sprite', 'preview'].map((name) => `/api/v2/videos/{video_id}/${name}`),
  '/api/v2/video-scenes/{scene_id}/thumbnail',
  ...['stream', 'video', 'annotated', 'frames/{frame}'].map((name) => `/v1/video/tasks/{id}/${name}`),
]

async function describeServer(): Promise<Description> {
  return (await (await fetch(`${(await serve()).url}/openapi.json`)).json()) as Description
}

describe('/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const description = await describeServer()
    expect(description.openapi).toMatch(/^3\.1\./)
    expect(await validate(JSON.stringify(description))).toMatchObject({ valid: true })
  })

  it('lists every route, each under a name of its own', async () => {
    const { paths } = await describeServer()
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const served = dialects.flatMap((dialect) =>
      dialect.routes.map((route) => `${route.method} ${publishedPath(route, dialect)}`),
    )
    expect(listed.sort()).toEqual(served.sort())
    const names = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z]+([A-Z][a-z]+)+$/.test(name))).toEqual([])
  })

  it('says where a key says nothing, and where it may be left out', async () => {
    const { paths } = await describeServer()
    const where = (test: (security: object[]) => boolean) =>
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.values(methods).some(({ security }) => test(security)) ? [path] : [],
      )
    expect(where((security) => security.length === 0)).toEqual([PART])
    const views = ['track-view', 'share'].map((name) => `/api/v1/videos/{video_id}/${name}`)
    const album = '/api/v1/albums/{album_id}'
    const media = ['media', 'thumbnail'].map((name) => `${album}/items/{item_id}/${name}`)
    const optional = where((security) => security.some((way) => Object.keys(way).length === 0))
    expect(optional.filter((path) => !SIGNED.includes(path))).toEqual([...views, album, ...media])
    expect(paths[album]?.['get']?.security).toEqual([{ key: [] }, { apiKey: [] }, {}])
    expect(paths['/api/v1/albums']?.['get']?.security).toEqual([{ key: [] }, { apiKey: [] }])
  })

  it('names the headers that routes understand', async () => {
    const { paths } = await describeServer()
    const headers = (path: string, method: string) => {
      const { parameters } = paths[path]?.[method] ?? { parameters: [] }
      return parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name)
    }
    expect(headers('/api/v2/videos/{video_id}/file', 'get')).toEqual(['Range', 'If-Range', 'If-None-Match'])
    expect(headers('/api/v2/video-uploads/initiate', 'post')).toEqual(['Idempotency-Key'])
    expect(headers('/api/v1/videos/{video_id}/like', 'post')).toEqual(['Idempotency-Key'])
    expect(headers(PART, 'put')).toEqual(['Content-MD5'])
    expect(headers('/api/v2/api-keys', 'get')).toEqual([])
  })

  it('describes on every answer the headers that every answer has', async () => {
    const { paths } = await describeServer()
    const shared = ['X-Request-ID', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']
    const answers = Object.values(paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ responses }) => Object.entries(responses)),
    )
    expect(answers.length).toBeGreaterThan(200)
    for (const [status, { headers }] of answers) {
      expect(Object.keys(headers ?? {})).toEqual(expect.arrayContaining(shared))
      if (status === '429') expect(headers).toHaveProperty('Retry-After')
    }
    const part = paths[PART]?.['put']
    expect(part?.responses['200']?.headers).toHaveProperty('ETag')
  })

  it('shows every failure in the words of its dialect', async () => {
    const { paths } = await describeServer()
    const examples = (path: string, method: string, status: number) =>
      Object.values(paths[path]?.[method]?.responses[status]?.content ?? {}).flatMap(({ examples: named = {} }) =>
        Object.entries(named).map(([name, { value }]) => ({ name, value })),
      )
    expect(examples('/api/v2/video-uploads/complete', 'post', 422).map(({ name }) => name)).toEqual([
      ...['INCOMPLETE_UPLOAD', 'INVALID_VIDEO', 'VALIDATION_ERROR'],
    ])
    for (const { name, value } of examples('/api/v2/video-uploads/complete', 'post', 422)) {
      expect(value).toMatchObject({ error: { code: name, details: expect.any(Object) as object } })
    }
    const xml = examples(PART, 'put', 400).find(({ name }) => name === 'IncompleteBody')
    expect(xml?.value).toMatch(/^<\?xml .*<Error><Code>IncompleteBody<\/Code>/s)
  })

  it.each([
    ['post', '/api/v2/video-uploads/initiate', [201, 401, 403, 413, 422, 429, 503]],
    ['post', '/api/v2/video-uploads/batch/initiate', [201, 401, 403, 413, 422, 429, 503]],
    ['post', '/api/v2/video-uploads/chunks/confirm', [200, 401, 403, 404, 409, 422, 429]],
    ['post', '/api/v2/video-uploads/complete', [200, 401, 403, 404, 409, 413, 422, 429]],
    ['put', '/api/v2/video-uploads/parts/{token}', [200, 400, 403, 404, 409, 503, 507]],
    ['get', '/api/v2/videos/{video_id}/file', [200, 206, 304, 401, 403, 404, 416, 429]],
    ['post', '/api/v2/video-analysis/jobs/{analysis_job_id}/retry', [202, 401, 403, 404, 409, 422, 429]],
    ['put', '/api/v2/api-keys/{key_id}', [200, 400, 401, 403, 404, 422, 429]],
    ['delete', '/api/v2/api-keys/{key_id}', [204, 401, 403, 404, 429]],
  ])('lists what %s %s can answer', async (method, path, statuses) => {
    const { responses } = (await describeServer()).paths[path]?.[method] ?? { responses: {} }
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(statuses.map(String)))
  })

  it('says where a signed URL replaces a key', async () => {
    const { paths } = await describeServer()
    const signed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).some(({ parameters }) => parameters.some(({ name }) => name === 'signature'))
        ? [path]
        : [],
    )
    expect(signed).toEqual(SIGNED)
  })
})

describe('what anybody may read', () => {
  it('is health, the description and its page', async () => {
    const { url } = await serve()
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok', version: '1.2.3' })
    const page = await fetch(url)
    expect([page.status, new URL(page.url).pathname]).toEqual([200, '/docs/'])
    expect(page.headers.get('content-type')).toContain('text/html')
  })

  it('is a page that loads nothing from elsewhere', async () => {
    const { url } = await serve()
    const page = await fetch(`${url}/docs/`)
    const html = await page.text()
    const nonce = /script-src 'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1]
    expect(nonce).toMatch(/^[\w+/]{22}==$/)
    const scripts = [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes ?? '')
    expect(scripts.length).toBeGreaterThan(0)
    for (const attributes of scripts) expect(attributes).toContain(`nonce="${nonce}"`)
    expect(html).not.toMatch(/(src|href)="https?:/)
    expect((await fetch(`${url}/docs/js/scalar.js`)).status).toBe(200)
  })

  it('is nothing else: the strict policy stays elsewhere', async () => {
    const { headers } = await fetch(`${(await serve()).url}/api/v2/api-keys`, { headers: as(KEYS.admin) })
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'")
  })
})
