import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { beforeAll, expect, it } from 'vitest'
import { listVideos } from '../../main/contract/index.ts'
import { CRASH_POINTS } from '../../main/platform/files/index.ts'
import { filesBelow } from '../engine/maintenance/damage.ts'
import { ask, openEngine } from '../support/engine.ts'
import { KEY, makeLibrary } from '../support/filled-library.ts'
import { padFilm } from '../support/padded-film.ts'
import { randomFrom } from '../support/random.ts'
import { isLong, repeats } from '../support/schedule.ts'
import { folderForAll, temporaryFolder } from '../support/temporary-folder.ts'
import { Uploader } from './uploader.ts'
import { Victim } from './victim.ts'

/** `FIELDREEL_KILLS` and `FIELDREEL_SEED` choose others. */
const KILLS = repeats('FIELDREEL_KILLS', { short: 3, long: 50 })
const SEED = Number(process.env['FIELDREEL_SEED'] ?? 20_261_129)
const LONGEST_MS = 900
const ENV = { ...process.env, FIELDREEL_API_KEY: KEY }

let library = ''
let folder = ''
let films: string[] = []
/** A backup of the library. */
let backup = ''

beforeAll(async () => {
  folder = await folderForAll()
  ;({ library, films } = await makeLibrary(folder, 3))
  backup = path.join(folder, 'backup')
  // `Victim` is for tests only: it ends with one.
  await promisify(execFile)(process.execPath, ['out/main/library.js', 'backup', backup, '--data', library])
}, 120_000)

interface Ended {
  readonly status: number | null
  readonly said: string
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const victim = Victim.start('library', args, env)
  const status = await victim.ended()
  return { status, said: victim.said }
}

function contentsOf(root: string): string[] {
  const all = ['objects', 'derived', 'uploads'].flatMap((below) => filesBelow(root, below))
  return all.map((file) => {
    const bytes = readFileSync(path.join(root, file))
    return `${file} ${createHash('sha256').update(bytes).digest('hex')}`
  })
}

/** Restores a backup and checks that it is the library again. */
async function expectWholeBackup(backup: string): Promise<void> {
  const root = path.join(await temporaryFolder(), 'restored')
  expect(await run(['restore', backup, '--data', root])).toMatchObject({ status: 0 })
  expect(await run(['verify', '--data', root])).toMatchObject({ status: 0 })
  expect(contentsOf(root)).toEqual(contentsOf(library))
}

const POINTS = CRASH_POINTS.filter((point) => /^(backup|restore)\./.test(point))
/** Each point once, in the midst of the objects; `npm run test:long` also cuts off at the first and at a late one. */
const CUTS = POINTS.flatMap((point) => {
  if (!point.endsWith('object-copied')) return [point]
  return isLong ? [point, `${point}:2`, `${point}:7`] : [`${point}:2`]
})
/** How often a library is backed up, restored and verified while a server works on it. */
const BACKUPS_AT_WORK = isLong ? 4 : 2

it.each(CUTS.filter((cut) => cut.startsWith('backup')))('backs up whole after it was cut off at %s', async (cut) => {
  const backup = path.join(await temporaryFolder(), 'backup')
  const { status } = await run(['backup', backup, '--data', library], { FIELDREEL_CRASH_AT: cut })
  expect(status).toBe(null)
  expect(existsSync(path.join(backup, 'manifest.json'))).toBe(cut === 'backup.manifest-written')
  expect(await run(['backup', backup, '--data', library])).toMatchObject({ status: 0 })
  expect(filesBelow(backup, '.').filter((file) => file.startsWith('.making'))).toEqual([])
  await expectWholeBackup(backup)
})

it('keeps the backup that was there while the next one is cut off', { timeout: 90_000 }, async () => {
  const backup = path.join(await temporaryFolder(), 'backup')
  expect(await run(['backup', backup, '--data', library])).toMatchObject({ status: 0 })
  for (const point of POINTS.filter((one) => one.startsWith('backup'))) {
    await run(['backup', backup, '--data', library], { FIELDREEL_CRASH_AT: point })
    await expectWholeBackup(backup)
  }
})

