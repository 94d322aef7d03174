import { request, type RequestOptions } from 'node:http'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Asked extends RequestOptions {
  readonly path: string
  readonly body?: string | Buffer
}

/** As programs ask; fetch would not let anybody set all of this. */
export function ask(url: string, { body, ...options }: Asked): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request(url + options.path, options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, body: text }),
      )
    })
    asking.once('error', reject)
    asking.end(body)
  })
}

/** A connection of a caller who minds no rules. Cut when the test ends. */
export class RawCaller {
  readonly socket: Socket
  readonly ended: Promise<void>
  received = ''

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true })
    this.socket.setEncoding('latin1')
    this.socket.on('data', (text: string) => (this.received += text))
    // How it ended does not matter; that it did, does.
    this.socket.on('error', () => undefined)
    this.ended = new Promise((resolve) => this.socket.once('close', () => resolve()))
    onTestFinished(() => {
      this.socket.destroy()
    })
  }

  send(text: string | Buffer): void {
    if (this.socket.writable) this.socket.write(text)
  }

  /** What came until the server hung up, within `limitMs`. */
  async answer(limitMs = 10_000): Promise<RawAnswer> {
    const late = setTimeout(() => this.socket.destroy(new Error('late')), limitMs)
    await this.ended
    clearTimeout(late)
    return parseAnswer(this.received)
  }
}

/** Sends all of it at once and reads until the server hangs up. */
export async function exchange(url: string, text: string): Promise<RawAnswer> {
  const caller = new RawCaller(url)
  caller.send(text)
  return await caller.answer()
}

/** The last answer in what a connection received; status 0 when there is none. */
export function parseAnswer(received: string): RawAnswer {
  const start = received.lastIndexOf('HTTP/1.1 ')
  const [head = '', ...body] = received.slice(Math.max(0, start)).split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: body.join('\r\n\r\n'),
  }
}
