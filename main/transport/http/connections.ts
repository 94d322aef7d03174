import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

interface Connection {
  readonly socket: Socket
  /** Answers on their way. */
  active: number
  served: boolean
  response: ServerResponse | null
}

/**
 * The connections of a server, at most `limit`. "slow-loris cannot starve others": when all places are taken, a
 * newcomer gets the place of the connection that asks nothing for the longest time, first of those that never asked
 * anything. Only when all of them are being answered a newcomer is turned away.
 */
export class Connections {
  /** By the caller's address and port. The first ones ask nothing for the longest time. */
  readonly #open = new Map<string, Connection>()
  readonly #limit: number

  constructor(server: Server, limit: number) {
    this.#limit = limit
    // Of a TLS server this is the connection below; requests come from the one above, with the same peer.
    server.on('connection', (socket: Socket) => this.#enter(socket))
    server.on('request', ({ socket }, response: ServerResponse) => this.#answer(socket, response))
  }

  get size(): number {
    return this.#open.size
  }

  /** The answer that is on its way to that caller. */
  responseOn(socket: Socket): ServerResponse | null {
    return this.#open.get(peerOf(socket))?.response ?? null
  }

  closeIdle(): void {
    for (const { socket, active } of this.#open.values()) if (active === 0) socket.destroy()
  }

  closeAll(): void {
    for (const { socket } of this.#open.values()) socket.destroy()
  }

  #enter(socket: Socket): void {
    if (this.#open.size >= this.#limit && !this.#makeRoom()) {
      socket.destroy()
      return
    }
    const peer = peerOf(socket)
    const connection = { socket, active: 0, served: false, response: null }
    this.#open.set(peer, connection)
    socket.once('close', () => {
      if (this.#open.get(peer) === connection) this.#open.delete(peer)
    })
  }

  #makeRoom(): boolean {
    const idle = [...this.#open].filter(([, { active }]) => active === 0)
    const [peer, connection] = idle.find(([, { served }]) => !served) ?? idle[0] ?? []
    if (peer === undefined) return false
    this.#open.delete(peer)
    connection?.socket.destroy()
    return true
  }

  #answer(socket: Socket, response: ServerResponse): void {
    const peer = peerOf(socket)
    const connection = this.#open.get(peer)
    if (!connection) return
    connection.active += 1
    connection.response = response
    response.once('close', () => {
      connection.active -= 1
      connection.served = true
      if (connection.response === response) connection.response = null
      if (this.#open.get(peer) !== connection) return
      // To the end: from now on it asks nothing.
      this.#open.delete(peer)
      this.#open.set(peer, connection)
    })
  }
}

/** One of a kind among open connections of a server. */
function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
