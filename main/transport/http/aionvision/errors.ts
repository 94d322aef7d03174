import { envelopeErrors, type ErrorFormat } from '../errors.ts'

/** One row per failure: its HTTP status and the vendor's name for it. */
const TABLE: ErrorFormat['table'] = {
  // "422 for schema and business-rule failures; 400 for unparsable JSON"
  invalid_input: [422, 'VALIDATION_ERROR'],
  // ID-23
  reserved_name: [400, 'VALIDATION_ERROR'],
  malformed: [400, 'VALIDATION_ERROR'],
  unauthenticated: [401, 'INVALID_API_KEY'],
  key_expired: [401, 'EXPIRED_API_KEY'],
  forbidden: [403, 'FORBIDDEN'],
  not_found: [404, 'NOT_FOUND'],
  conflict: [409, 'CONFLICT'],
  too_large: [413, 'PAYLOAD_TOO_LARGE'],
  rate_limited: [429, 'RATE_LIMIT_ERROR'],
  body_mismatch: [422, 'VALIDATION_ERROR'],
  url_refused: [403, 'FORBIDDEN'],
  incomplete_upload: [422, 'INCOMPLETE_UPLOAD'],
  max_retries_exceeded: [422, 'MAX_RETRIES_EXCEEDED'],
  offset_out_of_range: [416, 'OFFSET_OUT_OF_RANGE'],
  time_out_of_range: [422, 'VALIDATION_ERROR'],
  invalid_video: [422, 'INVALID_VIDEO'],
  truncated_video: [422, 'INVALID_VIDEO'],
  // "413 STORAGE_QUOTA_EXCEEDED (vendor's own)"
  storage_full: [413, 'STORAGE_QUOTA_EXCEEDED'],
  storage_refused: [503, 'STORAGE_UNAVAILABLE'],
  library_damaged: [503, 'LIBRARY_DAMAGED'],
  source_missing: [404, 'SOURCE_MISSING'],
  source_changed: [409, 'SOURCE_CHANGED'],
  media_failed: [500, 'VIDEO_PROCESSING_ERROR'],
  cancelled: [503, 'CANCELLED'],
  unavailable: [503, 'SERVICE_UNAVAILABLE'],
  internal: [500, 'INTERNAL_ERROR'],
}

/** What HTTP itself refuses, where the table's name would mislead. */
const REFUSALS: Readonly<Record<number, string>> = {
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  414: 'URI_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  431: 'HEADERS_TOO_LARGE',
}

const EXAMPLE = {
  error: {
    code: 'VALIDATION_ERROR',
    message: 'size_bytes: Too big: expected number to be <=10737418240',
    details: {
      fields: [{ in: 'body', field: 'size_bytes', reason: 'Too big: expected number to be <=10737418240' }],
    },
  },
  request_id: '0b9f4a52-6a43-4c7e-9f0e-1f9d4d1d2c3b',
}

/** "{error:{code,message,details},request_id}" */
export const aionvisionErrors = envelopeErrors(TABLE, REFUSALS, { id: 'Error', examples: [EXAMPLE] })
