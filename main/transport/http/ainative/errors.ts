import { z } from 'zod'
import type { EngineError } from '../../../contract/index.ts'
import type { ErrorFormat } from '../errors.ts'

/** One row per failure: its HTTP status and the `type` that a validation failure carries on this wire. */
const TABLE: ErrorFormat['table'] = {
  // "422 for schema and business-rule failures; 400 for unparsable JSON"
  invalid_input: [422, 'value_error'],
  reserved_name: [422, 'value_error'],
  malformed: [400, 'value_error'],
  // "401 no auth, 403 other user, 404 missing"
  unauthenticated: [401, 'unauthenticated'],
  key_expired: [401, 'unauthenticated'],
  forbidden: [403, 'forbidden'],
  not_found: [404, 'not_found'],
  conflict: [409, 'conflict'],
  too_large: [413, 'too_large'],
  rate_limited: [429, 'rate_limited'],
  body_mismatch: [422, 'value_error'],
  url_refused: [403, 'forbidden'],
  incomplete_upload: [422, 'value_error'],
  max_retries_exceeded: [422, 'value_error'],
  offset_out_of_range: [416, 'out_of_range'],
  // LI-52
  time_out_of_range: [400, 'value_error'],
  invalid_video: [422, 'value_error'],
  truncated_video: [422, 'value_error'],
  storage_full: [413, 'storage_full'],
  storage_refused: [503, 'unavailable'],
  library_damaged: [503, 'unavailable'],
  source_missing: [404, 'not_found'],
  source_changed: [409, 'conflict'],
  media_failed: [500, 'internal'],
  cancelled: [503, 'unavailable'],
  unavailable: [503, 'unavailable'],
  internal: [500, 'internal'],
}

/** ID-1: one failure under the names that the published clients read. */
const Failure = z.object({
  loc: z.array(z.string()),
  msg: z.string(),
  message: z.string(),
  type: z.string(),
  field: z.string(),
})
const ErrorBody = z.object({ detail: z.union([z.string(), z.array(Failure)]) }).meta({ id: 'AinativeError' })

const Fields = z.object({
  fields: z.array(z.object({ in: z.string().default('body'), field: z.string(), reason: z.string() })),
})

/** "`{detail: string}` or `{detail:[{loc,msg/message,type,field}]}`": the list where single fields are at fault. */
export const ainativeErrors: ErrorFormat = {
  table: TABLE,
  contentType: 'application/json; charset=utf-8',
  schema: ErrorBody,
  body: (error) => ({ detail: failuresOf(error) ?? error.message }),
}

function failuresOf({ code, details }: EngineError): z.infer<typeof Failure>[] | null {
  const parsed = Fields.safeParse(details)
  if (!parsed.success) return null
  return parsed.data.fields.map(({ in: place, field, reason }) => ({
    loc: field === '' ? [place] : [place, ...field.split('.')],
    msg: reason,
    message: reason,
    type: TABLE[code][1],
    field: field === '' ? place : field,
  }))
}
