import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Dialect } from './dialect.ts'
import type { AnonymousSlots } from './anonymous-slots.ts'
import { describeApi } from './openapi.ts'
import { StaticBody } from './static-body.ts'

type Serve = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** How the library is: whether its folder is in its place, and whether it is damaged and only read. */
export type Health = () => { readonly storage: 'ok' | 'missing' | 'replaced'; readonly isReadOnly: boolean }

export interface DocsOptions {
  readonly version: string
  readonly health?: Health | undefined
  readonly slots: AnonymousSlots
}

/** What anybody may read without a key: health, the API description, and a page to browse it. */
export async function serveDocs(
  app: FastifyInstance,
  dialects: readonly Dialect[],
  { version, health, slots }: DocsOptions,
): Promise<void> {
  const description = JSON.stringify(describeApi(dialects, version))
  const openapi = new StaticBody('application/json; charset=utf-8', Buffer.from(description))
  app.get('/', async (_request, reply) => reply.redirect('/docs/'))
  // 200 as long as the process answers: one that is started again would find the library just as it is.
  app.get('/healthz', async () => ({ status: statusOf(health), version }))
  serveAt(app, '/openapi.json', slots, async (request, reply) => await openapi.send(request, reply))
  await app.register(async (scope) => servePage(scope, slots))
}

function statusOf(health: Health | undefined): string {
  const { storage, isReadOnly } = health?.() ?? { storage: 'ok', isReadOnly: false }
  if (storage !== 'ok') return `storage ${storage}`
  return isReadOnly ? 'read only' : 'ok'
}

/** The page and its script come from this server; nothing is fetched from elsewhere, and the policy holds it to that. */
function servePage(scope: FastifyInstance, slots: AnonymousSlots): void {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  scope.addHook('onSend', async (_request, reply) => {
    reply.header('Content-Security-Policy', policy)
  })
  let loading: Promise<Page> | null = null
  const load = (): Promise<Page> =>
    (loading ??= loadPage(nonce).catch((error: unknown) => {
      loading = null
      throw error
    }))
  scope.get('/docs', async (_request, reply) => reply.redirect('/docs/', 301))
  serveAt(scope, '/docs/', slots, async (request, reply) => (await load()).page.send(request, reply))
  serveAt(scope, '/docs/js/scalar.js', slots, async (request, reply) => (await load()).script.send(request, reply))
}

function serveAt(scope: FastifyInstance, url: string, slots: AnonymousSlots, serve: Serve): void {
  scope.route({
    method: ['GET', 'HEAD'],
    url,
    // Its HEAD would read a whole body only to count it.
    exposeHeadRoute: false,
    onRequest: slots.take,
    handler: serve,
  })
}

interface Page {
  readonly page: StaticBody
  readonly script: StaticBody
}

/**
 * Loaded when somebody wants to read it: the page's script is several megabytes. The package sends that script from a
 * string, whole, to everybody who asks; so it is asked once, here, and its answers are kept.
 */
async function loadPage(nonce: string): Promise<Page> {
  const { default: apiReference } = await import('@scalar/fastify-api-reference')
  const source = Fastify()
  await source.register(apiReference, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Fieldreel API',
      nonce,
      proxyUrl: '',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      authentication: { preferredSecurityScheme: 'key' },
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  })
  const read = async (url: string): Promise<StaticBody> => {
    const { headers, rawPayload } = await source.inject(url)
    return new StaticBody(headers['content-type'] ?? 'application/octet-stream', rawPayload)
  }
  const loaded = { page: await read('/docs/'), script: await read('/docs/js/scalar.js') }
  await source.close()
  return loaded
}
