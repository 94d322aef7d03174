import { EngineError, type ErrorCode } from '../../contract/index.ts'
import { type ErrorFormat, GENERAL_FAILURES } from './errors.ts'
import type { Dialect } from './dialect.ts'
import { describeResponseHeaders } from './openapi-headers.ts'
import type { Route } from './route.ts'
import type { SchemaComponents } from './schema-components.ts'

type Json = Readonly<Record<string, unknown>>

interface Sample {
  /** When it happens, for a reader of the description. */
  readonly when: string
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
}

const REQUEST_ID = '0b9f4a52-6a43-4c7e-9f0e-1f9d4d1d2c3b'

/** One real answer of each failure. */
const SAMPLES: Readonly<Record<ErrorCode, Sample>> = {
  invalid_input: {
    when: 'A field or a rule does not hold; see details.',
    message: 'size_bytes: Too big: expected number to be <=10737418240',
    details: { fields: [{ in: 'body', field: 'size_bytes', reason: 'Too big: expected number to be <=10737418240' }] },
  },
  reserved_name: {
    when: 'A metadata key is reserved.',
    message: 'These metadata keys are reserved: deactivated_at.',
    details: { reserved: ['deactivated_at'] },
  },
  malformed: {
    when: 'A value is not of the form that it must have.',
    message: 'offset: A whole number of bytes is needed, 0 or more.',
    details: { field: 'offset' },
  },
  unauthenticated: { when: 'No key, or one that does not count.', message: 'This API key is not valid.' },
  key_expired: { when: 'The key has expired.', message: 'This API key has expired.' },
  forbidden: {
    when: 'The key may not do that, or the request came for another host or from another site.',
    message: 'This key may not do that: it lacks the scope "write".',
    details: { operation: 'uploads.initiate' },
  },
  not_found: { when: 'There is no such thing.', message: 'There is no such upload.' },
  conflict: { when: 'Its state forbids it.', message: 'This upload was aborted.' },
  too_large: { when: 'The body is too large.', message: 'The body is too large.' },
  rate_limited: {
    when: 'Too many requests; see Retry-After.',
    message: 'Too many requests: 6000 a minute are allowed.',
    details: { retry_after_seconds: 12 },
  },
  body_mismatch: {
    when: 'The bytes are not as many as the chunk has, or not those of Content-MD5.',
    message: 'The body ended early.',
    details: { reason: 'IncompleteBody' },
  },
  url_refused: {
    when: 'The signature is not ours, or its time is over.',
    message: 'This link is not valid or has expired. Ask for a new one.',
  },
  incomplete_upload: {
    when: 'Chunks are missing.',
    message: 'Some chunks are not confirmed yet.',
    details: { missing_chunks: [7, 12] },
  },
  max_retries_exceeded: { when: 'It was retried too often.', message: 'This chunk was retried 3 times already.' },
  offset_out_of_range: {
    when: 'The offset lies behind the end of the stream.',
    message: 'The stream holds 1720 bytes so far: there is nothing at 9000.',
    details: { length: 1720 },
  },
  time_out_of_range: {
    when: 'The time lies behind the end of the video.',
    message: 'The video ends at 42.0 s: there is no 63.5 s in it.',
    details: { durationSeconds: 42 },
  },
  invalid_video: { when: 'The bytes are no video.', message: 'Not a video: report.pdf.' },
  truncated_video: {
    when: 'The end of the file is missing.',
    message: 'This file ends early: its last part is missing.',
  },
  storage_full: {
    when: 'The disk has no room for it.',
    message: 'Not enough space: 8.2 GB needed, 3.1 GB free. Free some, or choose another folder.',
    details: { needed_bytes: 8_200_000_000, available_bytes: 3_100_000_000 },
  },
  storage_refused: { when: 'The library folder cannot be written.', message: 'The library folder is read-only.' },
  library_damaged: {
    when: 'The library database is damaged; reading may still work.',
    message: 'The library database is damaged and can only be read. Restore a backup, or rebuild it.',
  },
  source_missing: { when: 'The file is gone.', message: 'The file is gone from the data folder.' },
  source_changed: { when: 'The file changed meanwhile.', message: 'The file changed while it was read.' },
  media_failed: { when: 'ffmpeg failed.', message: 'ffmpeg could not read this video.' },
  cancelled: { when: 'The caller hung up.', message: 'The caller hung up.' },
  unavailable: { when: 'A part of Fieldreel cannot be reached now.', message: 'ffmpeg was not found.' },
  internal: {
    when: 'Something failed inside Fieldreel; its log says what.',
    message: 'Something failed inside Fieldreel. The log has the details.',
  },
}

interface Failure {
  readonly when: string
  readonly name: string
  readonly value: unknown
}

/** Every failure a route can answer, by status, each with an example: they follow from what the route needs and says. */
export function describeFailures(route: Route, dialect: Dialect, components: SchemaComponents): Json {
  const format = route.errors ?? dialect.errors
  const byStatus = new Map<number, Failure[]>()
  const add = (status: number, failure: Failure): void => {
    byStatus.set(status, [...(byStatus.get(status) ?? []), failure])
  }
  for (const code of codesOf(route)) add(format.table[code][0], failureOf(code, format))
  for (const status of refusalsOf(route)) add(status, refusalOf(status, format))
  const mediaType = format.contentType.split(';')[0] ?? format.contentType
  const schema = format.schema ? components.describe(format.schema, 'output') : format.description
  const described = [...byStatus].map(([status, failures]): [string, Json] => [
    String(status),
    {
      description: [...new Set(failures.map(({ when }) => when))].join(' '),
      headers: describeResponseHeaders(
        failures.some(({ name }) => name === format.table.rate_limited[1]),
        status === 401 ? { 'WWW-Authenticate': null } : {},
      ),
      content: { [mediaType]: { schema, examples: examplesOf(failures) } },
    },
  ])
  return Object.fromEntries(described)
}

/** What may go wrong follows from what the route needs; the rest it names itself. */
function codesOf({ method, operation, request, signed, failures = [] }: Route): Set<ErrorCode> {
  const codes = new Set<ErrorCode>(['forbidden', 'rate_limited', 'internal', 'unavailable', ...failures])
  if (operation.scope !== 'none') codes.add('unauthenticated').add('key_expired')
  if (signed) codes.add('url_refused')
  if (request.params) codes.add('not_found')
  // A POST may have an Idempotency-Key that does not fit.
  if (method === 'POST' || Object.keys(request).length > 0) codes.add('invalid_input')
  return codes
}

/** What HTTP itself refuses before the route is asked. */
function refusalsOf({ body }: Route): number[] {
  return body === 'json' ? [400, 408, 413, 414, 415, 431] : [400, 408, 414, 431]
}

function failureOf(code: ErrorCode, format: ErrorFormat): Failure {
  const { when, message, details } = SAMPLES[code]
  const value = format.body(new EngineError(code, message, details ?? null), REQUEST_ID)
  return { when, name: format.table[code][1], value }
}

function refusalOf(status: number, format: ErrorFormat): Failure {
  const when = GENERAL_FAILURES[status] ?? ''
  const code: ErrorCode = status === 413 ? 'too_large' : 'invalid_input'
  const value = format.body(new EngineError(code, when), REQUEST_ID, status)
  return { when, name: `HTTP_${String(status)}`, value }
}

function examplesOf(failures: readonly Failure[]): Json {
  return Object.fromEntries(failures.map(({ when, name, value }) => [name, { summary: when, value }]))
}
