import { validate } from '@scalar/openapi-parser'
import { describe, expect, it } from 'vitest'
import { families } from '../../main/transport/http/families.ts'
import { as, KEYS, serve } from './scripted-server.ts'

interface Operation {
  operationId: string
  security: unknown[]
  parameters: { in: string; name: string }[]
}

interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}

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
    const served = families.flatMap(({ prefix, routes }) =>
      routes.map(({ method, path }) => `${method} ${prefix}${path.replace(/:(\w+)/g, '{$1}')}`),
    )
    expect(listed.sort()).toEqual(served.sort())
    const names = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(new Set(names).size).toBe(names.length)
  })

  it('points at nothing that is not there', async () => {
    const description = await describeServer()
    const references = JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)
    const schemas = Object.keys((description as unknown as { components: { schemas: object } }).components.schemas)
    const names = [...references].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => !schemas.includes(name ?? ''))).toEqual([])
  })

  it('says which routes need no key', async () => {
    const { paths } = await describeServer()
    const open = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).some(({ security }) => security.length === 0) ? [path] : [],
    )
    expect(open).toEqual(['/api/v2/video-uploads/parts/{token}'])
  })

  it('names the headers that routes understand', async () => {
    const { paths } = await describeServer()
    const headers = (path: string, method: string) => {
      const { parameters } = paths[path]?.[method] ?? { parameters: [] }
      return parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name)
    }
    expect(headers('/api/v2/videos/{video_id}/file', 'get')).toEqual(['Range'])
    expect(headers('/api/v2/video-uploads/initiate', 'post')).toEqual(['Idempotency-Key'])
    expect(headers('/api/v2/api-keys', 'get')).toEqual([])
  })

  it('gives examples that its own schemas accept', () => {
    const bodies = families.flatMap(({ routes }) =>
      routes.flatMap(({ request, success }) => [request.body, success.schema]),
    )
    const examples = bodies.flatMap((schema) => {
      const given = schema?.meta()?.['examples']
      return Array.isArray(given) ? given.map((example: unknown) => schema?.safeParse(example).error) : []
    })
    expect(examples.length).toBeGreaterThan(4)
    expect(examples.filter((error) => error !== undefined)).toEqual([])
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