it.each(CUTS.filter((cut) => cut.startsWith('restore')))('restores whole after it was cut off at %s', async (cut) => {
  const root = path.join(await temporaryFolder(), 'restored')
  const { status } = await run(['restore', backup, '--data', root], { FIELDREEL_CRASH_AT: cut })
  expect(status).toBe(null)
  const isDone = cut === 'restore.finished'
  const opened = await run(['verify', '--data', root])
  expect(opened.status).toBe(isDone ? 0 : 1)
  if (!isDone) expect(opened.said).toMatch(/not restored completely/)
  const again = await run(['restore', backup, '--data', root])
  expect(again.status).toBe(isDone ? 1 : 0)
  expect(await run(['verify', '--data', root])).toMatchObject({ status: 0 })
  expect(contentsOf(root)).toEqual(contentsOf(library))
})

it(`${KILLS} kills of backups and restores at random moments harm neither`, { timeout: 600_000 }, async () => {
  const random = randomFrom(SEED)
  const backup = path.join(await temporaryFolder(), 'backup')
  for (let kill = 0; kill < KILLS; kill += 1) {
    const victim = Victim.start('library', ['backup', backup, '--data', library])
    await pause(100 + random() * LONGEST_MS)
    await victim.kill()
    if (existsSync(path.join(backup, 'manifest.json'))) await expectWholeBackup(backup)
  }
  expect(await run(['backup', backup, '--data', library])).toMatchObject({ status: 0 })
  const root = path.join(await temporaryFolder(), 'restored')
  for (let kill = 0; kill < KILLS; kill += 1) {
    const victim = Victim.start('library', ['restore', backup, '--data', root])
    await pause(100 + random() * LONGEST_MS)
    await victim.kill()
    const isWhole = existsSync(path.join(root, 'fieldreel.db')) && !existsSync(path.join(root, 'restoring.json'))
    if (!isWhole) continue
    expect(contentsOf(root), `kill ${kill} of seed ${SEED}`).toEqual(contentsOf(library))
    rmSync(root, { recursive: true })
  }
  rmSync(root, { recursive: true, force: true })
  expect(await run(['restore', backup, '--data', root])).toMatchObject({ status: 0 })
  expect(contentsOf(root)).toEqual(contentsOf(library))
})

const ROUTES = (videoId: string) => [
  `/api/v2/videos/${videoId}/scenes`,
  `/api/v2/video-analysis/status/${videoId}`,
  `/api/v1/videos/${videoId}`,
  `/api/v1/videos/${videoId}/analytics`,
  `/api/v1/videos/${videoId}/annotations`,
  `/api/v2/videos/${videoId}/poster`,
  `/api/v2/videos/${videoId}/sprite`,
]

