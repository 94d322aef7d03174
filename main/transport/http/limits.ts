import type { SlotLimits } from '../../base/slots.ts'

/** How much and how long one caller may keep this server busy. Tests shrink them; nobody else needs to. */
export interface Limits {
  /** From the first byte of a connection, or of its next request, to the end of the headers. */
  readonly headersMs: number
  /** From the end of the headers to the end of a body that is gathered in memory; also of one that nobody reads. */
  readonly bodyMs: number
  /** A streamed body may take as long as it needs, but never this long without a byte. */
  readonly stallMs: number
  /** How long a connection that asks nothing is kept. */
  readonly idleMs: number
  readonly jsonBytes: number
  /** All headers together, the request line included. */
  readonly headerBytes: number
  readonly urlCharacters: number
  /** Open at a time; beyond that, those that ask nothing make room for new ones. */
  readonly connections: number
  /** Requests of one connection that wait for their answers at a time; whoever sends more is cut. */
  readonly pipelined: number
  /** An answer of which no byte leaves for so long is cut. */
  readonly writeStallMs: number
  /** The same for a caller without a key. */
  readonly keylessStallMs: number
  /** How fast such a caller has to read, on average, once `keylessStallMs` are over. */
  readonly keylessBytesPerSecond: number
  /** Bytes of answers that wait in memory for one reader who does not read; a reader at work may have more. */
  readonly heldBytes: number
  /** The same of all readers together. */
  readonly heldBytesInAll: number
  /** Bytes of JSON bodies that are gathered in memory at a time, over all connections. */
  readonly gatheredBytes: number
  /** Long answers on their way to callers without a key, by address. */
  readonly keyless: SlotLimits
  /** Videos that come inside of a request, by caller. */
  readonly sentVideos: SlotLimits
}

const MB = 1024 * 1024

export const LIMITS: Limits = {
  headersMs: 10_000,
  bodyMs: 30_000,
  stallMs: 30_000,
  idleMs: 75_000,
  jsonBytes: MB,
  headerBytes: 16_384,
  urlCharacters: 8192,
  connections: 512,
  pipelined: 10,
  writeStallMs: 120_000,
  keylessStallMs: 60_000,
  keylessBytesPerSecond: 4096,
  heldBytes: 16 * MB,
  heldBytesInAll: 128 * MB,
  gatheredBytes: 48 * MB,
  keyless: { inAll: 64, each: 16, waiting: 64, waitingEach: 32, waitMs: 2000 },
  sentVideos: { inAll: 4, each: 3, waiting: 32, waitingEach: 16, waitMs: 30_000 },
}
