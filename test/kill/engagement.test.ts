import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Database } from '../../main/platform/database/index.ts'
import { randomFrom } from '../support/random.ts'
import { repeats } from '../support/schedule.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { withDatabase } from './library-check.ts'
import { Victim } from './victim.ts'

const KILLS = repeats('FIELDREEL_KILLS', { short: 3, long: 20 })
const SEED = Number(process.env['FIELDREEL_SEED'] ?? 20_261_122) + 3
const KEY = 'fieldreel_test_key_of_the_killed_views'
const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }

it(
  `after each of ${KILLS} kills amid views, likes and shares every sum is that of the rows, and what was answered is there`,
  { timeout: 300_000 },
  async () => {
    const random = randomFrom(SEED)
    const data = path.join(await temporaryFolder(), 'data')
    await mkdir(data)
    const answered = new Set<string>()
    let video: string | null = null
    for (let kill = 0; kill < KILLS; kill += 1) {
      const victim = Victim.start('serve', ['--data', data, '--port', '0'], { FIELDREEL_API_KEY: KEY })
      const { url } = JSON.parse((await victim.firstLine()) ?? '{}') as { url: string }
      const videos = `${url}/api/v1/videos`
      const send = (more: string, body: object = {}, method = 'POST') =>
        fetch(videos + more, { method, headers: HEADERS, ...(method === 'POST' ? { body: JSON.stringify(body) } : {}) })
      video ??= ((await (await send('/', { title: 'Watched' })).json()) as { video_id: string }).video_id
      const id = video
      const watch = async (worker: number): Promise<void> => {
        for (let turn = 0; ; turn += 1) {
          const report = { watch_duration: turn, completion_percentage: random() * 100 }
          const goesOn = turn % 2 === 1 && answered.size > 0 ? [...answered].at(-1) : null
          const tracked = await send(`/${id}/track-view`, { ...report, session_id: goesOn })
          answered.add(((await tracked.json()) as { session_id: string }).session_id)
          if (worker === 0) await send(`/${id}/like`, {}, turn % 3 === 2 ? 'DELETE' : 'POST')
          if (worker === 1) await send(`/${id}/share`, { platform: 'email' })
        }
      }
      // They break off with the server's death.
      const watching = [0, 1, 2, 3].map((worker) => watch(worker).catch(() => undefined))
      await pause(300 + random() * 700)
      await victim.kill()
      await Promise.all(watching)
      withDatabase(data, (database) => {
        expect(database.isSound()).toBe(true)
        const sessions = database.prepare<{ session_id: string }>('SELECT session_id FROM views').all()
        const stored = new Set(sessions.map(({ session_id }) => session_id))
        expect([...answered].filter((session) => !stored.has(session))).toEqual([])
        expectSumsOfRows(database)
      })
    }
    expect(answered.size).toBeGreaterThan(KILLS * 4)
  },
)

/** Every kept sum, against the rows that it is of, by SQL that knows nothing of how sums are kept. */
function expectSumsOfRows(database: Database): void {
  const both = `(SELECT * FROM views UNION ALL SELECT views.id, 0, session_id, viewer, started_at, reported_at, watch_seconds,
    completion, device, browser, os, country, city, before_at, library_before_at FROM views)`
  const same = (kept: string, counted: string): void => {
    expect(database.prepare(`${kept} ORDER BY 1, 2, 3`).all()).toEqual(
      database.prepare(`${counted} ORDER BY 1, 2, 3`).all(),
    )
  }
  const sums = 'count(*) AS views, sum(watch_seconds) AS watch_seconds, sum(completion) AS completion'
  same(
    'SELECT id AS audience, views, watch_seconds, completion, viewers FROM audiences WHERE views > 0',
    `SELECT audience, ${sums}, count(DISTINCT viewer) AS viewers FROM ${both} GROUP BY audience`,
  )
  same(
    'SELECT audience, slot, views, watch_seconds, completion FROM audience_slots',
    `SELECT audience, started_at / 900000 AS slot, ${sums} FROM ${both} GROUP BY 1, 2`,
  )
  same(
    'SELECT audience, device, step, views, completion FROM audience_endings WHERE views > 0',
    `SELECT audience, device, completion / 5000000 AS step, count(*) AS views, sum(completion) AS completion
       FROM ${both} GROUP BY 1, 2, 3`,
  )
  same(
    "SELECT audience, value, views FROM audience_traits WHERE trait = 'browser'",
    `SELECT audience, browser AS value, count(*) AS views FROM ${both} GROUP BY 1, 2`,
  )
  same(
    'SELECT likes, shares, 0 FROM audiences WHERE id = 1 UNION ALL SELECT likes, shares, 1 FROM audiences WHERE id = 0',
    `SELECT (SELECT count(*) FROM likes) AS likes, (SELECT count(*) FROM shares) AS shares, 0 UNION ALL
     SELECT (SELECT count(*) FROM likes), (SELECT count(*) FROM shares), 1`,
  )
}
