import { createHash } from 'node:crypto'
import path from 'node:path'
import { EngineError, type SentBytes } from '../../contract/index.ts'
import { startWorker } from '../../platform/processes/index.ts'
import { DEEPEST, isDeeper } from './json-body.ts'

/** Parses a body that is too long for the thread that everybody waits for. @throws EngineError `malformed`. */
export type ParseLarge = (body: Buffer) => Promise<unknown>

/** Each in a thread of its own, which goes with it. @param workersFolder holds the built `body-worker.js`. */
export function parseInThreads(workersFolder: string): ParseLarge {
  return async (body) => {
    const worker = startWorker<Uint8Array, unknown>(path.join(workersFolder, 'body-worker.js'))
    try {
      // What is handed over lies in memory of its own: bodies of this length do.
      const isWhole = body.byteLength === body.buffer.byteLength && body.buffer instanceof ArrayBuffer
      return await worker.request(body, isWhole ? { transfer: [body.buffer] } : {})
    } finally {
      await worker.close()
    }
  }
}

/**
 * The same in this thread. Bytes within, as base64 below the name `data`, come out decoded, so that nobody else has to
 * walk through them.
 */
export function parseLarge(body: Uint8Array): unknown {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  if (isDeeper(text, DEEPEST)) {
    throw new EngineError('malformed', `JSON may be nested ${DEEPEST} levels deep, and no deeper.`)
  }
  try {
    return JSON.parse(text, (key, value: unknown) => (key === 'data' ? decoded(value) : value)) as unknown
  } catch (cause) {
    throw new EngineError('malformed', 'The body is no JSON.', null, { cause })
  }
}

/** Of base64; whatever else it is stays as it is, for the operation to refuse in its own words. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const start = /^data:[^,]{0,200};base64,/i.exec(value.slice(0, 256))?.[0].length ?? 0
  const text = value.slice(start)
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return value
  const bytes = Buffer.from(text, 'base64')
  // Shared memory crosses to the other thread without a copy.
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return { bytes: shared, sha256: createHash('sha256').update(bytes).digest('hex') } satisfies SentBytes
}
