import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { compose, type Engine } from '../../main/compose.ts'
import { getVideo, PART_BYTES, type Video } from '../../main/contract/index.ts'
import type { HttpServer } from '../../main/transport/http/index.ts'
import { drawShots } from '../support/clips.ts'
import { ask } from '../support/engine.ts'
import { as, post } from './scripted-server.ts'

export const OWNER = 'aion_owner_of_the_live_server_tests'
export const UNKNOWN = '550e8400-e29b-41d4-a716-446655440000'

export interface Chunk {
  readonly chunk_number: number
  readonly size_bytes: number
  readonly upload_url: string
  readonly expires_at: string
}
export interface Plan {
  readonly media_id: string
  readonly upload_id: string
  readonly total_chunks: number
  readonly chunks: readonly Chunk[]
}
export interface Completed {
  readonly media_id: string
  readonly video_url: string
  readonly thumbnail_url: string | null
  readonly analysis_job_id: string | null
}

/** The whole engine behind a real server, and a client that shows the owner's key. */
export class LiveServer {
  #folder = ''
  #server: HttpServer | null = null
  #clip: Buffer = Buffer.alloc(0)
  #engine: Engine | null = null

  get engine(): Engine {
    if (!this.#engine) throw new Error('The server is not open.')
    return this.#engine
  }

  get url(): string {
    return this.#server?.url ?? ''
  }

  /** A small video of two shots. */
  get clip(): Buffer {
    return this.#clip
  }

  async open(env: Readonly<Record<string, string>>): Promise<void> {
    this.#folder = await mkdtemp(path.join(tmpdir(), 'fieldreel-live-'))
    const file = await drawShots(path.join(this.#folder, 'clip.mp4'), { shots: 2, secondsEach: 1 })
    this.#clip = await readFile(file)
    this.#engine = await compose({
      data: path.join(this.#folder, 'data'),
      workersFolder: path.resolve('out/main'),
      version: '1.2.3',
      logToStderr: false,
      env: { ...process.env, FIELDREEL_API_KEY: OWNER, ...env },
    })
    this.#server = await this.#engine.serve({ host: '127.0.0.1', port: 0, tls: false })
  }

  async close(): Promise<void> {
    await this.#server?.close()
    await this.#engine?.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Folders of uploads that have bytes on disk. */
  async uploadFolders(): Promise<string[]> {
    return await readdir(path.join(this.#folder, 'data', 'uploads'))
  }

  /** Files of task streams, and of videos that are coming in. */
  async streamFiles(): Promise<string[]> {
    return await readdir(path.join(this.#folder, 'data', 'streams'))
  }

  async get(pathname: string): Promise<Response> {
    return await fetch(`${this.url}/api/v2${pathname}`, { headers: as(OWNER) })
  }

  async send(pathname: string, body: unknown, method = 'POST'): Promise<Response> {
    return await fetch(`${this.url}/api/v2${pathname}`, { ...post(OWNER, body), method })
  }

  /** An upload of as many bytes as the clip has, or of `sizeBytes`. */
  async initiate(more: object = {}): Promise<Plan> {
    const body = { filename: 'dock.mp4', content_type: 'video/mp4', size_bytes: this.#clip.length, ...more }
    return await json<Plan>(this.send('/video-uploads/initiate', body), 201)
  }

  async put({ upload_url }: Pick<Chunk, 'upload_url'>, body: Uint8Array): Promise<Response> {
    return await fetch(upload_url, { method: 'PUT', body: Buffer.from(body) })
  }

  async confirm(plan: Plan, chunk: Pick<Chunk, 'chunk_number' | 'size_bytes'>, etag: string): Promise<Response> {
    const { chunk_number, size_bytes } = chunk
    return await this.send('/video-uploads/chunks/confirm', { ...ref(plan), chunk_number, size_bytes, etag })
  }

  /** Stores and confirms the chunks of a plan, in the order given, from these bytes. */
  async fill(plan: Plan, bytes: Buffer = this.#clip, chunks: readonly Chunk[] = plan.chunks): Promise<void> {
    for (const chunk of chunks) {
      const start = (chunk.chunk_number - 1) * PART_BYTES
      const stored = await this.put(chunk, bytes.subarray(start, start + chunk.size_bytes))
      expect(stored.status).toBe(200)
      await json(this.confirm(plan, chunk, stored.headers.get('etag') ?? ''))
    }
  }

  /** A video as the library holds it. */
  async video(videoId: string): Promise<Video> {
    return await ask(this.engine, getVideo, { videoId })
  }

  async complete(plan: Plan, wish: object = {}): Promise<Completed> {
    return await json<Completed>(this.send('/video-uploads/complete', { ...ref(plan), ...wish }))
  }
}

/** A server of this file's own, open for all its tests. */
export function liveServer(env: Readonly<Record<string, string>> = {}): LiveServer {
  const server = new LiveServer()
  beforeAll(() => server.open(env), 60_000)
  afterAll(() => server.close())
  return server
}

export const ref = ({ media_id, upload_id }: Plan) => ({ media_id, upload_id })

/** The body of an answer that must have this status. */
export async function json<T>(response: Response | Promise<Response>, status = 200): Promise<T> {
  const answer = await response
  const body = (await answer.json()) as T
  expect({ status: answer.status, body }).toMatchObject({ status })
  return body
}

/** Status and error code of an answer, whichever of the two dialects it is in. */
export async function failureOf(response: Response | Promise<Response>): Promise<[number, string | undefined]> {
  const answer = await response
  const text = await answer.text()
  return [answer.status, /<Code>(\w+)<\/Code>|"code":"(\w+)"/.exec(text)?.slice(1).find(Boolean)]
}

export function firstOf<T>(list: readonly T[]): T {
  const [first] = list
  if (first === undefined) throw new Error('Nothing is there.')
  return first
}
