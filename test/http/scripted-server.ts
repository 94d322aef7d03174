import pino from 'pino'
import { afterEach } from 'vitest'
import { Operations } from '../../main/engine/operations.ts'
import { IdempotencyStore } from '../../main/engine/system/index.ts'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'
import { startServer, type Authenticate, type HttpServer, type ServerOptions } from '../../main/transport/http/index.ts'

export const OWNER_ID = '7f1d6a52-8e0c-4a53-9d2b-6a3f0c1e2d4b'
/** Keys that the scripted server knows, by what they may do. */
export const KEYS = { admin: 'aion_admin', writer: 'aion_writer', reader: 'aion_reader', expired: 'aion_expired' }

const authenticate: Authenticate = (key) => {
  if (key === KEYS.expired) return 'expired'
  if (key === KEYS.reader) return { userId: OWNER_ID, scopes: new Set(['read']) }
  if (key === KEYS.writer) return { userId: OWNER_ID, scopes: new Set(['read', 'write']) }
  if (key === KEYS.admin) return { userId: OWNER_ID, scopes: new Set(['read', 'write', 'admin']) }
  return 'unknown'
}

const open: HttpServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

/** A real server over real sockets, whose engine answers as the test scripts it. It closes after the test. */
export async function serve(
  script: (operations: Operations) => Operations = (operations) => operations,
  options: Partial<ServerOptions> = {},
): Promise<HttpServer> {
  const log = pino({ level: 'silent' })
  const operations = script(new Operations())
  const answers = options.answers ?? new IdempotencyStore(Database.open(':memory:', schema))
  const server = await startServer({ operations, authenticate, port: 0, log, version: '1.2.3', ...options, answers })
  open.push(server)
  return server
}

/** The headers of a caller who shows a key. */
export function as(key: string): { authorization: string } {
  return { authorization: `Bearer ${key}` }
}

/** What a JSON request with a body needs. */
export function post(key: string, body: unknown): RequestInit {
  return { method: 'POST', headers: { ...as(key), 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** The error envelope of an answer. */
export async function errorOf(response: Response): Promise<{ code: string; message: string; details: object }> {
  const body = (await response.json()) as { error: { code: string; message: string; details: object } }
  return body.error
}
