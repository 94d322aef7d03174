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
}

export const LIMITS: Limits = {
  headersMs: 10_000,
  bodyMs: 30_000,
  stallMs: 30_000,
  idleMs: 75_000,
  jsonBytes: 1_048_576,
  headerBytes: 16_384,
  urlCharacters: 8192,
  connections: 512,
}
