import { cp, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import BetterSqlite3 from 'better-sqlite3'
import { openEngine } from '../support/engine.ts'
import { type FilledLibrary, fillLibrary, KEY } from '../support/filled-library.ts'

let folder = ''
let library: FilledLibrary

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'fieldreel-rows-'))
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

it('a library is filled', { timeout: 120_000 }, async () => {
  library = await fillLibrary(folder)
})

const one = (id: keyof FilledLibrary, before: string, after = '') => [before, id, after] as const
const VIDEO = one('videoId', '/api/v1/videos/')
const SCENES = one('videoId', '/api/v2/videos/', '/scenes')
const NOTES = one('videoId', '/api/v1/videos/', '/analytics')

/** What is overwritten, and the list that has to be answered all the same. */
const ROWS: [table: string, column: string, value: string | number, list: string][] = [
  ['media', 'tags', '{"not a list', '/api/v1/videos/'],
  ['media', 'tags', '{}', '/api/v1/videos/'],
  ['media', 'custom', '[1', '/api/v1/videos/'],
  ['media', 'metadata', 'noise', '/api/v1/videos/'],
  ['media', 'metadata', 'null', '/api/v1/videos/'],
  ['media', 'sprite', '"x', '/api/v1/videos/'],
  ['media', 'content_type', 'noise', '/api/v1/videos/'],
  ['media', 'created_at', 9e18, '/api/v1/videos/'],
  ['media', 'created_at', -9e18, '/api/v1/videos/'],
  ['scenes', 'tags', 'noise', '/api/v1/videos/'],
  ['scenes', 'transition', 'noise', '/api/v1/videos/'],
  ['scenes', 'created_at', 9e18, '/api/v1/videos/'],
  ['api_keys', 'metadata', 'noise', '/api/v2/api-keys'],
  ['albums', 'created_at', 9e18, '/api/v1/albums/'],
  ['jobs', 'request', 'noise', '/api/v1/videos/'],
  ['jobs', 'created_at', -9e18, '/api/v1/videos/'],
  ['detections', 'candidates', 'noise', '/api/v1/videos/'],
  ['settings', 'value', 'noise', '/api/v1/videos/'],
]

it.each(ROWS)('%s.%s holding %j harms that one thing only', { timeout: 60_000 }, async (table, column, value, list) => {
  const data = path.join(folder, 'overwritten')
  await cp(library.data, data, { recursive: true })
  try {
    overwrite(path.join(data, 'fieldreel.db'), table, column, value)
    const engine = await openEngine(data, { ...process.env, FIELDREEL_API_KEY: KEY })
    expect(engine.state).toBe('good')
    const { url } = await engine.serve({ host: '127.0.0.1', port: 0 })
    const ask = async (asked: string): Promise<number> => {
      const answer = await fetch(url + asked, { headers: { authorization: `Bearer ${KEY}` } })
      const text = await answer.text()
      if (answer.status !== 200)
        expect([answer.status, text.toLowerCase()]).toEqual([503, expect.stringMatching(/damaged|unavailable/)])
      return answer.status
    }
    expect(await ask(list)).toBe(200)
    for (const [before, id, after] of [VIDEO, SCENES, NOTES]) await ask(before + library[id] + after)
    await ask(`/api/v2/video-analysis/status/${library.videoId}`)
    await engine.close()
  } finally {
    await rm(data, { recursive: true, force: true })
  }
})

/** As a disk would: past every check of ours. */
function overwrite(file: string, table: string, column: string, value: string | number): void {
  const connection = new BetterSqlite3(file)
  connection.function('fold', { deterministic: true }, (text: unknown) => text)
  connection.pragma('ignore_check_constraints = ON')
  const stored = typeof value === 'number' ? BigInt(value) : value
  expect(connection.prepare(`UPDATE ${table} SET ${column} = :stored`).run({ stored }).changes).toBeGreaterThan(0)
  connection.close()
}
