import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import {
  abortUpload,
  addImports,
  completeUpload,
  confirmPart,
  EngineError,
  getVideo,
  initiateUpload,
  listImports,
  storePart,
} from '../../../main/contract/index.ts'
import { findSources } from '../../../main/engine/uploads/import-source.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { FRIDAY } from '../../fixtures/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

const ABOUT = { filename: 'friday.mp4', contentType: 'video/mp4' as const }
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

it('a second transfer of a part never touches what the first one stored and its sender confirmed', async () => {
  const engine = await openEngine(path.join(await temporaryFolder(), 'data'))
  const bytes = await readFile(FRIDAY)
  const { mediaId, uploadId, parts } = await ask(engine, initiateUpload, { ...ABOUT, sizeBytes: bytes.length })
  const { token, partNumber, sizeBytes } = parts[0]!
  const put = (body: AsyncIterable<Uint8Array>) => ask(engine, storePart, { token, sizeBytes, contentMd5: null, body })
  let begin = (): void => undefined
  const second = new Promise<void>((resolve) => (begin = resolve))
    .then(() => put(oneByOne(Buffer.alloc(bytes.length, 7))))
    .then(
      () => 'stored',
      (error: unknown) => (error instanceof EngineError ? error.code : error),
    )
  const { etag } = await put(
    (async function* () {
      yield Buffer.from(bytes)
      await Promise.resolve()
      // All was said: while the first one is synced, the second one begins.
      setImmediate(begin)
    })(),
  )
  const confirmed = await ask(engine, confirmPart, { mediaId, uploadId, partNumber, etag, sizeBytes }).then(
    () => true,
    () => false,
  )
  // Whichever came first, a confirmation is about the bytes that are there.
  expect(await second).toBe(confirmed ? 'conflict' : 'stored')
  if (!confirmed) return
  await ask(engine, completeUpload, { mediaId, uploadId })
  expect((await ask(engine, getVideo, { videoId: mediaId })).sha256).toBe(sha256(bytes))
})

it('an abort ends a transfer at once, though its sender says nothing, and names the reason', async () => {
  const engine = await openEngine(path.join(await temporaryFolder(), 'data'))
  const { mediaId, uploadId, parts } = await ask(engine, initiateUpload, { ...ABOUT, sizeBytes: 5_000_000 })
  const { token, sizeBytes } = parts[0]!
  const body = (async function* () {
    yield Buffer.alloc(1000)
    await pause(60_000, null, { ref: false })
  })()
  const put = ask(engine, storePart, { token, sizeBytes, contentMd5: null, body }).catch((error: unknown) => error)
  await pause(200)
  const began = performance.now()
  await ask(engine, abortUpload, { mediaId, uploadId })
  expect(await put).toMatchObject({ code: 'not_found' })
  expect(performance.now() - began).toBeLessThan(5000)
})

it('an import whose end was not written down needs its file no more', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const film = path.join(folder, 'friday.mp4')
  await copyFile(FRIDAY, film)
  const first = await openEngine(data)
  await ask(first, addImports, { paths: [film] })
  const list = async (engine: typeof first) => (await ask(engine, listImports, {})).imports
  await until('the import', async () => (await list(first))[0]?.status === 'completed')
  await first.close()
  // As a kill leaves it between the last two transactions.
  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  database.prepare(`UPDATE imports SET status = 'waiting', finished_at = NULL`).run()
  database.close()
  await rm(film)
  const second = await openEngine(data)
  await until('its end', async () => (await list(second))[0]?.status === 'completed')
})

it('a folder that may not be read hides no other one', async () => {
  const card = path.join(await temporaryFolder(), 'card')
  await mkdir(path.join(card, 'DCIM'), { recursive: true })
  await mkdir(path.join(card, 'PRIVATE'))
  await copyFile(FRIDAY, path.join(card, 'DCIM', 'one.mp4'))
  for (const folder of [path.dirname(card), card, path.join(card, 'DCIM')]) await chmod(folder, 0o755)
  await chmod(path.join(card, 'PRIVATE'), 0)
  // An administrator may read everything: for a moment we are nobody.
  const isRoot = process.getuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  const found = await findSources(card).finally(() => isRoot && process.seteuid?.(0))
  expect(found.sources.map((source) => path.basename(source.path))).toEqual(['one.mp4'])
  expect(found.refused).toEqual([
    { path: path.join(card, 'PRIVATE'), reason: 'PRIVATE cannot be read. Check its permissions.' },
  ])
})

async function* oneByOne(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) {
    await Promise.resolve()
    yield Buffer.from(bytes.subarray(at, at + 65_536))
  }
}
