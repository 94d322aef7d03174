import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Family } from './family.ts'
import { describeApi } from './openapi.ts'

/** How the library is: whether its folder is in its place, and whether it is damaged and only read. */
export type Health = () => { readonly storage: 'ok' | 'missing' | 'replaced'; readonly isReadOnly: boolean }

export interface DocsOptions {
  readonly version: string
  readonly health?: Health | undefined
}

/** What anybody may read without a key: health, the API description, and a page to browse it. */
export async function serveDocs(
  app: FastifyInstance,
  families: readonly Family[],
  { version, health }: DocsOptions,
): Promise<void> {
  const description = JSON.stringify(describeApi(families, version))
  app.get('/', async (_request, reply) => reply.redirect('/docs/'))
  // 200 as long as the process answers: one that is started again would find the library just as it is.
  app.get('/healthz', async () => ({ status: statusOf(health), version }))
  app.get('/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(description))
  await app.register(servePage)
}

function statusOf(health: Health | undefined): string {
  const { storage, isReadOnly } = health?.() ?? { storage: 'ok', isReadOnly: false }
  if (storage !== 'ok') return `storage ${storage}`
  return isReadOnly ? 'read only' : 'ok'
}

/** The page and its script come from this server; nothing is fetched from elsewhere, and the policy holds it to that. */
async function servePage(scope: FastifyInstance): Promise<void> {
  // Loaded only with the server: the page's script is several megabytes.
  const { default: apiReference } = await import('@scalar/fastify-api-reference')
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
  await scope.register(apiReference, {
    routePrefix: '/docs',
    logLevel: 'silent',
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
}
