import type { z } from 'zod'
import type { Dialect } from './dialect.ts'
import { describeFailures } from './openapi-failures.ts'
import { describeResponseHeaders, HEADERS } from './openapi-headers.ts'
import type { Route } from './route.ts'
import { SchemaComponents, type JsonSchema } from './schema-components.ts'

type Json = Readonly<Record<string, unknown>>

/** The generators of clients know bytes by this format. */
const BYTES = { type: 'string', format: 'binary' }

const ABOUT = `The video engine on this machine. Every path answers below the address that served this page.

It speaks three published dialects: Aionvision \`/api/v2\` (uploads, scenes, keys), AINative \`/api/v1\` (published videos,
analytics, albums, annotations) and Visowork \`/v1/video\` (models over frames). One key opens all of them: send it as
\`Authorization: Bearer …\` or as \`X-API-Key\`. URLs in answers that carry a signature need no key.

Names are snake_case, times are RFC 3339 in UTC. Requests are counted by the minute: see the \`X-RateLimit-\` headers.`

/** ID-42 */
const IDEMPOTENCY_KEY = {
  ...{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', minLength: 1, maxLength: 255 } },
  description: 'A repeat under the same key is answered with the first answer and does nothing.',
}

/** What an answer says that has nothing of its own to say. */
const SUCCESS = { 200: 'Done.', 201: 'Made.', 202: 'Accepted; it is done later.', 204: 'Done. There is no body.' }

const SECURITY_SCHEMES = {
  key: { type: 'http', scheme: 'bearer', description: 'An API key of this Fieldreel.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key in a header of its own.' },
}
/** Each entry is one way; an empty one means without a key. */
const WITH_KEY = [{ key: [] }, { apiKey: [] }]

/**
 * What makes a URL signed (ID-63). Parameters and not a security scheme: generated clients would put the key, which they
 * send for every scheme, into the URL.
 */
const SIGNATURE = [
  ['signature', 'string', 'Of the signed URLs in answers, which need no key: good for one path until `expires`.'],
  ['expires', 'integer', 'When the signed URL ends, in unix seconds. Comes with `signature`.'],
].map(([name, type, description]) => ({ name, in: 'query', required: false, description, schema: { type } }))

/** Describes every route of every dialect as OpenAPI 3.1, from the same schemas that read and write the wire. */
export function describeApi(dialects: readonly Dialect[], version: string): Json {
  const components = new SchemaComponents()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const dialect of dialects) {
    for (const { title, routes } of dialect.areas) {
      for (const route of routes) {
        const path = publishedPath(route, dialect)
        paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route, dialect, title, components) }
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fieldreel',
      version,
      description: ABOUT,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: dialects.flatMap(({ areas }) =>
      areas.map(({ title, description: about }) => ({ name: title, description: about })),
    ),
    'x-tagGroups': dialects.map(({ title, areas }) => ({ name: title, tags: areas.map((area) => area.title) })),
    paths,
    components: { schemas: components.schemas, headers: HEADERS, securitySchemes: SECURITY_SCHEMES },
  }
}

/** As the description names it: without the slash at its end where that makes no difference. */
export function publishedPath({ path }: Route, { prefix, eitherSlash = false }: Dialect): string {
  const bare = eitherSlash ? path.replace(/\/$/, '') : path
  return prefix + bare.replace(/:(\w+)/g, '{$1}')
}

function describeRoute(route: Route, dialect: Dialect, tag: string, components: SchemaComponents): Json {
  const { id, operation, request } = route
  return {
    operationId: id,
    tags: [tag],
    summary: titleOf(id),
    description: `${route.summary ?? operation.summary} ${describeAccess(route)}`,
    security: describeSecurity(route),
    parameters: [
      ...describeParameters('path', components.describe(request.params, 'input')),
      ...describeParameters('query', components.describe(request.query, 'input')),
      ...(route.signed === 'query' ? SIGNATURE : []),
      ...describeHeaders(route),
    ],
    ...describeBody(route, components),
    responses: { ...describeSuccess(route, components), ...describeFailures(route, dialect, components) },
  }
}

