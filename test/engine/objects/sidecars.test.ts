import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import type { Engine } from '../../../main/compose.ts'
import {
  createApiKey,
  deleteVideo,
  restoreVideo,
  updateCatalogueVideo,
  updateVideo,
} from '../../../main/contract/index.ts'
import { isIntact, readSidecar, writeSidecar } from '../../../main/engine/objects/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { addFilm, beginUpload, makeFilm, objectFile, sendParts, uploadBytes } from '../../support/kept-library.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'
import { describeAs } from '../../support/library-rows.ts'

// Whole engines with ffmpeg: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 120_000 })

const newData = async (): Promise<string> => path.join(await temporaryFolder(), 'data')
const sidecarFile = (data: string, sha256: string): string => `${objectFile(data, sha256)}.json`

interface Told {
  sha256: string
  sizeBytes: number
  videos: Array<Record<string, unknown>>
}

async function told(data: string, sha256: string): Promise<Told> {
  return JSON.parse(await readFile(sidecarFile(data, sha256), 'utf8')) as Told
}

async function comesToSay(data: string, sha256: string, what: Record<string, unknown>): Promise<void> {
  await until(JSON.stringify(what), async () => {
    const [video] = (await told(data, sha256)).videos
    return Object.entries(what).every(([name, value]) => JSON.stringify(video?.[name]) === JSON.stringify(value))
  })
}

function change(data: string, sql: string, parameters: Record<string, string | number> = {}): void {
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  database.prepare(sql).run(parameters)
  database.close()
}

it('lies beside an object when its upload is answered, and says all that a person gave it', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const film = await addFilm(engine, {
    seed: 21,
    title: 'Tor 7 – ‏مرحبا "q" \\ \n',
    filename: 'Ost\u202e4pm.mp4',
    tags: ['gate', 'Süd'],
    custom: { site: 'north', '': '{"' },
  })
  expect(await told(data, film.sha256)).toMatchObject({
    sha256: film.sha256,
    sizeBytes: film.bytes.length,
    videos: [
      {
        id: film.mediaId,
        owner: 'owner',
        title: 'Tor 7 – ‏مرحبا "q" \\',
        filename: 'Ost\u202e4pm.mp4',
        contentType: 'video/mp4',
        tags: ['gate', 'Süd'],
        custom: { site: 'north', '': '{"' },
        deletedAt: null,
      },
    ],
  })
})

it('follows every change of a video, by every transport', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const { mediaId: videoId, sha256 } = await addFilm(engine, { seed: 22 })
  await ask(engine, updateVideo, { videoId, title: 'New title' })
  await comesToSay(data, sha256, { title: 'New title' })
  await ask(engine, updateVideo, { videoId, tags: ['one', 'two'] })
  await comesToSay(data, sha256, { title: 'New title', tags: ['one', 'two'] })
  await ask(engine, updateCatalogueVideo, { videoId, title: 'From the catalogue' })
  await comesToSay(data, sha256, { title: 'From the catalogue' })
  await ask(engine, deleteVideo, { videoId })
  await until('the deletion', async () => (await told(data, sha256)).videos[0]?.['deletedAt'] !== null)
  await ask(engine, restoreVideo, { videoId })
  await comesToSay(data, sha256, { deletedAt: null })
})

it('names every video of the same bytes, and goes with the last of them', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const first = await addFilm(engine, { seed: 23, title: 'First' })
  const { sha256 } = first
  await uploadBytes(engine, first.bytes, { title: 'Second' })
  expect((await told(data, sha256)).videos.map(({ title }) => title)).toEqual(['First', 'Second'])
  await engine.close()
  const long = Date.now() - 3_600_000
  change(data, `UPDATE media SET deleted_at = :long WHERE title = 'First'`, { long })
  const again = await openEngine(data)
  await until('one left', async () => (await told(data, sha256)).videos.length === 1)
  expect((await told(data, sha256)).videos[0]).toMatchObject({ title: 'Second' })
  await again.close()
  change(data, 'UPDATE media SET deleted_at = :long', { long })
  await openEngine(data)
  expect(await readdir(path.dirname(objectFile(data, sha256)))).toEqual([])
})

it('is written at the next start when a crash came before it was', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const { sha256 } = await addFilm(engine, { seed: 24 })
  await engine.close()
  // The commit came through, the file did not.
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  describeAs(database, { title: 'Committed' })
  database.close()
  expect((await told(data, sha256)).videos[0]).toMatchObject({ title: 'film' })
  await openEngine(data)
  await comesToSay(data, sha256, { title: 'Committed' })
})

it('is written for a library that had none', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const films = [await addFilm(engine, { seed: 25 }), await addFilm(engine, { seed: 26 })]
  await engine.close()
  for (const { sha256 } of films) await rm(sidecarFile(data, sha256))
  change(data, 'INSERT INTO stale_sidecars (sha256) SELECT DISTINCT sha256 FROM media')
  await openEngine(data)
  for (const { sha256, mediaId } of films) {
    await until('it', () => readSidecar(sidecarFile(data, sha256), sha256))
    expect((await told(data, sha256)).videos[0]).toMatchObject({ id: mediaId })
  }
})

