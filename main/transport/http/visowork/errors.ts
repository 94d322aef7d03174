import { envelopeErrors, type ErrorFormat } from '../errors.ts'

/** HTTP status and code of each failure. */
const TABLE: ErrorFormat['table'] = {
  invalid_input: [422, 'invalid_request'],
  reserved_name: [422, 'invalid_request'],
  // PI-45, PI-51
  malformed: [400, 'invalid_request'],
  unauthenticated: [401, 'invalid_api_key'],
  key_expired: [401, 'expired_api_key'],
  forbidden: [403, 'forbidden'],
  not_found: [404, 'not_found'],
  conflict: [409, 'conflict'],
  too_large: [413, 'payload_too_large'],
  rate_limited: [429, 'rate_limited'],
  body_mismatch: [422, 'invalid_request'],
  url_refused: [403, 'forbidden'],
  incomplete_upload: [422, 'invalid_request'],
  max_retries_exceeded: [422, 'invalid_request'],
  // PI-45
  offset_out_of_range: [416, 'offset_out_of_range'],
  time_out_of_range: [422, 'invalid_request'],
  invalid_video: [422, 'invalid_video'],
  truncated_video: [422, 'invalid_video'],
  storage_full: [413, 'storage_full'],
  storage_refused: [503, 'storage_unavailable'],
  library_damaged: [503, 'library_damaged'],
  source_missing: [404, 'source_missing'],
  source_changed: [409, 'source_changed'],
  media_failed: [500, 'video_processing_failed'],
  cancelled: [503, 'cancelled'],
  unavailable: [503, 'unavailable'],
  internal: [500, 'internal'],
}

/** Codes for refusals by HTTP itself, where the table's code would be wrong. */
const REFUSALS: Readonly<Record<number, string>> = {
  408: 'request_timeout',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  431: 'headers_too_large',
}

/** ID-1 */
export const visoworkErrors = envelopeErrors(TABLE, REFUSALS, { id: 'VisoworkError' })
