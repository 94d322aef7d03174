import { request } from 'node:http'
import { readFile } from 'node:fs/promises'
import { FRIDAY } from '../fixtures/clips.ts'
import { until } from '../support/until.ts'
import { json, OWNER, type LiveServer } from './live-server.ts'
import { as, post } from './scripted-server.ts'

export interface TaskBody {
  readonly id: string
  readonly status: string
  readonly stream_url: string
  readonly stream_url_signed: string
  readonly stream_bytes: number
  readonly finish_reason: string | null
  readonly error: { code: string; message: string } | null
  readonly processed_frames: number
  readonly request?: { input: Array<{ url?: string; data?: string }> }
}

export interface Chunk {
  readonly id: string
  readonly object: string
  readonly model?: string | null
  readonly stream_info: {
    readonly frame_index: number
    readonly total_frames: number | null
    readonly decoded_frames: number
    readonly dropped_frames: number
    readonly fps: number
    readonly elapsed_ms: number
  }
  readonly delta: { readonly results: Array<{ index: number; targets: Target[] }> }
  readonly finish_reason: string | null
  readonly usage?: { processed_frames: number; processing_time_ms: number }
  readonly error?: { code: string; message: string }
}

export interface Target {
  readonly track_id?: number
  readonly class: string
  readonly confidence: number
  readonly roi: { left: number; top: number; width: number; height: number }
  readonly feature?: { dim: number; norm: number }
}

/** A client of the published API: it knows nothing but HTTP. */
export class VisoworkClient {
  constructor(private readonly server: LiveServer) {}

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.server.url}/v1/video${path}`, { headers: { ...as(OWNER), ...headers } })
  }

  post(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.server.url}/v1/video${path}`, post(OWNER, body))
  }

  async process(body: unknown): Promise<TaskBody> {
    return await json<TaskBody>(this.post('/process', body), 202)
  }

  async task(id: string): Promise<TaskBody> {
    return await json<TaskBody>(this.get(`/tasks/${id}`))
  }

  async ended(id: string, limitMs = 90_000): Promise<TaskBody> {
    const hasEnded = async () => {
      const task = await this.task(id)
      return ['succeeded', 'failed', 'cancelled'].includes(task.status) && task
    }
    return await until('the task to end', hasEnded, limitMs)
  }

  /** The bytes of a stream to its end. */
  async stream(id: string, offset?: number): Promise<Buffer> {
    const query = offset === undefined ? '' : `?offset=${offset}`
    const answer = await this.get(`/tasks/${id}/stream${query}`)
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
    return Buffer.from(await answer.arrayBuffer())
  }

  /** The next bytes of a stream, `most` at the most, then hangs up in the middle of whatever comes. */
  streamPart(id: string, lastEventId: number, most: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const headers = { ...as(OWNER), 'Last-Event-ID': String(lastEventId) }
      const asking = request(
        `${this.server.url}/v1/video/tasks/${id}/stream`,
        { headers, agent: false },
        (response) => {
          const pieces: Buffer[] = []
          let length = 0
          const done = (): void => {
            resolve(Buffer.concat(pieces).subarray(0, most))
            asking.destroy()
          }
          response.on('data', (piece: Buffer) => {
            pieces.push(piece)
            length += piece.length
            if (length >= most) done()
          })
          response.once('end', done)
        },
      )
      asking.once('error', (error) => reject(error))
      asking.end()
    })
  }
}

/** Real footage with people in it, as a request carries it. */
export async function fridayInput(more: object = {}): Promise<object> {
  const data = (await readFile(FRIDAY)).toString('base64')
  return { type: 'video_base64', data, ...more }
}

/** The events of a stream. @throws Error when it is not of the published grammar. */
export function eventsOf(bytes: Buffer): Chunk[] {
  const text = bytes.toString('utf8')
  if (text.includes('\r') || !text.endsWith('data: [DONE]\n\n')) throw new Error('No end, or a carriage return.')
  const events = text.slice(0, -2).split('\n\n')
  return events.slice(0, -1).map((event) => {
    const data = /^data: (\{.*\})$/.exec(event)?.[1]
    if (data === undefined) throw new Error(`Not an event: ${event.slice(0, 80)}`)
    return JSON.parse(data) as Chunk
  })
}