it('keeps a video that an older database does not have, and drops one that was deleted', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const { mediaId: videoId, sha256, bytes } = await addFilm(engine, { seed: 27, title: 'Known' })
  await uploadBytes(engine, bytes, { title: 'Unheard of' })
  await engine.close()
  // As an older copy of the database would be: without the second, which was never removed.
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  database.prepare(`DELETE FROM object_refs WHERE description ->> '$.title' = 'Unheard of'`).run()
  database.prepare(`DELETE FROM media WHERE title = 'Unheard of'`).run()
  database.close()
  const again = await openEngine(data)
  await ask(again, updateVideo, { videoId, title: 'Renamed' })
  await comesToSay(data, sha256, { title: 'Renamed' })
  expect((await told(data, sha256)).videos.map(({ title }) => title)).toEqual(['Renamed', 'Unheard of'])
})

it('holds no key, secret or token, nor does the note beside an upload', async () => {
  const data = await newData()
  const key = 'fieldreel_key_that_must_not_be_written_down'
  const engine = await openEngine(data, { ...process.env, FIELDREEL_API_KEY: key })
  const { apiKey } = await ask(engine, createApiKey, { name: 'x', scopes: ['read'], userName: 'Anna' })
  const film = await addFilm(engine, { seed: 28 })
  const { bytes } = await makeFilm({ seed: 29 })
  const plan = await beginUpload(engine, bytes)
  await sendParts(engine, plan, bytes)
  await engine.close()
  const secrets = await secretsOf(data)
  expect(secrets.length).toBeGreaterThanOrEqual(2)
  const folder = path.join(data, 'uploads', plan.mediaId)
  const files = [sidecarFile(data, film.sha256), path.join(folder, 'upload.json'), path.join(folder, 'parts')]
  for (const file of files) {
    const text = await readFile(file, 'utf8')
    const hidden = [key, apiKey, ...plan.parts.map(({ token }) => token), ...secrets]
    for (const secret of hidden) expect(text, file).not.toContain(secret)
    expect((await stat(file)).mode & 0o077, file).toBe(0)
  }
})

/** What links are signed with, and viewers counted by. */
async function secretsOf(data: string): Promise<string[]> {
  const text = await readFile(path.join(data, 'secrets.json'), 'utf8')
  return Object.values((JSON.parse(text) as { secrets: Record<string, string> }).secrets)
}

it('is not written through a link that leads out of the library', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const { sha256, mediaId: videoId } = await addFilm(engine, { seed: 30 })
  const outside = path.join(await temporaryFolder(), 'target')
  await writeFile(outside, 'untouched')
  await engine.close()
  // In the place of the half-written file, and of the file itself.
  await symlink(outside, `${sidecarFile(data, sha256)}.new`)
  await rm(sidecarFile(data, sha256))
  await symlink(outside, sidecarFile(data, sha256))
  const again = await openEngine(data)
  await ask(again, updateVideo, { videoId, title: 'Again' })
  await until('a file of its own', () => readSidecar(sidecarFile(data, sha256), sha256))
  await comesToSay(data, sha256, { title: 'Again' })
  expect(await readFile(outside, 'utf8')).toBe('untouched')
})

it('says what the last of many changes in a row said', async () => {
  const data = await newData()
  const engine = await openEngine(data)
  const films = [await addFilm(engine, { seed: 31 }), await addFilm(engine, { seed: 32 })]
  const writes = await writesOf(
    engine,
    films.map(({ mediaId }) => mediaId),
  )
  for (const { sha256 } of films) await comesToSay(data, sha256, { title: `Title ${writes}` })
})

async function writesOf(engine: Engine, videoIds: readonly string[]): Promise<number> {
  const most = 100
  for (let change = 1; change <= most; change += 1) {
    for (const videoId of videoIds) await ask(engine, updateVideo, { videoId, title: `Title ${change}` })
  }
  return most
}

it('is known to be intact only as it was written, to the byte', () => {
  const video = { id: null, owner: null, title: 'Tor “7” \\n', filename: null, contentType: null } as const
  const times = { tags: ['"checksum": "'], custom: {}, createdAt: 0, deletedAt: null }
  const text = writeSidecar({ sha256: 'a'.repeat(64), sizeBytes: 7, videos: [{ ...video, ...times }] })
  expect(isIntact(text)).toBe(true)
  const bytes = Buffer.from(text)
  for (const at of bytes.keys()) {
    for (const bit of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const flipped = Buffer.from(bytes)
      flipped[at] = flipped[at]! ^ (1 << bit)
      expect(isIntact(flipped.toString('utf8')), `bit ${bit} of byte ${at}`).toBe(false)
    }
    expect(isIntact(bytes.subarray(0, at).toString('utf8')), `cut at ${at}`).toBe(false)
  }
  for (const other of ['', '{}\n', text + text, `${text}\n`, JSON.stringify(JSON.parse(text))])
    expect(isIntact(other)).toBe(false)
})

it('reads nothing out of what is no sidecar', async () => {
  const folder = await temporaryFolder()
  const file = path.join(folder, 'x.json')
  const sha256 = 'a'.repeat(64)
  expect(await readSidecar(file, sha256)).toBeNull()
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"sha256":1}',
    JSON.stringify({ sha256: 'b'.repeat(64), videos: [] }),
  ]) {
    await writeFile(file, text)
    expect(await readSidecar(file, sha256), text).toBeNull()
  }
  await writeFile(file, `{"sha256":"${sha256}","videos":[${' '.repeat(5_000_000)}]}`)
  expect(await readSidecar(file, sha256)).toBeNull()
  await rm(file)
  await mkdir(file)
  expect(await readSidecar(file, sha256)).toBeNull()
})
