import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Limits } from './limits.ts'

/** How a connection has progressed. */
export interface ProgressSample {
  /** How long no byte came in or went out. */
  readonly stalledMs: number
  /** How long no byte of an answer went out. */
  readonly unreadMs: number
  /** Since the request that is being answered. */
  readonly elapsedMs: number
  readonly sentBytes: number
}

/** The bytes of a connection over time. */
export interface Progress {
  /** A request begins, perhaps on the decrypted side of the connection. */
  restart(socket: Socket): void
  sample(socket: Socket, now: number): ProgressSample
}

/** Both sides of a connection, as far as bytes really left or came. */
interface Counts {
  readonly sent: number
  /** Of the piece that the system is taking: a part of it may have left. */
  readonly leaving: number
  readonly received: number
}

export function trackProgress(socket: Socket, now = performance.now()): Progress {
  let last = countsOf(socket)
  let start = { at: now, sent: last.sent }
  let [sentAt, movedAt] = [now, now]
  return {
    restart(current) {
      last = countsOf(current)
      const at = performance.now()
      start = { at, sent: last.sent }
      sentAt = movedAt = at
    },
    sample(current, at) {
      const counts = countsOf(current)
      const isSending = counts.sent > last.sent || counts.leaving < last.leaving
      if (isSending) sentAt = at
      if (isSending || counts.received > last.received) movedAt = at
      last = counts
      const sentBytes = counts.sent - start.sent
      return { stalledMs: at - movedAt, unreadMs: at - sentAt, elapsedMs: at - start.at, sentBytes }
    },
  }
}

function countsOf(socket: Socket): Counts {
  // Node's own write time-out reads the same property of its handle.
  const handle = (socket as { _handle?: { writeQueueSize?: number } | null })._handle
  return {
    sent: socket.bytesWritten - socket.writableLength,
    leaving: handle?.writeQueueSize ?? 0,
    received: socket.bytesRead,
  }
}

/** Bytes of answers that wait in memory for the reader of a connection. */
export function bufferedBytes(socket: Socket, responses: Iterable<ServerResponse>): number {
  let buffered = socket.writableLength
  // Answers that wait for the one before them have no socket yet.
  for (const response of responses) if (!response.socket) buffered += response.writableLength
  return buffered
}

/** One connection that is being answered. */
export interface ReaderState extends ProgressSample {
  readonly buffered: number
  readonly isAnonymous: boolean
}

type ReaderLimits = Pick<
  Limits,
  'writeStallMs' | 'anonymousStallMs' | 'anonymousBytesPerSecond' | 'bufferedBytes' | 'bufferedBytesInAll'
>

/** A reader counts as stuck after this when much is buffered for it. */
const MUCH_BUFFERED_MS = 5000

/** Which of them are to be closed: those that stall, and the slowest ones when too much is buffered. */
export function connectionsToClose<R extends ReaderState>(readers: readonly R[], limits: ReaderLimits): R[] {
  const closed = new Set(readers.filter((reader) => isStuck(reader, limits)))
  const rest = readers
    .filter((reader) => reader.buffered > 0 && !closed.has(reader))
    .toSorted(
      (a, b) => Number(b.isAnonymous) - Number(a.isAnonymous) || b.unreadMs - a.unreadMs || b.buffered - a.buffered,
    )
  let buffered = rest.reduce((sum, reader) => sum + reader.buffered, 0)
  for (const reader of rest) {
    if (buffered <= limits.bufferedBytesInAll) break
    closed.add(reader)
    buffered -= reader.buffered
  }
  return [...closed]
}

function isStuck(
  { buffered, unreadMs, elapsedMs, sentBytes, isAnonymous }: ReaderState,
  limits: ReaderLimits,
): boolean {
  if (buffered === 0) return false
  if (buffered > limits.bufferedBytes && unreadMs > MUCH_BUFFERED_MS) return true
  if (!isAnonymous) return unreadMs > limits.writeStallMs
  const { anonymousStallMs, anonymousBytesPerSecond } = limits
  // One byte from time to time would keep a connection for ever.
  const due = (anonymousBytesPerSecond * (elapsedMs - anonymousStallMs)) / 1000
  return unreadMs > anonymousStallMs || sentBytes < due
}
