import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EngineError, followChanges, getVideo } from '../../../main/contract/index.ts'
import { PORT_MESSAGE } from '../../../preload/bridge.ts'
import type { Engine } from '../../../renderer/shared/engine/client.ts'

type Listener = (event: { data: unknown; source: unknown; ports: MessagePort[] }) => void
interface Request {
  readonly id: number
  readonly name?: string
  readonly input?: unknown
  readonly cancel?: true
}

/** A page whose preload hands over a port; the engine's end of it is played by the test. */
class Page {
  readonly received: Request[] = []
  readonly connect = vi.fn()
  readonly #listeners = new Set<Listener>()
  readonly #channel = new MessageChannel()
  readonly window = {
    fieldreel: { connect: this.connect },
    addEventListener: (_type: string, listener: Listener) => this.#listeners.add(listener),
    removeEventListener: (_type: string, listener: Listener) => this.#listeners.delete(listener),
  }

  constructor() {
    this.#channel.port1.onmessage = ({ data }) => this.received.push(data as Request)
  }

  message(data: unknown, source: unknown, ports: MessagePort[]): void {
    for (const listener of [...this.#listeners]) listener({ data, source, ports })
  }

  handOver(): void {
    this.message(PORT_MESSAGE, this.window, [this.#channel.port2])
  }

  answer(message: object): void {
    this.#channel.port1.postMessage(message)
  }

  close(): void {
    this.#channel.port1.close()
  }
}

describe('the engine client', () => {
  const videoId = '0191d1a0-0000-7000-8000-000000000001'
  let page: Page
  let engine: Engine

  beforeEach(async () => {
    page = new Page()
    vi.stubGlobal('window', page.window)
    vi.resetModules()
    const { openPort, PortClient } = await import('../../../renderer/shared/engine/port-client.ts')
    engine = new PortClient(openPort())
  })

  afterEach(() => {
    page.close()
    vi.unstubAllGlobals()
  })

  const request = async (index: number) => {
    await vi.waitFor(() => expect(page.received.length).toBeGreaterThan(index))
    return page.received[index]!
  }

  it('asks for a port once, and sends what was asked before it came', async () => {
    const answer = engine.run(getVideo, { videoId })
    page.handOver()
    const { id, ...asked } = await request(0)
    page.answer({ id, output: { title: 'Gate' } })
    expect(asked).toEqual({ name: 'videos.get', input: { videoId } })
    expect(await answer).toEqual({ title: 'Gate' })
    expect(page.connect).toHaveBeenCalledOnce()
  })

  it('takes no port from another window, nor a message without one', async () => {
    const foreign = new MessageChannel()
    page.message(PORT_MESSAGE, {}, [foreign.port2])
    page.message(PORT_MESSAGE, page.window, [])
    page.handOver()
    void engine.run(getVideo, { videoId })
    expect((await request(0)).name).toBe('videos.get')
    foreign.port1.close()
  })

  it('gives each question its own answer, in any order', async () => {
    page.handOver()
    const answers = [engine.run(getVideo, { videoId }), engine.run(getVideo, { videoId })]
    const [first, second] = [await request(0), await request(1)]
    page.answer({ id: second.id, output: 'second' })
    page.answer({ id: first.id, output: 'first' })
    expect(await Promise.all(answers)).toEqual(['first', 'second'])
  })

  it('throws what the engine says as an EngineError', async () => {
    page.handOver()
    const answer = engine.run(getVideo, { videoId })
    const { id } = await request(0)
    page.answer({ id, error: { code: 'not_found', message: 'There is no such video.', details: { videoId } } })
    const error = await answer.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ code: 'not_found', message: 'There is no such video.', details: { videoId } })
  })

  it('calls a question off, and not one that was answered', async () => {
    page.handOver()
    const [kept, left] = [new AbortController(), new AbortController()]
    const answer = engine.run(getVideo, { videoId }, kept.signal)
    const { id } = await request(0)
    page.answer({ id, output: 'first' })
    expect(await answer).toBe('first')
    kept.abort()
    const other = engine.run(getVideo, { videoId }, left.signal)
    const second = await request(1)
    left.abort()
    expect(await request(2)).toEqual({ id: second.id, cancel: true })
    page.answer({ id: second.id, error: { code: 'cancelled', message: 'Called off.', details: null } })
    await expect(other).rejects.toMatchObject({ code: 'cancelled' })
    expect(page.received).toHaveLength(3)
  })

  it('tells each event of a stream, and cancels it when asked', async () => {
    page.handOver()
    const events: unknown[] = []
    const stop = engine.follow(followChanges, {}, (event) => events.push(event))
    const { id } = await request(0)
    const change = { topic: 'videos', ids: {} }
    page.answer({ id, event: change })
    page.answer({ id, event: change })
    await vi.waitFor(() => expect(events).toEqual([change, change]))
    // The engine may send more: these were taken.
    expect([await request(1), await request(2)]).toEqual([
      { id, taken: true },
      { id, taken: true },
    ])
    stop()
    expect(await request(3)).toEqual({ id, cancel: true })
  })

  it('survives the end and the failure of a stream', async () => {
    page.handOver()
    const events: unknown[] = []
    engine.follow(followChanges, {}, (event) => events.push(event))
    engine.follow(followChanges, {}, (event) => events.push(event))
    const [ended, failed] = [await request(0), await request(1)]
    page.answer({ id: ended.id, end: true })
    page.answer({ id: failed.id, error: new EngineError('unavailable', 'Closing.') })
    page.answer({ id: ended.id, event: 'too late' })
    const after = engine.run(getVideo, { videoId })
    page.answer({ id: (await request(2)).id, output: 'still here' })
    expect(await after).toBe('still here')
    expect(events).toEqual([])
  })
})
