import { EventEmitter } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { Connections } from '../../main/transport/http/connections.ts'
import { LIMITS } from '../../main/transport/http/limits.ts'

/** A connection that only counts. */
class Caller {
  readonly socket: Socket
  isCut = false

  constructor(server: EventEmitter, remotePort: number) {
    const destroy = (): void => {
      this.isCut = true
    }
    const counts = { bytesWritten: 0, bytesRead: 0, writableLength: 0 }
    const peer = { remoteAddress: '127.0.0.1', remotePort }
    this.socket = Object.assign(new EventEmitter(), counts, peer, { destroy }) as unknown as Socket
    server.emit('connection', this.socket)
  }

  /** Asks something. @returns what ends the answer. */
  ask(connections: Connections): () => void {
    const request = { socket: this.socket, complete: true } as IncomingMessage
    const response = Object.assign(new EventEmitter(), { socket: this.socket, writableLength: 0 })
    connections.admit(request, response as unknown as ServerResponse)
    return () => void response.emit('close')
  }
}

function serverOf(places: number) {
  const server = new EventEmitter()
  const connections = new Connections(server as Server, { ...LIMITS, connections: places, pipelined: 2 })
  onTestFinished(() => void server.emit('close'))
  let ports = 1000
  return { connections, enter: () => new Caller(server, (ports += 1)) }
}

it('gives the place of who asked nothing for the longest time to a newcomer', () => {
  const { connections, enter } = serverOf(3)
  const callers = [enter(), enter(), enter()]
  for (const caller of callers) caller.ask(connections)()
  callers[0]!.ask(connections)()
  enter()
  expect(callers.map(({ isCut }) => isCut)).toEqual([false, true, false])
  enter()
  expect(callers.map(({ isCut }) => isCut)).toEqual([false, true, true])
  expect(connections.size).toBe(3)
})

it('leaves who is being answered its place', () => {
  const { connections, enter } = serverOf(2)
  const callers = [enter(), enter()]
  const end = callers[0]!.ask(connections)
  callers[1]!.ask(connections)
  const late = enter()
  expect([...callers, late].map(({ isCut }) => isCut)).toEqual([false, false, true])
  end()
  enter()
  expect(callers.map(({ isCut }) => isCut)).toEqual([true, false])
})

it('cuts who asks more at once than is allowed', () => {
  const { connections, enter } = serverOf(2)
  const caller = enter()
  caller.ask(connections)
  caller.ask(connections)
  expect(caller.isCut).toBe(false)
  caller.ask(connections)
  expect(caller.isCut).toBe(true)
})
