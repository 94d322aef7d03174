import type { SlotLimits } from '../../base/slots.ts'

/** How much and how long one caller may keep this server busy. Only tests change them. */
export interface Limits {
  /** From the first byte of a connection, or of its next request, to the end of the headers. */
  readonly headersMs: number
  /** From the end of the headers to the end of a body that is buffered; also of one that is not read. */
  readonly bodyMs: number
  /** A streamed body may take as long as it needs, but never this long without a byte. */
  readonly stallMs: number
  /** How long an idle connection is kept. */
  readonly idleMs: number
  readonly jsonBytes: number
  /** All headers together, the request line included. */
  readonly headerBytes: number
  readonly urlCharacters: number
  /** Open at a time; beyond that, idle ones make room for new ones. */
  readonly connections: number
  /** Requests of one connection that wait for their answers at a time; a connection that sends more is closed. */
  readonly pipelined: number
  /** An answer of which no byte leaves for so long is ended. */
  readonly writeStallMs: number
  /** The same for a caller without a key. */
  readonly anonymousStallMs: number
  /** How fast such a caller has to read, on average, once `anonymousStallMs` are over. */
  readonly anonymousBytesPerSecond: number
  /** Bytes of answers buffered for one caller who does not read; one who does may have more. */
  readonly bufferedBytes: number
  /** The same for all callers together. */
  readonly bufferedBytesInAll: number
  /** Bytes of JSON bodies that are buffered at a time, over all connections. */
  readonly bufferedBodyBytes: number
  /** Long answers to callers without a key, by address. */
  readonly anonymous: SlotLimits
  /** Videos within a request, by caller. */
  readonly inlineVideos: SlotLimits
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
  anonymousStallMs: 60_000,
  anonymousBytesPerSecond: 4096,
  bufferedBytes: 16 * MB,
  bufferedBytesInAll: 128 * MB,
  bufferedBodyBytes: 48 * MB,
  anonymous: { inAll: 64, each: 16, waiting: 64, waitingEach: 32, waitMs: 2000 },
  inlineVideos: { inAll: 4, each: 3, waiting: 32, waitingEach: 16, waitMs: 30_000 },
}
