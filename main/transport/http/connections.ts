import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { bufferedBytes, connectionsToClose, type Progress, trackProgress } from './connection-progress.ts'
import type { Limits } from './limits.ts'

interface Connection {
  /** Where bytes are counted; of a TLS connection the decrypted side. */
  socket: Socket
  /** Answers on their way, in order. */
  readonly responses: Set<ServerResponse>
  request: IncomingMessage | null
  served: boolean
  readonly openedAt: number
  /** No request under way has a valid key. */
  isAnonymous: boolean
  readonly progress: Progress
}

export type ConnectionLimits = Pick<
  Limits,
  | ('connections' | 'pipelined' | 'writeStallMs' | 'anonymousStallMs')
  | ('anonymousBytesPerSecond' | 'bufferedBytes' | 'bufferedBytesInAll')
>

/** How often all connections are checked. */
const SAMPLE_MS = 1000
/** A new connection without a request after so long counts as idle. */
const FIRST_REQUEST_MS = 1000
/** A connection that makes us wait for so long makes room for a new one when there is no idle one. */
const SLOW_MS = 2000

/**
 * The connections of a server (ID-43): when there are too many, the connection that
 * has been idle for the longest time is closed for a new one, first those that never sent a request; else one that
 * neither sends its body nor reads its answer. A caller that does not read its answer is disconnected after a time, or
 * sooner when buffered answers take too much memory, callers without a key first.
 */
export class Connections {
  /** By the caller's address and port. The first ones have been idle for the longest time. */
  readonly #open = new Map<string, Connection>()
  readonly #limits: ConnectionLimits

  constructor(server: Server, limits: ConnectionLimits) {
    this.#limits = limits
    // Of a TLS server this is the connection below; requests come from the one above, with the same peer.
    server.on('connection', (socket: Socket) => this.#enter(socket))
    const sampling = setInterval(() => this.sample(), SAMPLE_MS)
    sampling.unref()
    server.once('close', () => clearInterval(sampling))
  }

  get size(): number {
    return this.#open.size
  }

  /** The answer that is on its way to that caller. */
  responseOn(socket: Socket): ServerResponse | null {
    return [...(this.#open.get(peerOf(socket))?.responses ?? [])].at(-1) ?? null
  }

  /** Records a request. @returns false when its connection sent too many at once, and was closed. */
  admit(request: IncomingMessage, response: ServerResponse): boolean {
    const peer = peerOf(request.socket)
    const connection = this.#open.get(peer)
    if (!connection) return true
    if (connection.responses.size >= this.#limits.pipelined) {
      cut(request.socket)
      return false
    }
    const { responses } = connection
    if (responses.size === 0) connection.progress.restart(request.socket)
    Object.assign(connection, { socket: request.socket, request, isKeyless: true })
    responses.add(response)
    response.once('close', () => {
      responses.delete(response)
      connection.served = true
      if (connection.request === request) connection.request = null
      if (this.#open.get(peer) !== connection) return
      // To the end: it is idle from now on.
      this.#open.delete(peer)
      this.#open.set(peer, connection)
    })
    return true
  }

  /** A request on that connection has a valid key. */
  markAuthenticated(socket: Socket): void {
    const connection = this.#open.get(peerOf(socket))
    if (connection) connection.isAnonymous = false
  }

  closeIdle(): void {
    for (const { socket, responses } of this.#open.values()) if (responses.size === 0) socket.destroy()
  }

  closeAll(): void {
    for (const { socket } of this.#open.values()) socket.destroy()
  }

  /** Checks every connection that is being answered, and closes those that keep too much buffered for too long. */
  sample(now = performance.now()): void {
    const seen = [...this.#open.values()]
      .filter(({ responses }) => responses.size > 0)
      .map((connection) => {
        const { socket, responses, progress, isAnonymous } = connection
        return { socket, isAnonymous, buffered: bufferedBytes(socket, responses), ...progress.sample(socket, now) }
      })
    for (const { socket } of connectionsToClose(seen, this.#limits)) socket.destroy()
  }

  #enter(socket: Socket): void {
    if (this.#open.size >= this.#limits.connections && !this.#makeRoom()) {
      socket.destroy()
      return
    }
    const peer = peerOf(socket)
    const connection: Connection = {
      ...{ socket, responses: new Set(), request: null, served: false, isAnonymous: true },
      ...{ openedAt: performance.now(), progress: trackProgress(socket) },
    }
    this.#open.set(peer, connection)
    socket.once('close', () => {
      if (this.#open.get(peer) === connection) this.#open.delete(peer)
    })
  }

  #makeRoom(): boolean {
    const idle = [...this.#open].filter(([, { responses }]) => responses.size === 0)
    const silent = idle.filter(([, { served }]) => !served)
    const earliest = performance.now() - FIRST_REQUEST_MS
    const [peer, connection] =
      silent.find(([, { openedAt }]) => openedAt < earliest) ??
      idle.find(([, { served }]) => served) ??
      this.#slowest() ??
      silent[0] ??
      []
    if (peer === undefined) return false
    this.#open.delete(peer)
    connection?.socket.destroy()
    return true
  }

  /** The one that we have waited for the longest; first of those without a key. */
  #slowest(): [string, Connection] | null {
    const now = performance.now()
    const slow = [...this.#open]
      .filter(
        ([, { request, socket, responses }]) => request?.complete === false || bufferedBytes(socket, responses) > 0,
      )
      .map((entry) => ({
        entry,
        isKeyless: entry[1].isAnonymous,
        stalledMs: entry[1].progress.sample(entry[1].socket, now).stalledMs,
      }))
      .filter(({ stalledMs }) => stalledMs >= SLOW_MS)
      .toSorted((a, b) => Number(b.isKeyless) - Number(a.isKeyless) || b.stalledMs - a.stalledMs)
    return slow[0]?.entry ?? null
  }
}

/** What Node's parser of HTTP takes for a failure when a request is handed over. */
const STOP_PARSING = 3

/**
 * Ends a connection from within the handler of one of its requests. `destroy` alone lets Node read on in what has
 * arrived: thousands of requests fit into one piece of 64 KB, and each costs its objects and, at the end, an error with a
 * stack. A few callers would keep the process busy with that for seconds.
 */
function cut(socket: Socket): void {
  const { parser } = socket as { parser?: { onIncoming: unknown } | null }
  // Set anew for each connection that gets this parser.
  if (parser) parser.onIncoming = () => STOP_PARSING
  socket.destroy()
}

/** One of a kind among open connections of a server. */
function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
