import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { randomUUID } from 'node:crypto'
import type { ConnectionError } from 'fastify'
import type { Connections } from './connections.ts'
import { HttpError, refusalOf, type ErrorFormat } from './errors.ts'
import type { Limits } from './limits.ts'
import type { CountRequest } from './rate-limit.ts'

/** How long a caller may take to read why it is cut. */
const READ_MS = 1000

interface Answering {
  readonly connections: Connections
  readonly count: CountRequest
  readonly dialect: ErrorFormat
  readonly limits: Limits
}

/**
 * Answers what is no HTTP, or no whole request in time: the same envelope and headers as everywhere, then the end of
 * the connection. No request of Fastify's exists there, so it is written by hand.
 */
export function answerClientErrors(error: ConnectionError, socket: Socket, answering: Answering): void {
  // The second half of an answer would only be more noise.
  const isLost =
    error.code === 'ECONNRESET' || !socket.writable || answering.connections.responseOn(socket)?.headersSent === true
  if (isLost) socket.destroy()
  else void write(reasonOf(error, answering.limits), socket, answering)
}

/** "CONNECT host:443": this is no proxy. Node hands over the bare connection, which would stay open without an answer. */
export function refuseTunnel(socket: Socket, answering: Answering): void {
  socket.on('error', () => socket.destroy())
  void write(new HttpError(405, 'This server is not a proxy: CONNECT is not supported.'), socket, answering, {
    Allow: 'GET',
  })
}

async function write(
  refused: HttpError,
  socket: Socket,
  { count, dialect }: Answering,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { headers, refusal } = await count({ credentials: 'none', ip: socket.remoteAddress ?? '' })
  const status = refusal ? dialect.table[refusal.code][0] : refused.statusCode
  const id = randomUUID()
  const said = refusal ?? refusalOf(refused)?.error
  const body = said ? JSON.stringify(dialect.body(said, id, refusal ? undefined : status)) : ''
  const lines = {
    'X-Request-ID': id,
    ...headers,
    ...more,
    'X-Content-Type-Options': 'nosniff',
    'Content-Type': dialect.contentType,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head.join('')}\r\n${body}`)
  // One that never hangs up would keep its half open.
  setTimeout(() => socket.destroy(), READ_MS).unref()
}

function reasonOf({ code, rawPacket }: ConnectionError, { headersMs, urlCharacters }: Limits): HttpError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new HttpError(408, `The headers did not arrive within ${headersMs / 1000} s.`)
    case 'HPE_HEADER_OVERFLOW':
      return rawPacket instanceof Buffer && startsWithLongLine(rawPacket, urlCharacters)
        ? new HttpError(414, 'The URL is too long.')
        : new HttpError(431, 'The headers are too large.')
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new HttpError(413, 'The chunk extensions are too large.')
    default:
      return new HttpError(400, 'The request is not valid HTTP.')
  }
}

function startsWithLongLine(packet: Buffer, longest: number): boolean {
  if (!/^[A-Z]+ /.test(packet.toString('latin1', 0, 16))) return false
  const end = packet.indexOf('\n')
  return end === -1 || end > longest
}
