import { once } from 'node:events'
import { EngineError, followTaskStream, getTask } from '../../../../contract/index.ts'
import { readRequest, type Exchange, type Route } from '../../route.ts'
import { TaskEvent, TaskParams } from './task-wire.ts'
import { z } from 'zod'

/** Any text is read, so that a malformed one gets the answer of PI-45. */
const Offset = z
  .unknown()
  .optional()
  .meta({ type: 'integer', minimum: 0, description: 'How many bytes of the stream the caller has.' })
const request = { params: TaskParams, query: z.object({ offset: Offset }) }

/** Idle connections are checked by TCP keep-alive, without a byte in the stream. */
const KEEP_ALIVE_MS = 30_000

/** PI-40 */
export const streamRoute: Route = {
  ...{ method: 'GET', id: 'streamTask', path: '/tasks/:id/stream', operation: followTaskStream, request, body: 'none' },
  signed: 'query',
  success: {
    ...{ status: 200, contentType: 'text/event-stream', schema: TaskEvent },
    description:
      'Server-sent events, each a line `data: …` and an empty line. The schema is that of this data: a chunk as JSON, and ' +
      'after the last one `[DONE]`, where a client closes. There are no lines `id:` and `event:`.',
  },
  failures: ['malformed', 'offset_out_of_range'],
  headers: { request: { 'Last-Event-ID': 'How many bytes of the stream the caller has; wins over `offset`.' } },
  async serve(exchange) {
    const { params, query } = readRequest(request, exchange.request)
    const offset = offsetOf(exchange.request.headers['last-event-id'], query.offset)
    const { streamBytes } = await exchange.run(getTask, { taskId: params.id })
    if (offset > streamBytes) {
      const message = `The stream holds ${streamBytes} bytes so far: there is nothing at ${offset}.`
      throw new EngineError('offset_out_of_range', message, { length: streamBytes })
    }
    await send(exchange, { taskId: params.id, offset })
    return exchange.reply
  },
}

async function send(exchange: Exchange, input: { taskId: string; offset: number }): Promise<void> {
  const { reply, request } = exchange
  reply.headers({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  })
  if (request.method === 'HEAD') {
    await reply.send()
    return
  }
  const { raw } = reply
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value)
  raw.writeHead(200)
  raw.flushHeaders()
  raw.socket?.setKeepAlive(true, KEEP_ALIVE_MS)
  raw.socket?.setNoDelay(true)
  try {
    for await (const bytes of exchange.follow(followTaskStream, input)) {
      // Back-pressure.
      if (!raw.write(bytes)) await once(raw, 'drain', { signal: exchange.signal })
    }
    raw.end()
  } catch (error) {
    // The client notices the missing end, and continues from its offset.
    if (!exchange.signal.aborted) request.log.error({ err: error }, 'a stream ended early')
    raw.destroy()
  }
}

/** PI-44, PI-45 */
function offsetOf(header: string | string[] | undefined, query: unknown): number {
  const given = header === undefined || header === '' ? query : header
  if (given === undefined) return 0
  const field = given === query ? 'offset' : 'Last-Event-ID'
  const offset = typeof given === 'string' && /^\d{1,16}$/.test(given) ? Number(given) : NaN
  if (Number.isSafeInteger(offset)) return offset
  throw new EngineError('malformed', `${field}: A whole number of bytes is needed, 0 or more.`, { field })
}
