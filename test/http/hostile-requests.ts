import fc from 'fast-check'
import { dialects } from '../../main/transport/http/dialects.ts'

/** A request that nobody in their senses sends. */
export interface Hostile {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** As the description calls it; null where there is no such route. */
  readonly path: string | null
}

/** What is real in the library the requests go to: some of them get far. */
export interface Real {
  readonly key: string
  readonly mediaId: string
  readonly uploadId: string
  readonly tokens: readonly string[]
}

const ROUTES = dialects.flatMap(({ prefix, routes }) =>
  routes.map(({ method, path: route, body }) => ({ method, body, path: prefix + route })),
)
const FIELDS = [
  ...['media_id', 'upload_id', 'chunk_number', 'etag', 'size_bytes', 'filename', 'content_type', 'title', 'tags'],
  ...['metadata', 'auto_analyze', 'analysis_type', 'analysis_provider', 'priority', 'name', 'scopes', 'expires_at'],
  ...['user_name', 'reason', 'videos', 'limit', 'offset', 'status', '__proto__', 'constructor', 'toString', ''],
]
const NASTY = [
  ...['', ' ', '\0', 'a\0b', '../../../etc/passwd', '..%2f..%2f', '%00', '%', '%zz', '\u202e\u0000', '🎬'.repeat(50)],
  ...[
    '__proto__',
    'constructor',
    'null',
    'undefined',
    'NaN',
    '-1',
    '1e999',
    '9007199254740993',
    "' OR 1=1 --",
    '${7*7}',
  ],
  ...['<script>', '{{7*7}}', 'con.mp4', 'a'.repeat(300), 'a'.repeat(3000), '\ud800', 'İ', '2026-02-30T00:00:00Z'],
]

/** Requests over the whole route table: from nearly right to mere noise. */
export function hostile(real: Real): fc.Arbitrary<Hostile> {
  const realText = fc.constantFrom(
    real.mediaId,
    real.uploadId,
    'video/mp4',
    'clip.mp4',
    'full_vlm',
    'local',
    ...real.tokens,
  )
  const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 40 }), fc.uuid(), realText)
  const number = fc.oneof(
    fc.constantFrom(0, -1, 1, 2, 10_001, 2 ** 31, 2 ** 53, 1e308, 5e-324, 10_737_418_240, 10_737_418_241),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  const field = fc.oneof(fc.constantFrom(...FIELDS), fc.string({ maxLength: 8 }))
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(text, number, fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(field, tie('value'), { maxKeys: 8, noNullPrototype: true }),
    ),
  }))
  const nested = fc.integer({ min: 100, max: 20_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth))
  const json = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.dictionary(field, value, { maxKeys: 10, noNullPrototype: true }).map((o) => JSON.stringify(o)),
    },
    { weight: 2, arbitrary: likely(real, value).map((o) => JSON.stringify(o)) },
    { weight: 1, arbitrary: value.map((v) => JSON.stringify(v) ?? '') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '{', '[]', 'null', '{"__proto__":{"x":1}}', '\ufeff{}', '{"a":1e999}'),
    },
    { weight: 1, arbitrary: nested },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  )
  const key = fc.oneof(
    { weight: 6, arbitrary: fc.constant(`Bearer ${real.key}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', 'Bearer', 'Bearer ', 'Basic YTpi', `bearer ${real.key}`, `Bearer ${real.key}x`),
    },
  )
  const headerValue = fc.string({ unit: fc.constantFrom(...'abc123 ;,="/*-\t\u00e9'.split(/(?:)/u)), maxLength: 60 })
  const extra = fc.dictionary(
    fc.constantFrom(
      ...['range', 'if-range', 'if-none-match', 'if-modified-since', 'idempotency-key', 'content-md5', 'x-request-id'],
      ...[
        'accept',
        'accept-encoding',
        'content-encoding',
        'expect',
        'upgrade',
        'cookie',
        'x-http-method-override',
        'te',
      ],
      ...['x-forwarded-host', 'x-forwarded-proto', 'origin', 'transfer-encodings', '__proto__x', 'x-real-ip'],
    ),
    headerValue,
    { maxKeys: 3, noNullPrototype: true },
  )
  const contentType = fc.oneof(
    { weight: 5, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('text/plain', 'application/xml', '', ';;', 'application/json; charset=utf-7', 'a/b'),
    },
  )
  const segment = fc.oneof(
    text.map(encode),
    realText.map(encodeURIComponent),
    mutated(real),
    fc.constantFrom('%zz', '%', '..', '.', '%2e%2e', 'a%00b', '*', '//'),
  )
  const query = fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.tuple(field, text), { maxLength: 4 })
        .map((pairs) => `?${pairs.map(([name, one]) => `${encode(name)}=${encode(one)}`).join('&')}`),
    },
    { weight: 1, arbitrary: fc.constantFrom('?', '?a=%zz', '?[]=1&[]=2', '?limit=1&limit=2', `?${'a'.repeat(9000)}`) },
  )
  const known = fc
    .tuple(fc.constantFrom(...ROUTES), segment, query, json, key, extra, contentType, fc.boolean())
    .map(([route, one, search, body, authorization, headers, type, hasBody]) => {
      const target = encodeTarget(route.path.replace(/:\w+/g, () => one) + search)
      const sends = route.body !== 'none' || hasBody
      return {
        ...{ method: route.method, target, path: route.path, body: sends ? body : null },
        headers: { ...headers, authorization, ...(sends && { 'content-type': type }) },
      }
    })
  const misfit = fc
    .tuple(
      fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH'),
      known,
    )
    .map(([method, asked]) => ({ ...asked, method, path: isServed(method, asked.path) ? asked.path : null }))
  const nowhere = fc
    .tuple(fc.constantFrom('GET', 'POST'), fc.array(segment, { maxLength: 5 }), query, key)
    .map(([method, parts, search, authorization]) => ({
      ...{ method, target: encodeTarget(`/${parts.join('/')}${search}`), path: null, body: null },
      headers: { authorization },
    }))
  const huge = known.map((asked) => ({ ...asked, body: asked.body === null ? null : asked.body.padEnd(1_100_000) }))
  return fc.oneof(
    { weight: 80, arbitrary: known },
    { weight: 10, arbitrary: misfit },
    { weight: 10, arbitrary: nowhere },
    { weight: 1, arbitrary: huge },
  )
}

/** HEAD is served wherever GET is. */
function isServed(method: string, route: string | null): boolean {
  const served = method === 'HEAD' ? 'GET' : method
  return ROUTES.some((one) => one.path === route && one.method === served)
}

/** Bodies that are nearly right, so that they get past the first check. */
function likely(real: Real, value: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  const good = {
    ...{ media_id: real.mediaId, upload_id: real.uploadId, chunk_number: 1, etag: '"x"', size_bytes: 100 },
    ...{ filename: 'clip.mp4', content_type: 'video/mp4', name: 'A key', analysis_type: 'scene_detection' },
  }
  return fc
    .tuple(fc.constantFrom(...Object.keys(good)), value, fc.boolean())
    .map(([name, one, spoil]) => (spoil ? { ...good, [name]: one } : good))
}

/** Real tokens with a letter changed, cut or doubled. */
function mutated({ tokens }: Real): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...tokens), fc.nat(400), fc.constantFrom('', 'A', '.', '%41', 'AA'))
    .map(([token, at, letter]) => token.slice(0, at) + letter + token.slice(at + 1))
}

function encode(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?'))
}

/** What node's client would refuse to send is sent as its percent form. */
function encodeTarget(target: string): string {
  return target.replace(/[^\x21-\x7e]/g, (letter) => encode(letter))
}