it(
  'backs up beside a server at work, and what is restored answers as the server does',
  { timeout: 240_000 },
  async () => {
    const data = path.join(await temporaryFolder(), 'library')
    const backup = path.join(await temporaryFolder(), 'backup')
    const server = Victim.start('serve', ['--data', data, '--port', '0'], ENV)
    const { url } = JSON.parse((await server.firstLine()) ?? '{}') as { url: string }
    const uploaders: Uploader[] = []
    let isWorking = true
    const work = async (): Promise<void> => {
      for (let film = 0; isWorking && film < 12; film += 1) {
        const file = path.join(folder, `padded ${film}.mp4`)
        await padFilm(file, 12 * 1024 * 1024 + film, film + 1)
        const uploader = new Uploader(readFileSync(file), KEY)
        uploaders.push(uploader)
        await uploader.work(url)
        await edit(url, uploader.mediaId ?? '', film)
      }
    }
    const working = work()
    for (let backups = 0; backups < BACKUPS_AT_WORK; backups += 1) {
      await pause(700)
      expect(await run(['backup', backup, '--data', data])).toMatchObject({ status: 0 })
      const root = path.join(await temporaryFolder(), 'restored')
      expect(await run(['restore', backup, '--data', root])).toMatchObject({ status: 0 })
      const verified = await run(['verify', '--data', root])
      expect(verified, verified.said).toMatchObject({ status: 0 })
    }
    isWorking = false
    await working
    for (const { mediaId } of uploaders) await analysed(url, mediaId ?? '')

    expect(await run(['backup', backup, '--data', data])).toMatchObject({ status: 0 })
    const root = path.join(await temporaryFolder(), 'restored')
    expect(await run(['restore', backup, '--data', root])).toMatchObject({ status: 0 })
    const other = Victim.start('serve', ['--data', root, '--port', '0'], ENV)
    const restored = JSON.parse((await other.firstLine()) ?? '{}') as { url: string }
    const routes = ['/api/v1/videos', '/api/v1/albums/', '/api/v1/albums', '/v1/video/tasks', '/api/v2/api-keys']
    for (const { mediaId } of uploaders) routes.push(...ROUTES(mediaId ?? ''))
    expect(uploaders.length).toBeGreaterThan(1)
    for (const route of routes) expect(await answer(restored.url, route)).toEqual(await answer(url, route))
    await server.stop()
    await other.stop()
    expect(statSync(path.join(root, 'fieldreel.db')).size).toBeGreaterThan(0)
  },
)

/** A note, a like and a view on the video, an album with it, and now and then its deletion. */
async function edit(url: string, videoId: string, film: number): Promise<void> {
  const send = (route: string, body: object, method = 'POST'): Promise<Response> =>
    fetch(`${url}${route}`, {
      method,
      headers: { ...SHOWN, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await send(`/api/v1/videos/${videoId}/annotations`, { timestamp: 0.5, title: `Note ${film}` })
  await send(`/api/v1/videos/${videoId}/track-view`, { watch_duration: 1, completion_percentage: 50 })
  const made = await send('/api/v1/albums/', { title: `Album ${film}`, visibility: 'unlisted' })
  const { album_id: albumId } = (await made.json()) as { album_id: string }
  await send(`/api/v1/albums/${albumId}/items`, { media_type: 'video', media_id: videoId })
  if (film % 4 === 3) await send(`/api/v1/videos/${videoId}`, {}, 'DELETE')
}

const SHOWN = { authorization: `Bearer ${KEY}` }

async function analysed(url: string, videoId: string): Promise<void> {
  for (;;) {
    const status = await fetch(`${url}/api/v2/video-analysis/status/${videoId}`, { headers: SHOWN })
    const { status: now } = (await status.json()) as { status?: string }
    if (now !== 'pending' && now !== 'processing' && now !== 'queued') return
    await pause(100)
  }
}

/** Status and body; signed URLs and addresses differ with every server. */
async function answer(url: string, route: string): Promise<{ route: string; status: number; body: string }> {
  const got = await fetch(`${url}${route}`, { headers: SHOWN })
  const body = Buffer.from(await got.arrayBuffer())
    .toString('latin1')
    .replaceAll(url, '')
  const plain = body
    .replaceAll(/(signature|expires|token|sig|exp)=[^"&]*/g, '$1=')
    .replaceAll(/"(last_used_at|usage_count|request_id|queried_at|generated_at)":("[^"]*"|\d+|null)/g, '"$1":0')
  return { route, status: got.status, body: plain }
}

it('goes on with an unfinished upload after a restore', async () => {
  const root = path.join(await temporaryFolder(), 'restored')
  await run(['restore', backup, '--data', root])
  const engine = await openEngine(root, ENV)
  const { videos } = await ask(engine, listVideos, {})
  expect(videos).toHaveLength(films.length)
  expect(filesBelow(root, 'uploads')).toEqual(filesBelow(library, 'uploads'))
})
