import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { streamOperation } from '../../main/contract/index.ts'
import { Operations } from '../../main/engine/operations.ts'
import { servePort } from '../../main/transport/ipc/index.ts'
import { idle } from '../support/manual-clock.ts'

const count = streamOperation('numbers.count', {
  summary: 'Counts.',
  scope: 'none',
  input: z.object({ upTo: z.int() }),
  event: z.instanceof(Uint8Array<ArrayBufferLike>),
})

/** A window at the other end of a port to an engine that counts, each number in four bytes of one large buffer. */
function window() {
  const counted = { made: 0, isOver: false }
  const buffer = new Uint8Array(4_000)
  const operations = new Operations().implementStream(count, async function* ({ upTo }, { signal }) {
    try {
      for (counted.made = 0; counted.made < upTo && !signal.aborted; counted.made += 1) {
        buffer[4 * counted.made] = counted.made
        yield await Promise.resolve(buffer.subarray(4 * counted.made, 4 * counted.made + 4))
      }
    } finally {
      counted.isOver = true
    }
  })
  const received: Array<{ id: number; event?: Uint8Array; end?: true }> = []
  const ends: (() => void)[] = []
  let send: (message: unknown) => void = () => undefined
  servePort(
    {
      postMessage: (message) => void received.push(message as (typeof received)[0]),
      onMessage: (listener) => void (send = listener),
      onClose: (listener) => void ends.push(listener),
    },
    {
      operations,
      caller: () => ({ door: 'window', userId: null, scopes: new Set() }),
      onInternalError: (error) => {
        throw error
      },
    },
  )
  const close = (): void => {
    for (const end of ends) end()
  }
  return { counted, received, send: (message: unknown) => send(message), close }
}

describe('a stream to the window', () => {
  it('stops after a few events that the window has not taken, and goes on as it takes them', async () => {
    const { counted, received, send } = window()
    send({ id: 1, name: count.name, input: { upTo: 1_000 } })
    await idle()
    expect([received.length, counted.made]).toEqual([8, 7])
    for (let taken = 0; taken < 3; taken += 1) send({ id: 1, taken: true })
    await idle()
    expect(received).toHaveLength(11)
    while (!received.at(-1)?.end) {
      send({ id: 1, taken: true })
      await idle()
    }
    expect(received).toHaveLength(1_001)
  })

  it('holds up no other', async () => {
    const { received, send } = window()
    send({ id: 1, name: count.name, input: { upTo: 100 } })
    await idle()
    send({ id: 2, name: count.name, input: { upTo: 3 } })
    await idle()
    expect(received.filter(({ id }) => id === 2).at(-1)).toEqual({ id: 2, end: true })
  })

  it.each(['cancelling it', 'closing the port'])('that waits for the window ends by %s', async (how) => {
    const { counted, send, close } = window()
    send({ id: 1, name: count.name, input: { upTo: 100 } })
    await idle()
    expect(counted.isOver).toBe(false)
    if (how === 'closing the port') close()
    else send({ id: 1, cancel: true })
    await idle()
    expect(counted).toEqual({ made: 8, isOver: true })
  })

  it('sends the bytes of an event, and not all of the buffer that they lie in', async () => {
    const { received, send } = window()
    send({ id: 1, name: count.name, input: { upTo: 2 } })
    await idle()
    expect(received.flatMap(({ event }) => (event ? [event.buffer.byteLength] : []))).toEqual([4, 4])
  })
})
