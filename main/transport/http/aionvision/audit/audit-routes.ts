import { Readable } from 'node:stream'
import { z } from 'zod'
import { AuditEvent, listAudit } from '../../../../contract/index.ts'
import { readRequest, type Exchange, type Route } from '../../route.ts'

const EVENT = {
  ...{ id: 1042, at: '2026-11-12T10:30:00.000Z', user: 'Mara', door: 'aionvision', action: 'keys.delete' },
  ...{ outcome: 'done', target: '550e8400-e29b-41d4-a716-446655440000', details: { name: 'Reviewer tablet' } },
} as const

const EventBody = AuditEvent.meta({ id: 'AuditEvent', examples: [EVENT] })
const AuditLogBody = z
  .object({ events: z.array(EventBody), has_more: z.boolean() })
  .meta({ id: 'AuditLog', examples: [{ events: [EVENT], has_more: false }] })

const NDJSON = 'application/x-ndjson'
/** Events read at once for an answer of lines. */
const PAGE = 500

const request = {
  query: z.object({
    before: z.coerce.number().int().positive().optional().describe('Only events with a smaller id: the next page.'),
    limit: z.coerce.number().int().min(1).max(500).default(100).describe('Not for lines: those are all events.'),
  }),
}

/** Ours: a page of the audit log, or all of it as JSON lines for programs that gather logs. Newest first. */
export const auditRoute: Route = {
  ...{ method: 'GET', id: 'listAuditEvents', path: '/audit-log', operation: listAudit, request, body: 'none' },
  success: {
    ...{ status: 200, contentType: 'application/json', schema: AuditLogBody },
    description: `A page of events; all of them, one JSON object a line, for who asks for \`${NDJSON}\` by \`Accept\`.`,
    alternative: { contentType: NDJSON, schema: z.string().meta({ examples: [`${JSON.stringify(EVENT)}\n`] }) },
  },
  async serve(exchange) {
    const { query } = readRequest(request, exchange.request)
    if (wantsLines(exchange.request.headers.accept)) return await sendLines(exchange, query.before)
    const { events, hasMore } = await exchange.run(listAudit, query)
    return exchange.reply.send(AuditLogBody.parse({ events, has_more: hasMore }))
  },
}

function wantsLines(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((type) => type.split(';')[0]?.trim().toLowerCase() === NDJSON)
}

async function sendLines(exchange: Exchange, before: number | undefined): Promise<unknown> {
  // The first page is read before the answer begins, so that a refusal has its own status.
  const first = await exchange.run(listAudit, { before, limit: PAGE })
  const { reply } = exchange
  reply.type(`${NDJSON}; charset=utf-8`)
  return await reply.send(exchange.request.method === 'HEAD' ? '' : Readable.from(linesOf(exchange, first)))
}

async function* linesOf(exchange: Exchange, first: z.output<typeof listAudit.output>): AsyncGenerator<string, void> {
  for (let page = first; ;) {
    yield page.events.map((event) => `${JSON.stringify(event)}\n`).join('')
    const last = page.events.at(-1)
    if (!page.hasMore || !last) return
    page = await exchange.run(listAudit, { before: last.id, limit: PAGE })
  }
}
