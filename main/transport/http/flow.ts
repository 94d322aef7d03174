import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Limits } from './limits.ts'

/** What a look at a connection tells. */
export interface Look {
  /** How long no byte came in or went out. */
  readonly stalledMs: number
  /** How long no byte of an answer went out. */
  readonly unreadMs: number
  /** Since the request that is being answered. */
  readonly elapsedMs: number
  readonly sentBytes: number
}

/** The bytes of a connection over time. */
export interface Flow {
  /** A request begins, perhaps on the decrypted side of the connection. */
  restart(socket: Socket): void
  look(socket: Socket, now: number): Look
}

/** Both sides of a connection, as far as bytes really left or came. */
interface Counts {
  readonly sent: number
  /** Of the piece that the system is taking: a part of it may have left. */
  readonly leaving: number
  readonly received: number
}

export function watchFlow(socket: Socket, now = performance.now()): Flow {
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
    look(current, at) {
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
export function bytesHeld(socket: Socket, responses: Iterable<ServerResponse>): number {
  let held = socket.writableLength
  // Answers that wait for the one before them have no socket yet.
  for (const response of responses) if (!response.socket) held += response.writableLength
  return held
}

/** One connection that is being answered. */
export interface Reader extends Look {
  readonly held: number
  readonly isKeyless: boolean
}

type CutLimits = Pick<
  Limits,
  'writeStallMs' | 'keylessStallMs' | 'keylessBytesPerSecond' | 'heldBytes' | 'heldBytesInAll'
>

/** Whoever does not read is slow after this, when much waits for it. */
const HOLDS_MUCH_MS = 5000

/** Which of them are to be cut: those that stall, and the slowest ones when too much waits in memory. */
export function cutOff<R extends Reader>(readers: readonly R[], limits: CutLimits): R[] {
  const cut = new Set(readers.filter((reader) => isStuck(reader, limits)))
  const rest = readers
    .filter((reader) => reader.held > 0 && !cut.has(reader))
    .toSorted((a, b) => Number(b.isKeyless) - Number(a.isKeyless) || b.unreadMs - a.unreadMs || b.held - a.held)
  let held = rest.reduce((sum, reader) => sum + reader.held, 0)
  for (const reader of rest) {
    if (held <= limits.heldBytesInAll) break
    cut.add(reader)
    held -= reader.held
  }
  return [...cut]
}

function isStuck({ held, unreadMs, elapsedMs, sentBytes, isKeyless }: Reader, limits: CutLimits): boolean {
  if (held === 0) return false
  if (held > limits.heldBytes && unreadMs > HOLDS_MUCH_MS) return true
  if (!isKeyless) return unreadMs > limits.writeStallMs
  const { keylessStallMs, keylessBytesPerSecond } = limits
  // One byte now and then would keep a place for ever.
  const due = (keylessBytesPerSecond * (elapsedMs - keylessStallMs)) / 1000
  return unreadMs > keylessStallMs || sentBytes < due
}