/** `createApiKey` is "Create API key". */
function titleOf(id: string): string {
  const words = id.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/\bapi\b/, 'API')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function describeAccess({ operation, signed, success, access }: Route): string {
  if (operation.scope === 'none') return access ?? 'Needs no key.'
  const key = `Needs a key with the scope \`${operation.scope}\``
  const rule = signed ? `${key}, or a signed URL.` : `${key}.`
  return isFile(success) ? `${rule} HEAD is answered with the same headers and no bytes.` : rule
}

function describeSecurity({ operation, signed }: Route): Json[] {
  if (signed === 'path') return []
  return signed || operation.scope === 'none' ? [...WITH_KEY, {}] : WITH_KEY
}

function describeParameters(place: 'path' | 'query', schema: JsonSchema | null): Json[] {
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (schema?.required ?? []).includes(name),
    schema: property,
  }))
}

/** What every route of its kind understands, and what this one does beside it. */
function describeHeaders({ method, success, headers }: Route): Json[] {
  const header = ([name, description]: [string, string]) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  })
  const own = Object.entries(headers?.request ?? {}).map(header)
  if (isFile(success)) {
    const conditions = {
      Range: 'One range of bytes, as `bytes=0-1023`.',
      'If-Range': 'The ETag that the range is meant for.',
      'If-None-Match': 'The ETag that the caller holds.',
    }
    return [...own, ...Object.entries(conditions).map(header)]
  }
  return method === 'POST' ? [...own, IDEMPOTENCY_KEY] : own
}

function describeBody({ body, bodyDescription, request }: Route, components: SchemaComponents): Json {
  if (body === 'none') return {}
  const description = bodyDescription === undefined ? {} : { description: bodyDescription }
  const content =
    body === 'bytes'
      ? { 'application/octet-stream': { schema: BYTES } }
      : { 'application/json': withExample(request.body, components.describe(request.body, 'input')) }
  const required = body === 'bytes' || request.body?.safeParse(undefined).success === false
  return { requestBody: { ...description, required, content } }
}

function describeSuccess(route: Route, components: SchemaComponents): Json {
  const { status, contentType, schema, alternative, description = SUCCESS[status] } = route.success
  const own = { ...(route.method === 'POST' ? { 'Idempotency-Replayed': null } : {}), ...route.headers?.response }
  const headers = describeResponseHeaders(false, own)
  if (contentType === null) return { [status]: { description, headers } }
  if (!schema) return describeFile(contentType)
  const described = (of: z.ZodType) => withExample(of, components.describe(of, 'output'))
  const content = {
    [contentType]: described(schema),
    ...(alternative && { [alternative.contentType]: described(alternative.schema) }),
  }
  return { [status]: { description, headers, content } }
}

function describeFile(contentType: string): Json {
  const cached = { 'Accept-Ranges': null, 'Cache-Control': null, ETag: null, 'Last-Modified': null }
  const sent = { ...cached, 'Content-Length': null, 'Content-Disposition': null }
  const answer = (description: string, headers: Readonly<Record<string, null>>) => ({
    description,
    headers: describeResponseHeaders(false, headers),
  })
  return {
    200: { ...answer('The whole file.', sent), content: { [contentType]: { schema: BYTES } } },
    206: {
      ...answer('The range that was asked for.', { ...sent, 'Content-Range': null }),
      content: { [contentType]: { schema: BYTES } },
    },
    304: answer('What the caller holds is still right.', cached),
    416: answer('The range lies behind the end of the file.', { ...cached, 'Content-Range': null }),
  }
}

function isFile({ contentType, schema }: Route['success']): boolean {
  return contentType !== null && schema === null
}

/** The schema with its own example, so that a reader sees real words instead of types. */
function withExample(schema: z.ZodType | undefined, described: JsonSchema | null): Json {
  const examples = schema?.meta()?.['examples']
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined
  if (example === undefined) return { schema: described }
  const { examples: _shownBeside, ...shape } = described ?? {}
  return { schema: shape, example }
}
