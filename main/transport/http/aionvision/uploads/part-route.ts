import { z } from 'zod'
import { PART_BYTES, storePart } from '../../../../contract/index.ts'
import { readRequest, type Exchange, type Route } from '../../route.ts'
import { s3Errors } from './s3-errors.ts'
import { PART_PATH } from './upload-answers.ts'

const request = { params: z.object({ token: z.string().min(1) }) }

/** The presigned PUT of one chunk: its bytes go to the engine as they arrive and are never buffered. */
export const partRoute: Route = {
  method: 'PUT',
  id: 'uploadChunk',
  path: PART_PATH,
  operation: storePart,
  request,
  body: 'bytes',
  bodyDescription: 'The bytes of the chunk: exactly as many as it has, which `Content-Length` says.',
  access: 'Needs no key: the URL itself is signed.',
  signed: 'path',
  summary: 'Store the bytes of one chunk, at the upload_url that a plan gave.',
  success: { status: 200, contentType: null, schema: null },
  errors: s3Errors,
  failures: ['url_refused', 'not_found', 'conflict', 'body_mismatch', 'too_large', 'storage_full', 'storage_refused'],
  headers: {
    request: {
      'Content-MD5': 'Base64 of the MD5 of the bytes; they are refused when it does not match.',
    },
    response: { ETag: 'MD5 of the bytes, hex, in quotes: what `chunks/confirm` asks for.' },
  },
  async serve(exchange) {
    const { request: incoming, reply } = exchange
    const { token } = readRequest(request, incoming).params
    // Unread bytes are drained when the answer leaves, so that the next request finds the connection clean.
    const { etag } = await exchange.run(storePart, { token, ...readBody(exchange) })
    // UP-35, UP-36
    return await reply.code(200).header('ETag', `"${etag}"`).send()
  },
}

function readBody(exchange: Exchange) {
  const { headers } = exchange.request
  const sizeBytes = headers['content-length'] === undefined ? null : Number(headers['content-length'])
  // A body without end or far beyond a chunk is not worth draining: there the connection ends with the answer.
  if (sizeBytes === null || sizeBytes > 4 * PART_BYTES) exchange.reply.header('Connection', 'close')
  const contentMd5 = typeof headers['content-md5'] === 'string' ? headers['content-md5'] : null
  return { sizeBytes, contentMd5, body: exchange.body() }
}
