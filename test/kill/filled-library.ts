import { createHash } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Engine } from '../../main/compose.ts'
import {
  addAlbumItem,
  addImports,
  createAlbum,
  createAnnotation,
  createApiKey,
  latestAnalysisJob,
  likeVideo,
  listImports,
  unlikeVideo,
} from '../../main/contract/index.ts'
import { FRIDAY } from '../fixtures/clips.ts'
import { ask, openEngine } from '../support/engine.ts'
import { until } from '../support/until.ts'

export const LIBRARY_KEY = 'fieldreel_key_of_the_filled_library'

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
  const env = { ...process.env, FIELDREEL_API_KEY: LIBRARY_KEY }
  const first = await openEngine(data, env)
  await first.close()
  const older = path.join(folder, 'older.db')
  copyFileSync(path.join(data, 'fieldreel.db'), older)
  const engine = await openEngine(data, env)
  const videoId = await importFilm(engine)
  const albumId = await fill(engine, videoId)
  await engine.close()
  return { data, videoId, albumId, older }
}

async function importFilm(engine: Engine): Promise<string> {
  await ask(engine, addImports, { paths: [FRIDAY] })
  const videoId = await until('the import', async () => {
    const [one] = (await ask(engine, listImports, {})).imports
    return one?.finishedAt !== null && one?.mediaId
  })
  await until('the analysis', async () => {
    const job = await ask(engine, latestAnalysisJob, { mediaId: videoId })
    return job.completedAt !== null
  })
  return videoId
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
