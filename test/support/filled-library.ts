import { createHash, randomBytes } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  addAlbumItem,
  addImports,
  createAlbum,
  createAnnotation,
  createApiKey,
  likeVideo,
  listImports,
  listVideos,
  PART_BYTES,
  unlikeVideo,
  type Video,
} from '../../main/contract/index.ts'
import { compose, type Engine } from '../../main/compose.ts'
import { drawShots } from './clips.ts'
import { FRIDAY } from '../fixtures/clips.ts'
import { ask, openEngine } from './engine.ts'
import { until } from './until.ts'

export const KEY = 'fieldreel_test_key_of_a_filled_library'

/**
 * A library of some films with everything that is made from them, and an upload of three parts of which two arrived.
 * Nobody has it open. For `beforeAll`.
 */
export async function makeLibrary(folder: string, count: number) {
  const library = path.join(folder, 'library')
  const films = await drawFilms(folder, count)
  const env = { ...process.env, FIELDREEL_API_KEY: KEY }
  const options = { workersFolder: path.resolve('out/main'), version: '0.0.0-test', logToStderr: false, env }
  const engine = await compose({ data: library, ...options })
  try {
    await importAll(engine, films)
    const server = await engine.serve({ host: '127.0.0.1', port: 0, tls: false })
    const uploadId = await beginUpload(server.url, randomBytes(2.5 * PART_BYTES), 2)
    await server.close()
    return { library, films, uploadId }
  } finally {
    await engine.close()
  }
}

/** Draws small films of two shots each; the last one is of a kind that needs a preview copy. @returns their paths. */
export async function drawFilms(folder: string, films: number): Promise<string[]> {
  const paths: string[] = []
  for (let film = 0; film < films; film += 1) {
    // Films of one length would be one film.
    const shots = { shots: 2, secondsEach: 1 + film / 25 }
    const isLast = film === films - 1
    const file = path.join(folder, `film ${film}.${isLast ? 'avi' : 'mp4'}`)
    paths.push(await drawShots(file, isLast ? { ...shots, codecs: ['-c:v', 'mpeg4', '-g', '5'] } : shots))
  }
  return paths
}

/** Imports files and waits until nothing is left to do. @returns all videos. */
export async function importAll(engine: Engine, paths: readonly string[]): Promise<Video[]> {
  await ask(engine, addImports, { paths: [...paths] })
  await until('the imports', async () => {
    const { imports } = await ask(engine, listImports, {})
    return imports.every(({ status }) => status === 'completed' || status === 'failed')
  })
  return await untilDone(engine)
}

/** Waits until no job is left. @returns all videos. */
export async function untilDone(engine: Engine): Promise<Video[]> {
  return await until(
    'the jobs',
    async () => {
      const { videos } = await ask(engine, listVideos, { limit: 100 })
      return videos.every((one) => one.activities.length === 0 && one.sceneCount > 0 && one.playableUrl) && videos
    },
    60_000,
  )
}

/** Begins an upload over HTTP and confirms the first `parts` of its parts. @returns its id. */
export async function beginUpload(url: string, bytes: Buffer, parts: number): Promise<string> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
  const post = async (pathname: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v2${pathname}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${pathname}: ${answer.status} ${await answer.text()}`)
    return await answer.json()
  }
  const about = { filename: 'card.mp4', content_type: 'video/mp4', size_bytes: bytes.length }
  const plan = (await post('/video-uploads/initiate', about)) as {
    media_id: string
    upload_id: string
    chunks: { chunk_number: number; size_bytes: number; upload_url: string }[]
  }
  for (const { chunk_number, size_bytes, upload_url } of plan.chunks.slice(0, parts)) {
    const start = (chunk_number - 1) * PART_BYTES
    const body = Uint8Array.from(bytes.subarray(start, start + size_bytes))
    const stored = await fetch(upload_url, { method: 'PUT', body })
    const etag = (stored.headers.get('etag') ?? '').replaceAll('"', '')
    const { media_id, upload_id } = plan
    await post('/video-uploads/chunks/confirm', { media_id, upload_id, chunk_number, size_bytes, etag })
  }
  return plan.media_id
}

/** A small library with something in most of its tables. */
export interface FilledLibrary {
  readonly data: string
  readonly videoId: string
  readonly albumId: string
  /** A copy of the database from before the video was there. */
  readonly older: string
}

/** Makes one below `folder`, and closes it. */
export async function fillLibrary(folder: string): Promise<FilledLibrary> {
  const data = path.join(folder, 'filled')
  const env = { ...process.env, FIELDREEL_API_KEY: KEY }
  const first = await openEngine(data, env)
  await first.close()
  const older = path.join(folder, 'older.db')
  copyFileSync(path.join(data, 'fieldreel.db'), older)
  const engine = await openEngine(data, env)
  const [video] = await importAll(engine, [FRIDAY])
  const videoId = video?.videoId ?? ''
  const albumId = await fill(engine, videoId)
  await engine.close()
  return { data, videoId, albumId, older }
}

async function fill(engine: Engine, videoId: string): Promise<string> {
  const { albumId } = await ask(engine, createAlbum, { title: 'East gate', visibility: 'public' })
  await ask(engine, addAlbumItem, { albumId, mediaType: 'video', mediaId: videoId })
  for (let note = 0; note < 60; note += 1) {
    const about = { timestamp: note / 100, title: `Note ${note}`, description: 'A crack in the wall. '.repeat(8) }
    await ask(engine, createAnnotation, { videoId, ...about, type: 'info' })
  }
  for (let like = 0; like < 10; like += 1) {
    await ask(engine, likeVideo, { videoId })
    await ask(engine, unlikeVideo, { videoId })
  }
  for (let key = 0; key < 10; key += 1) {
    await ask(engine, createApiKey, { name: `Key ${key}`, scopes: ['read'] })
  }
  return albumId
}

/** What every file of footage in a library holds, quarantine included: the sha-256 of each. */
export async function footageOf(data: string): Promise<string[]> {
  const found: string[] = []
  for (const part of ['objects', 'quarantine']) {
    const entries = await readdir(path.join(data, part), { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (!entry.isFile() || !/[0-9a-f]{64}/.test(entry.name) || entry.name.endsWith('.json')) continue
      const bytes = await readFile(path.join(entry.parentPath, entry.name))
      found.push(createHash('sha256').update(bytes).digest('hex'))
    }
  }
  return found.toSorted()
}

/** What can be asked of it with GET, in every dialect. */
export function pathsOf({ videoId, albumId }: FilledLibrary): string[] {
  return [
    '/healthz',
    '/openapi.json',
    `/albums/${albumId}`,
    ...['/api-keys', `/videos/${videoId}/scenes`, `/video-analysis/status/${videoId}`, `/videos/${videoId}/file`].map(
      (rest) => `/api/v2${rest}`,
    ),
    ...['', '/analytics', '/analytics/aggregated', '/analytics/devices', '/analytics/geography'].map(
      (rest) => `/api/v1/videos/${videoId}${rest}`,
    ),
    ...['/videos/', '/albums/', `/albums/${albumId}`, '/showcase-videos/showcase'].map((rest) => `/api/v1${rest}`),
    `/api/v1/showcase-videos/${videoId}/annotations`,
    '/v1/video/tasks',
  ]
}
