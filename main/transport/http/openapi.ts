import type { Family } from './family.ts'
import type { Route } from './route.ts'
import { SchemaComponents, type JsonSchema } from './schema-components.ts'

type Json = Readonly<Record<string, unknown>>

/** Describes every route of every family as OpenAPI 3.1, from the same schemas that read and write the wire. */
export function describeApi(families: readonly Family[], version: string): Json {
  const components = new SchemaComponents()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const family of families) {
    for (const route of family.routes) {
      const path = family.prefix + route.path.replace(/:(\w+)/g, '{$1}')
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route, family, components) }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fieldreel',
      version,
      description: 'The video engine on this machine. Every path answers below the address that served this page.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: families.map(({ title }) => ({ name: title })),
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key of this Fieldreel.' } },
    },
  }
}

function describeRoute(route: Route, family: Family, components: SchemaComponents): Json {
  const id = operationId(route, family)
  const { operation, request } = route
  return {
    operationId: id,
    tags: [family.title],
    summary: route.summary ?? operation.summary,
    description: operation.scope === 'none' ? 'Needs no key.' : `Needs a key with the scope \`${operation.scope}\`.`,
    security: operation.scope === 'none' ? [] : [{ key: [] }],
    parameters: [
      ...describeParameters('path', components.describe(request.params, 'input', id)),
      ...describeParameters('query', components.describe(request.query, 'input', id)),
      ...describeHeaders(route),
    ],
    ...describeBody(route, components, id),
    responses: { ...describeSuccess(route, components, id), ...describeFailures(route, family, components) },
  }
}

function operationId({ method, path }: Route, { door }: Family): string {
  return [door, method.toLowerCase(), ...(path.match(/\w+/g) ?? [])].join('_')
}

function describeParameters(place: 'path' | 'query', schema: JsonSchema | null): Json[] {
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (schema?.required ?? []).includes(name),
    schema: property,
  }))
}

/** What every route of its kind understands. */
function describeHeaders({ method, success, body }: Route): Json[] {
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  })
  if (method === 'GET' && success.schema === null) return [header('Range', 'One range of bytes, as `bytes=0-1023`.')]
  if (method !== 'POST' || body !== 'json') return []
  return [header('Idempotency-Key', 'A repeat under the same key is answered with the first answer and does nothing.')]
}

function describeBody({ body, request }: Route, components: SchemaComponents, id: string): Json {
  if (body === 'none') return {}
  const content =
    body === 'bytes'
      ? { 'application/octet-stream': {} }
      : { 'application/json': { schema: components.describe(request.body, 'input', id) } }
  return { requestBody: { required: true, content } }
}

function describeSuccess({ success }: Route, components: SchemaComponents, id: string): Json {
  const { status, contentType, schema } = success
  if (contentType === null) return { [status]: { description: 'Done.' } }
  if (schema) {
    const described = components.describe(schema, 'output', id)
    return { [status]: { description: 'Done.', content: { [contentType]: { schema: described } } } }
  }
  return {
    [status]: { description: 'The whole file.', content: { [contentType]: {} } },
    206: { description: 'The range that was asked for.', content: { [contentType]: {} } },
    304: { description: 'What the caller holds is still right.' },
    416: { description: 'The range lies behind the end of the file.' },
  }
}

/** What may go wrong follows from what the route needs. */
function describeFailures(route: Route, family: Family, components: SchemaComponents): Json {
  const dialect = route.errors ?? family.errors
  const mediaType = dialect.contentType.split(';')[0] ?? dialect.contentType
  const schema = dialect.schema ? components.describe(dialect.schema, 'output', family.door) : { type: 'string' }
  const failure = (description: string) => ({ description, content: { [mediaType]: { schema } } })
  const isSigned = route.operation.scope !== 'none'
  return {
    ...(isSigned ? { 401: failure('No key, or one that does not count.') } : {}),
    403: failure('The key may not do that, or the request came from another site.'),
    ...(route.request.params ? { 404: failure('There is no such thing.') } : {}),
    ...(route.body === 'json' ? { 400: failure('The body is no JSON.'), 409: failure('Its state forbids it.') } : {}),
    ...(Object.keys(route.request).length > 0 ? { 422: failure('A field or a rule does not hold; see details.') } : {}),
    429: failure('Too many requests; see Retry-After.'),
    default: failure('Something else failed.'),
  }
}
