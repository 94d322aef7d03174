import { describe, expect, it } from 'vitest'
import { Views, type Viewing } from '../../../main/engine/engagement/views.ts'
import type { Database } from '../../../main/platform/database/index.ts'
import { newDatabase } from '../../support/database.ts'
import { SharedLibrary } from '../../support/shared-library.ts'

async function library() {
  const database = await newDatabase()
  const shared = new SharedLibrary(database)
  const [one, other] = [shared.file(shared.owner), shared.file(shared.owner)]
  return { database, views: new Views(database, () => undefined), one, other }
}

const viewing = (videoId: string, more: Partial<Viewing> = {}): Viewing => ({
  ...{ videoId, sessionId: 'session', viewerKey: 'user 1', watchSeconds: 10, completionPercentage: 20 },
  device: { device: 'desktop', browser: 'Firefox', os: 'Linux' },
  place: { country: 'DE', city: null },
  ...more,
})

const rows = (database: Database) =>
  database
    .prepare<{ watch_seconds: number; completion: number }>('SELECT watch_seconds, completion FROM views ORDER BY id')
    .all()

describe('a report of somebody who watches', () => {
  it('raises what one session watched and never takes any of it back', async () => {
    const { database, views, one } = await library()
    expect(views.track(viewing(one))).toEqual({ sessionId: 'session', isNew: true })
    const later = [
      { watchSeconds: 30, completionPercentage: 15 },
      { watchSeconds: 5, completionPercentage: 60 },
      { watchSeconds: 0, completionPercentage: 0 },
    ]
    for (const more of later) expect(views.track(viewing(one, more))).toMatchObject({ isNew: false })
    expect(rows(database)).toEqual([{ watch_seconds: 30, completion: 60_000_000 }])
  })

  it('without a session is a view of its own', async () => {
    const { database, views, one } = await library()
    const ids = [1, 2].map(() => views.track(viewing(one, { sessionId: null })))
    expect(ids.map(({ isNew }) => isNew)).toEqual([true, true])
    expect(ids[0]?.sessionId).not.toBe(ids[1]?.sessionId)
    expect(rows(database)).toHaveLength(2)
  })

  it('of one session for two videos is two views', async () => {
    const { database, views, one, other } = await library()
    expect([one, other].map((videoId) => views.track(viewing(videoId)).isNew)).toEqual([true, true])
    expect(rows(database)).toHaveLength(2)
  })

  it('of a clock that was set back is counted as such, once for each new view', async () => {
    const { views, one } = await library()
    views.track(viewing(one, { sessionId: 'a' }), 2000)
    views.track(viewing(one, { sessionId: 'b' }), 2000)
    expect(views.rewinds).toBe(0)
    views.track(viewing(one, { sessionId: 'c' }), 1999)
    views.track(viewing(one, { sessionId: 'a' }), 1)
    expect(views.rewinds).toBe(1)
    views.track(viewing(one, { sessionId: 'd' }), 2001)
    expect(views.rewinds).toBe(1)
  })
})
