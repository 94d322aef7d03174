import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { padFilm } from '../support/padded-film.ts'
import { randomFrom } from '../support/random.ts'
import { repeats } from '../support/schedule.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { confirmedParts, expectWhole, sha256Of, withDatabase } from './library-check.ts'
import { Victim } from './victim.ts'

const KILLS = repeats('FIELDREEL_KILLS', { short: 5, long: 100 })
const SEED = Number(process.env['FIELDREEL_SEED'] ?? 20_261_122) + 1
const MIB = 1024 * 1024
const LONGEST_MS = 1600

it(`${KILLS} kills of imports copy nothing twice and lose nothing`, { timeout: 900_000 }, async () => {
  const random = randomFrom(SEED)
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  await mkdir(data)
  const films: string[] = []
  let confirmed = new Map<string, number>()

  for (let kill = 0; kill < KILLS; kill += 1) {
    // Two at a time, and new ones when those are in: there is always something to lose.
    if (films.length < 2 || imported(data) === films.length) {
      for (let one = 0; one < 2; one += 1) {
        const file = path.join(folder, `${films.length}.mp4`)
        films.push(await padFilm(file, Math.round((25 + random() * 60) * MIB), films.length + 1))
      }
    }
    // Copying is over in no time: every other time it is stretched, to be hit in the middle.
    const env = { FIELDREEL_SLOW_PARTS: kill % 2 === 0 ? '120' : '0' }
    const victim = Victim.start('ingest', [...films.slice(-2), '--data', data], env)
    await pause(50 + random() * LONGEST_MS)
    await victim.kill()
    const now = withDatabase(data, confirmedParts)
    for (const [part, at] of confirmed) expect(now.get(part), `part ${part} after kill ${kill}`).toBe(at)
    confirmed = now
  }

  const last = Victim.start('ingest', [...films.slice(-2), '--data', data])
  expect(await last.ended(), last.said).toBe(0)
  // Analyses of earlier films that were cut off run in any later process.
  const rest = Victim.start('serve', ['--data', data, '--port', '0'])
  await rest.firstLine()
  for (let waited = 0; openJobs(data) > 0 && waited < 120; waited += 1) await pause(1000)
  await rest.stop()
  await expectWhole(data)
  const stored = withDatabase(data, (database) =>
    database.prepare<{ sha256: string }>('SELECT sha256 FROM media ORDER BY sha256').all(),
  )
  const expected = await Promise.all(films.map(sha256Of))
  expect(stored.map(({ sha256 }) => sha256)).toEqual(expected.toSorted())
})

function imported(data: string): number {
  return withDatabase(
    data,
    (database) => database.prepare<{ count: number }>('SELECT count(*) AS count FROM media').get()?.count ?? 0,
  )
}

function openJobs(data: string): number {
  return withDatabase(
    data,
    (database) =>
      database
        .prepare<{ count: number }>(`SELECT count(*) AS count FROM jobs WHERE status IN ('pending', 'processing')`)
        .get()?.count ?? 0,
  )
}
