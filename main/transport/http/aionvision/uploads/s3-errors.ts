import type { EngineError } from '../../../../contract/index.ts'
import type { ErrorFormat } from '../../errors.ts'

/** Failures of a presigned PUT, under the names that S3 clients know. */
const TABLE: ErrorFormat['table'] = {
  invalid_input: [400, 'InvalidRequest'],
  reserved_name: [400, 'InvalidRequest'],
  malformed: [400, 'InvalidRequest'],
  offset_out_of_range: [416, 'InvalidRange'],
  time_out_of_range: [400, 'InvalidArgument'],
  unauthenticated: [403, 'AccessDenied'],
  key_expired: [403, 'AccessDenied'],
  forbidden: [403, 'AccessDenied'],
  // UP-32
  url_refused: [403, 'AccessDenied'],
  not_found: [404, 'NoSuchUpload'],
  conflict: [409, 'OperationAborted'],
  // UP-33, UP-34
  body_mismatch: [400, 'IncompleteBody'],
  too_large: [400, 'EntityTooLarge'],
  rate_limited: [503, 'SlowDown'],
  incomplete_upload: [400, 'InvalidRequest'],
  max_retries_exceeded: [400, 'InvalidRequest'],
  invalid_video: [400, 'InvalidRequest'],
  truncated_video: [400, 'InvalidRequest'],
  storage_full: [507, 'InsufficientStorage'],
  storage_refused: [503, 'ServiceUnavailable'],
  library_damaged: [503, 'ServiceUnavailable'],
  source_missing: [404, 'NoSuchUpload'],
  source_changed: [409, 'OperationAborted'],
  media_failed: [500, 'InternalError'],
  cancelled: [400, 'RequestTimeout'],
  unavailable: [503, 'ServiceUnavailable'],
  internal: [500, 'InternalError'],
}

/** UP-37 */
export const s3Errors: ErrorFormat = {
  table: TABLE,
  contentType: 'application/xml; charset=utf-8',
  schema: null,
  description: {
    type: 'string',
    contentMediaType: 'application/xml',
    description: 'XML as of S3: an element `Error` that contains `Code`, `Message` and `RequestId`.',
  },
  body: (error, requestId) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${s3Code(error)}</Code>` +
    `<Message>${escapeXml(error.message)}</Message><RequestId>${escapeXml(requestId)}</RequestId></Error>`,
}

/** Why a body was refused; the engine names the reason. */
const BODY_REASONS = ['IncompleteBody', 'EntityTooLarge', 'BadDigest']

function s3Code({ code, details }: EngineError): string {
  const reason = details?.['reason']
  const isNamed = code === 'body_mismatch' && typeof reason === 'string' && BODY_REASONS.includes(reason)
  return isNamed ? reason : TABLE[code][1]
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
