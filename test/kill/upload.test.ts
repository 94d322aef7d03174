import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { padFilm } from '../support/padded-film.ts'
import { randomFrom } from '../support/random.ts'
import { repeats } from '../support/schedule.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { confirmedParts, expectWhole, sha256Of, withDatabase } from './library-check.ts'
import { Uploader } from './uploader.ts'
import { Victim } from './victim.ts'

/** With as many in import.test.ts, 200 in the long run. `FIELDREEL_KILLS` and `FIELDREEL_SEED` choose others. */
const KILLS = repeats('FIELDREEL_KILLS', { short: 5, long: 100 })
const SEED = Number(process.env['FIELDREEL_SEED'] ?? 20_261_122)
const MIB = 1024 * 1024
const KEY = 'fieldreel_test_key_of_the_kill_schedule'
/** From the start of a process to its end: from before it opens its library to well after it has something to lose. */
const LONGEST_MS = 1600

it(`${KILLS} kills lose nothing that an upload over HTTP was answered`, { timeout: 900_000 }, async () => {
  const random = randomFrom(SEED)
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  await mkdir(data)
  const films: Array<{ file: string; uploader: Uploader }> = []
  const nextFilm = async (): Promise<void> => {
    const file = path.join(folder, `${films.length}.mp4`)
    await padFilm(file, Math.round((25 + random() * 60) * MIB), films.length + 1)
    films.push({ file, uploader: new Uploader(await readFile(file), KEY) })
  }
  const serve = () => Victim.start('serve', ['--data', data, '--port', '0'], { FIELDREEL_API_KEY: KEY })
  let confirmed = new Map<string, number>()

  for (let kill = 0; kill < KILLS; kill += 1) {
    if (films.every(({ uploader }) => uploader.isComplete)) await nextFilm()
    const victim = serve()
    const death = pause(50 + random() * LONGEST_MS).then(() => victim.kill())
    const work = async (): Promise<void> => {
      const line = await victim.firstLine()
      if (line === null) return
      const { url } = JSON.parse(line) as { url: string }
      for (const { uploader } of films) await uploader.check(url)
      for (const { uploader } of films) if (!uploader.isComplete) await uploader.work(url)
    }
    await work().catch((error: unknown) => {
      // Only the death of the server excuses a failure.
      if (isNetworkError(error)) return
      throw new Error(`kill ${kill} of seed ${SEED}: ${victim.said}`, { cause: error })
    })
    await death
    const now = withDatabase(data, confirmedParts)
    for (const [part, at] of confirmed) expect(now.get(part), `part ${part} after kill ${kill}`).toBe(at)
    confirmed = now
  }

  const victim = serve()
  const { url } = JSON.parse((await victim.firstLine()) ?? '{}') as { url: string }
  for (const { uploader } of films) {
    await uploader.check(url)
    if (!uploader.isComplete) await uploader.work(url)
  }
  await until('all jobs to end', () => allDone(url, films), 120_000)
  await victim.stop()
  await expectUploadsOf(data, films)
})

function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message)
}

async function allDone(url: string, films: ReadonlyArray<{ uploader: Uploader }>): Promise<boolean> {
  for (const { uploader } of films) {
    const status = await fetch(`${url}/api/v2/video-analysis/status/${uploader.mediaId}`, {
      headers: { authorization: `Bearer ${KEY}` },
    })
    const job = (await status.json()) as { status: string; error_message: string | null }
    expect(job.status, job.error_message ?? '').not.toBe('failed')
    if (job.status !== 'completed') return false
  }
  return true
}

/** Every film is there once, byte for byte; an upload whose very first answer got lost may wait for its expiry. */
async function expectUploadsOf(
  data: string,
  films: ReadonlyArray<{ file: string; uploader: Uploader }>,
): Promise<void> {
  const known = new Set(films.map(({ uploader }) => uploader.mediaId))
  withDatabase(data, (database) => {
    const forget = database.prepare(`UPDATE uploads SET expires_at = 1, updated_at = 1 WHERE media_id = :mediaId`)
    const open = database.prepare<{ media_id: string }>(`SELECT media_id FROM uploads WHERE status = 'uploading'`).all()
    for (const { media_id: mediaId } of open) {
      expect(known.has(mediaId)).toBe(false)
      forget.run({ mediaId })
    }
  })
  const sweeper = Victim.start('serve', ['--data', data, '--port', '0'], { FIELDREEL_API_KEY: KEY })
  await sweeper.firstLine()
  await sweeper.stop()
  await expectWhole(data)
  const stored = withDatabase(data, (database) =>
    database.prepare<{ id: string; sha256: string }>('SELECT id, sha256 FROM media').all(),
  )
  const expected = await Promise.all(
    films.map(async ({ file, uploader }) => ({ id: uploader.mediaId, sha256: await sha256Of(file) })),
  )
  const byId = (one: { id: string | null }, other: { id: string | null }) => (one.id! < other.id! ? -1 : 1)
  expect(stored.toSorted(byId)).toEqual(expected.toSorted(byId))
}
