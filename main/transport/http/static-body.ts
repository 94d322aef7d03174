import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const PIECE_BYTES = 64 * 1024
/** Shorter bodies fit into one packet or two: packing them saves nothing. */
const WORTH_PACKING_BYTES = 4096
const pack = promisify(gzip)

/**
 * A body that is the same for everybody. However many connections ask for it, it is in memory once (and once packed):
 * each answer takes it piece by piece, as fast as its reader does.
 */
export class StaticBody {
  readonly #type: string
  readonly #plain: Buffer
  readonly #etag: string
  #packed: Promise<Buffer> | null = null

  constructor(type: string, bytes: Buffer) {
    this.#type = type
    this.#plain = bytes
    this.#etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 27)
  }

  /** Answers GET and HEAD. */
  async send({ method, headers }: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const isPacked = this.#plain.length > WORTH_PACKING_BYTES && takesGzip(headers['accept-encoding'])
    const etag = isPacked ? `"${this.#etag}-gzip"` : `"${this.#etag}"`
    reply.headers({ 'Cache-Control': 'no-cache', ETag: etag, Vary: 'Accept-Encoding, Origin' })
    if (headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
      return await reply.code(304).send()
    }
    const bytes = isPacked ? await (this.#packed ??= pack(this.#plain)) : this.#plain
    reply.type(this.#type).header('Content-Length', bytes.length)
    if (isPacked) reply.header('Content-Encoding', 'gzip')
    if (method === 'HEAD') return await reply.send()
    return await reply.send(Readable.from(piecesOf(bytes), { objectMode: true, highWaterMark: 1 }))
  }
}

/** Views of the same memory: nothing is copied. */
function* piecesOf(bytes: Buffer): Generator<Buffer, void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

/** Whether `Accept-Encoding` names gzip without a weight of 0. */
export function takesGzip(header: string | string[] | undefined): boolean {
  const coding = String(header ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .find((one) => /^(x-)?gzip(;|$)/.test(one))
  return coding !== undefined && !/;\s*q=0(\.0*)?$/.test(coding)
}
