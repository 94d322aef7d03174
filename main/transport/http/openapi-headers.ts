type Json = Readonly<Record<string, unknown>>

const integer = { type: 'integer' }
const text = { type: 'string' }

/** Headers that answers share, below `#/components/headers`. */
export const HEADERS: Readonly<Record<string, Json>> = {
  'X-Request-ID': { description: "The caller's own, or one made here; errors and the log name it.", schema: text },
  'X-RateLimit-Limit': { description: 'Requests a minute that this key may make.', schema: integer },
  'X-RateLimit-Remaining': { description: 'Requests left in this minute.', schema: integer },
  'X-RateLimit-Reset': { description: 'When the minute ends, in unix seconds.', schema: integer },
  'Retry-After': { description: 'Seconds to wait before asking again.', schema: integer },
  'WWW-Authenticate': { description: 'How to show a key.', schema: text },
  'Idempotency-Replayed': { description: '`true` when this is the answer of an earlier request.', schema: text },
  'Accept-Ranges': { description: '`bytes`.', schema: text },
  'Cache-Control': { description: 'How long others may keep it.', schema: text },
  'Content-Disposition': { description: 'The name a download suggests.', schema: text },
  'Content-Length': { description: 'Bytes that follow.', schema: integer },
  'Content-Range': { description: 'Which bytes of how many follow.', schema: text },
  ETag: { description: 'Changes with the bytes; a strong entity tag.', schema: text },
  'Last-Modified': { description: 'When the bytes were written.', schema: text },
}

const ALWAYS = ['X-Request-ID', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']

/** The headers of an answer: what every one has, and `more` with a description of its own or null for the shared one. */
export function describeResponseHeaders(isRateLimited: boolean, more: Readonly<Record<string, string | null>>): Json {
  const shared = isRateLimited ? [...ALWAYS, 'Retry-After'] : ALWAYS
  const refer = (name: string) => ({ $ref: `#/components/headers/${name}` })
  return {
    ...Object.fromEntries(shared.map((name) => [name, refer(name)])),
    ...Object.fromEntries(
      Object.entries(more).map(([name, description]) => [
        name,
        description === null ? refer(name) : { description, schema: text },
      ]),
    ),
  }
}
