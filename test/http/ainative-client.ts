import { beforeAll } from 'vitest'
import { json, OWNER, type LiveServer } from './live-server.ts'

export const NOBODYS = '550e8400-e29b-41d4-a716-446655440000'

export interface VideoBody {
  readonly video_id: string
  readonly id: string
  readonly title: string
  readonly video_url: string | null
  readonly thumbnail_url: string | null
  readonly user_id: string
  readonly [field: string]: unknown
}

export interface VideosBody {
  readonly videos: VideoBody[]
  readonly total: number
  readonly page: number
  readonly limit: number
}

/** One user of the published API: it knows nothing but HTTP. Without a key it is nobody. */
export class AinativeClient {
  constructor(
    private readonly server: LiveServer,
    readonly key: string | null,
  ) {}

  send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return fetch(`${this.server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }

  async status(method: string, path: string, body?: unknown): Promise<number> {
    const answer = await this.send(method, path, body)
    await answer.arrayBuffer()
    return answer.status
  }

  async ask<T>(method: string, path: string, body?: unknown, status = 200): Promise<T> {
    return await json<T>(this.send(method, path, body), status)
  }

  /** Registers a video of this user's. */
  async register(more: object = {}): Promise<VideoBody> {
    return await this.ask<VideoBody>('POST', '/videos/', { title: 'A talk', ...more }, 201)
  }
}

/** The owner of the library, two other users, and nobody. */
export interface People {
  readonly owner: AinativeClient
  readonly ana: AinativeClient
  readonly ben: AinativeClient
  readonly nobody: AinativeClient
}

/** The people of a live server, with keys that cannot administrate but for the owner's. */
export function peopleOf(server: LiveServer): People {
  const people: { -readonly [name in keyof People]?: People[name] } = {}
  beforeAll(async () => {
    people.owner = new AinativeClient(server, OWNER)
    people.nobody = new AinativeClient(server, null)
    people.ana = new AinativeClient(server, await keyFor(server, 'ana'))
    people.ben = new AinativeClient(server, await keyFor(server, 'ben'))
  })
  return new Proxy({} as People, { get: (_target, name) => people[name as keyof People] })
}

async function keyFor(server: LiveServer, user_name: string): Promise<string> {
  const body = { name: `${user_name}'s`, user_name, scopes: ['read', 'write'] }
  return (await json<{ api_key: string }>(server.send('/api-keys', body), 201)).api_key
}
