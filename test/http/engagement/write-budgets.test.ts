import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Views } from '../../../main/engine/engagement/index.ts'
import { WriteBudgets } from '../../../main/engine/engagement/write-budgets.ts'
import { EngineError } from '../../../main/contract/index.ts'
import { IdempotencyStore } from '../../../main/engine/system/index.ts'
import { newDatabase } from '../../support/database.ts'
import { post, serve } from '../scripted-server.ts'

const RATES = {
  rows: {
    address: { burst: 5, perMinute: 60 },
    video: { burst: 8, perMinute: 600 },
    all: { burst: 20, perMinute: 1200 },
  },
  reports: { burst: 50, perMinute: 60 },
}
const DEVICE = { device: 'desktop', browser: 'Firefox', os: 'Linux' }

async function watching() {
  const database = await newDatabase()
  const views = new Views(database, () => undefined)
  const budgets = new WriteBudgets(RATES)
  const rows = () => database.prepare<{ count: number }>('SELECT count(*) AS count FROM views').get()?.count
  const changes = database.prepare<{ count: number }>('SELECT total_changes() AS count')
  const watch = (
    address: string,
    videoId: string,
    more: { sessionId?: string; watchSeconds?: number; now?: number } = {},
  ) => {
    const { sessionId = randomUUID(), watchSeconds = 1, now = 0 } = more
    const viewing = { videoId, sessionId, viewerKey: address, watchSeconds, completionPercentage: 1, device: DEVICE }
    const budget = {
      mayBegin: () => budgets.secondsUntilRow(address, videoId, now) === 0,
      begin: () => budgets.row(address, videoId, now),
    }
    try {
      return views.track({ ...viewing, place: { country: 'Local network', city: null } }, now, budget)
    } catch (error) {
      return (error as EngineError).code
    }
  }
  return { watch, rows, changes: () => changes.get()?.count ?? 0 }
}

describe('views without a key', () => {
  it('of one address are so many a minute; what is beyond counts for the last one', async () => {
    const { watch, rows } = await watching()
    const sessions = Array.from({ length: 100 }, (_, at) => watch('192.0.2.1', 'a', { watchSeconds: at }))
    expect(rows()).toBe(5)
    expect(new Set(sessions.map((tracked) => (typeof tracked === 'string' ? tracked : tracked.sessionId))).size).toBe(5)
    expect(sessions.at(-1)).toMatchObject({ isNew: false })
    expect(watch('192.0.2.1', 'a', { now: 1000 })).toMatchObject({ isNew: true })
  })

  it('of one video are so many from all addresses; a viewer who has none yet is refused', async () => {
    const { watch, rows } = await watching()
    const outcomes = Array.from({ length: 30 }, (_, at) => watch(`192.0.2.${at}`, 'a'))
    expect([rows(), outcomes.filter((outcome) => outcome === 'rate_limited').length]).toEqual([8, 22])
    expect(watch('192.0.2.29', 'b')).toMatchObject({ isNew: true })
  })

  it('that say nothing new write nothing', async () => {
    const { watch, changes } = await watching()
    const sessionId = randomUUID()
    watch('192.0.2.1', 'a', { sessionId, watchSeconds: 7 })
    const before = changes()
    for (let again = 0; again < 50; again += 1) watch('192.0.2.1', 'a', { sessionId, watchSeconds: 7 })
    expect(changes()).toBe(before)
    expect(watch('192.0.2.1', 'a', { sessionId, watchSeconds: 8 })).toEqual({ sessionId, isNew: false })
    expect(changes()).toBeGreaterThan(before)
  })

  it('of hundreds of people who begin at once behind one address all count', () => {
    const budgets = new WriteBudgets()
    for (let one = 0; one < 500; one += 1) budgets.row('192.0.2.1', `video ${one % 2}`, 0)
    expect(() => budgets.row('192.0.2.1', 'video 0', 0)).toThrow('Try again in 1 s.')
    expect(() => budgets.row('198.51.100.1', 'video 0', 0)).not.toThrow()
  })

  it('of one address are less than 100,000 in a day', () => {
    const budgets = new WriteBudgets()
    let rows = 0
    for (let second = 0; second < 86_400; second += 1) {
      while (budgets.secondsUntilRow('192.0.2.1', `video ${rows % 50}`, second * 1000) === 0) {
        budgets.row('192.0.2.1', `video ${rows % 50}`, second * 1000)
        rows += 1
      }
    }
    expect(rows).toBeGreaterThan(86_000)
    expect(rows).toBeLessThan(100_000)
  })

  it('are reported so often at most', () => {
    const budgets = new WriteBudgets(RATES)
    const report = (now: number) => () => budgets.report('192.0.2.1', now)
    for (let one = 0; one < 50; one += 1) report(0)()
    expect(report(0)).toThrow(EngineError)
    expect(report(1000)).not.toThrow()
    expect(report(1000)).toThrow('Try again in 1 s.')
  })
})

it('an answer to a caller without a key is kept nowhere, whatever Idempotency-Key it shows', async () => {
  const database = await newDatabase()
  const { url } = await serve(undefined, { answers: new IdempotencyStore(database) })
  for (const key of ['', 'no_such_key']) {
    const asked = post(key, { platform: 'x' })
    const headers = { ...(asked.headers as Record<string, string>), 'idempotency-key': randomUUID() }
    if (key === '') Reflect.deleteProperty(headers, 'authorization')
    await fetch(`${url}/api/v1/videos/${randomUUID()}/share`, { ...asked, headers })
  }
  expect(database.prepare('SELECT * FROM answers').all()).toEqual([])
})
