import { describe, expect, it } from 'vitest'
import { forgetViewers, getEngagement, trackView } from '../../../main/contract/index.ts'
import { ask } from '../../support/engine.ts'
import { randomFrom } from '../../support/random.ts'
import { AinativeClient, NOBODYS, peopleOf } from '../ainative-client.ts'
import { json, liveServer } from '../live-server.ts'

// LI-10 to LI-31, by three users and without a key.

const server = liveServer()
const people = peopleOf(server)

const FIREFOX = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0' }
const IPHONE = {
  'user-agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
}

interface Totals {
  readonly total_views: number
  readonly unique_viewers: number
  readonly [field: string]: unknown
}

async function newVideo(more: object = {}): Promise<string> {
  return (await people.ana.register(more)).video_id
}

async function track(id: string, body: object, as = people.nobody, headers: Record<string, string> = {}) {
  const answer = await as.send('POST', `/videos/${id}/track-view`, body, headers)
  expect(answer.status).toBe(200)
  return (await answer.json()) as { session_id: string }
}

const analytics = <T = Totals>(id: string, more = '') => people.ana.ask<T>('GET', `/videos/${id}/analytics${more}`)

describe('track-view', () => {
  it('counts one view a session, and keeps the most that was watched', async () => {
    const id = await newVideo()
    const { session_id } = await track(id, { watch_duration: 100, completion_percentage: 50.5 })
    expect(session_id).toMatch(/^[0-9a-f-]{36}$/)
    for (const [watch_duration, completion_percentage] of [
      [420, 20],
      [7, 73.5],
    ]) {
      const again = await track(id, { watch_duration, completion_percentage, session_id: session_id.toUpperCase() })
      expect(again).toEqual({ session_id })
    }
    expect(await analytics(id)).toEqual({
      ...{ video_id: id, total_views: 1, unique_viewers: 1, avg_watch_duration: 420, avg_completion_rate: 73.5 },
      ...{ likes: 0, shares: 0, comments_count: 0 },
    })
    expect(await people.ben.ask('GET', `/videos/${id}`)).toMatchObject({ total_views: 1 })
  })

  it.each(['user-session-123', 'ä 日本', 'S', 'x'.repeat(255), 'Case', 'case'])(
    'goes on with session %s',
    async (session_id) => {
      const id = await newVideo()
      for (const completion_percentage of [1, 40]) {
        expect(await track(id, { watch_duration: 9, completion_percentage, session_id })).toEqual({ session_id })
      }
      expect(await analytics(id)).toMatchObject({ total_views: 1, avg_completion_rate: 40 })
    },
  )

  it('begins a session where none is named, and refuses an endless name', async () => {
    const id = await newVideo()
    const body = { watch_duration: 1, completion_percentage: 1 }
    for (const none of [{}, { session_id: null }, { session_id: '' }]) {
      expect((await track(id, { ...body, ...none })).session_id).toMatch(/^[0-9a-f-]{36}$/)
    }
    const refused = await people.nobody.send('POST', `/videos/${id}/track-view`, {
      ...body,
      session_id: 'x'.repeat(256),
    })
    expect(refused.status).toBe(422)
  })

  it('takes the session of another video, or one of its own, as a new view', async () => {
    const [one, other] = [await newVideo(), await newVideo()]
    const body = { watch_duration: 1, completion_percentage: 1 }
    const { session_id } = await track(one, { ...body, session_id: null })
    expect(await track(other, { ...body, session_id })).toEqual({ session_id })
    expect(await track(one, { ...body, session_id: NOBODYS })).toEqual({ session_id: NOBODYS })
    expect([(await analytics(one)).total_views, (await analytics(other)).total_views]).toEqual([2, 1])
  })

  it('tells viewers apart by who is signed in, else by their address', async () => {
    const id = await newVideo()
    const body = { watch_duration: 10, completion_percentage: 10 }
    for (const who of [people.nobody, people.nobody, people.ana, people.ben, people.ben]) await track(id, body, who)
    expect(await analytics(id)).toMatchObject({ total_views: 5, unique_viewers: 3 })
    await ask(server.engine, forgetViewers, {})
    await track(id, body)
    await track(id, body, people.ben)
    expect(await analytics(id)).toMatchObject({ total_views: 7, unique_viewers: 4 })
  })

  it.each([
    [{ watch_duration: -1 }],
    [{ watch_duration: 1.5 }],
    [{ watch_duration: '1' }],
    [{ watch_duration: true }],
    [{ watch_duration: null }],
    [{ watch_duration: undefined }],
    [{ watch_duration: 31_536_001 }],
    [{ completion_percentage: -0.1 }],
    [{ completion_percentage: 100.1 }],
    [{ completion_percentage: '50' }],
    [{ completion_percentage: false }],
    [{ completion_percentage: undefined }],
    [{ session_id: 'x'.repeat(256) }],
    [{ session_id: 5 }],
  ])('refuses %j', async (wrong) => {
    const body = { watch_duration: 1, completion_percentage: 1, ...wrong }
    const answer = await people.nobody.send('POST', `/videos/${await newVideo()}/track-view`, body)
    const { detail } = (await answer.json()) as { detail: { loc: string[] }[] }
    expect([answer.status, detail[0]?.loc]).toEqual([422, ['body', Object.keys(wrong)[0]]])
  })

  it.each(['NaN', 'Infinity', '-Infinity', '1e999'])('refuses %s, as Python spells it', async (number) => {
    const id = await newVideo({ title: '"NaN" \\" Infinity' })
    const body = `{"watch_duration": 1, "completion_percentage": ${number}}`
    expect(await people.nobody.status('POST', `/videos/${id}/track-view`, body)).toBe(422)
    expect(await people.nobody.status('POST', `/videos/${id}/track-view`, '{"watch_duration": oops}')).toBe(400)
    expect(await people.ana.ask('GET', `/videos/${id}`)).toMatchObject({ title: '"NaN" \\" Infinity' })
  })

  it('takes the bounds, on every path spelled with a slash or without', async () => {
    const id = await newVideo()
    for (const completion_percentage of [0, 100]) {
      const answer = people.nobody.send('POST', `/videos/${id}/track-view/`, {
        watch_duration: 0,
        completion_percentage,
      })
      expect((await answer).status).toBe(200)
    }
    expect(await analytics(id)).toMatchObject({ total_views: 2, avg_watch_duration: 0, avg_completion_rate: 50 })
  })

  it('knows no video that is not there', async () => {
    const body = { watch_duration: 1, completion_percentage: 1 }
    const gone = await newVideo()
    await people.ana.status('DELETE', `/videos/${gone}`)
    for (const id of [NOBODYS, 'x', gone]) {
      for (const [method, path, sent] of [
        ['POST', 'track-view', body],
        ['POST', 'share', {}],
        ['POST', 'like', undefined],
        ['DELETE', 'like', undefined],
        ['GET', 'analytics', undefined],
      ] as const) {
        expect([path, await people.ana.status(method, `/videos/${id}/${path}`, sent)]).toEqual([path, 404])
      }
      expect(await people.nobody.status('POST', `/videos/${id}/track-view`, body)).toBe(404)
      expect(await people.nobody.status('POST', `/videos/${id}/share`)).toBe(404)
    }
  })
})

describe('likes', () => {
  it('are one a person: 409 for a second, 404 for one that is not there', async () => {
    const id = await newVideo()
    const like = `/videos/${id}/like`
    expect(await people.ben.ask('POST', like)).toEqual({
      ...{ status: 'success', message: 'Video liked successfully', total_likes: 1 },
    })
    expect(await people.ben.status('POST', like)).toBe(409)
    expect(await people.ana.ask('POST', `${like}/`, {})).toMatchObject({ total_likes: 2 })
    expect(await people.owner.status('DELETE', like)).toBe(404)
    expect(await people.ben.ask('DELETE', like)).toMatchObject({ status: 'success', total_likes: 1 })
    expect(await people.ben.status('DELETE', like)).toBe(404)
    expect(await people.nobody.status('POST', like)).toBe(401)
    expect(await people.nobody.status('DELETE', like)).toBe(401)
    expect(await people.ben.ask('GET', `/videos/${id}`)).toMatchObject({ likes: 1 })
    expect(await ask(server.engine, getEngagement, { videoId: id })).toEqual({
      ...{ totalViews: 0, likes: 1, shares: 0, likedByMe: false },
    })
  })
})

describe('shares', () => {
  it('are counted for every caller and platform', async () => {
    const id = await newVideo()
    const share = `/videos/${id}/share`
    const message = 'Video shared successfully'
    expect(await people.nobody.ask('POST', share)).toEqual({ status: 'success', message, total_shares: 1 })
    expect(await people.nobody.ask('POST', share, {})).toMatchObject({ total_shares: 2 })
    expect(await people.ben.ask('POST', share, { platform: ' Twitter ' })).toMatchObject({ total_shares: 3 })
    expect(await people.ben.ask('POST', share, { platform: null })).toMatchObject({ total_shares: 4 })
    for (const platform of [5, true, 'x'.repeat(51)]) {
      expect(await people.nobody.status('POST', share, { platform })).toBe(422)
    }
    expect(await analytics(id)).toMatchObject({ shares: 4 })
  })
})

describe('twenty clients at once', () => {
  it('leave counters that agree with what each of them was answered', async () => {
    const id = await newVideo()
    const keys = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const body = { name: `k${i}`, user_name: `crowd ${i}`, scopes: ['read'] }
        return (await json<{ api_key: string }>(server.send('/api-keys', body), 201)).api_key
      }),
    )
    const random = randomFrom(20)
    const shared = { count: 0 }
    const one = async (key: string): Promise<boolean> => {
      const client = new AinativeClient(server, key)
      let likes = false
      for (let turn = 0; turn < 12; turn += 1) {
        const method = random() < 0.5 ? 'POST' : 'DELETE'
        // Twice at the same moment: one of them is too late.
        const statuses = await Promise.all([1, 2].map(() => client.status(method, `/videos/${id}/like`)))
        const refusal = method === 'POST' ? 409 : 404
        const changes = (method === 'POST') !== likes
        expect(statuses.sort()).toEqual(changes ? [200, refusal] : [refusal, refusal])
        likes = method === 'POST'
        if ((await client.status('POST', `/videos/${id}/share`)) === 200) shared.count += 1
        await track(id, { watch_duration: turn, completion_percentage: turn }, client)
      }
      return likes
    }
    const likers = (await Promise.all(keys.map(one))).filter(Boolean).length
    expect(await analytics(id)).toMatchObject({
      ...{ likes: likers, shares: shared.count, total_views: 240, unique_viewers: 20, avg_watch_duration: 5.5 },
    })
    expect(await people.ben.ask('GET', `/videos/${id}`)).toMatchObject({
      ...{ likes: likers, shares: 240, total_views: 240 },
    })
  }, 60_000)
})

const PAGES = [
  ...['', '/aggregated', '/devices', '/watch-time-distribution', '/completion-rate', '/geography', '/dashboard'],
]

describe('analytics', () => {
  it.each(PAGES)('%s are for the owner and for admins', async (page) => {
    const path = `/videos/${await newVideo()}/analytics${page}`
    const statuses = []
    for (const who of [people.nobody, people.ben, people.ana, people.owner])
      statuses.push(await who.status('GET', path))
    expect(statuses).toEqual([401, 403, 200, 200])
    expect(await people.nobody.status('GET', `/videos/${NOBODYS}/analytics${page}`)).toBe(401)
    expect(await people.ben.status('GET', `/videos/${NOBODYS}/analytics${page}`)).toBe(404)
    expect(await people.ana.status('GET', `${path}/`)).toBe(200)
  })

  it('are zero for a video without views', async () => {
    const id = await newVideo()
    expect(await analytics(id)).toEqual({
      ...{ video_id: id, total_views: 0, unique_viewers: 0, avg_watch_duration: 0, avg_completion_rate: 0 },
      ...{ likes: 0, shares: 0, comments_count: 0 },
    })
    expect(await analytics(id, '/devices')).toEqual({
      ...{ video_id: id, total_views: 0, device_types: [], browsers: [], operating_systems: [] },
    })
    const { distribution } = await analytics<{ distribution: object[] }>(id, '/watch-time-distribution')
    expect(distribution).toEqual(
      ['0-25', '25-50', '50-75', '75-100'].map((range, i) => ({
        ...{ range, from: i * 25, to: i * 25 + 25, views: 0, percentage: 0 },
      })),
    )
    expect(await analytics(id, '/geography')).toEqual({ video_id: id, total_views: 0, countries: [], cities: [] })
    const nothing = { current: 0, previous: 0, change: null }
    expect(await analytics(id, '/dashboard')).toMatchObject({
      ...{ peak_hours: [], best_days: [], realtime: null },
      trends: { views: nothing, unique_viewers: nothing, watch_time: nothing, average_completion: nothing },
    })
  })

  it('tell devices, places and how far people got', async () => {
    const id = await newVideo()
    const completions = [0, 24.99, 25, 50, 75, 89.9, 90, 100]
    for (const [i, completion_percentage] of completions.entries()) {
      await track(id, { watch_duration: 10, completion_percentage }, people.nobody, i < 6 ? FIREFOX : IPHONE)
    }
    expect(await analytics(id, '/devices')).toMatchObject({
      device_types: [
        { name: 'desktop', views: 6, percentage: 75 },
        { name: 'mobile', views: 2, percentage: 25 },
      ],
      browsers: [{ name: 'Firefox' }, { name: 'Safari' }],
      operating_systems: [{ name: 'Windows' }, { name: 'iOS' }],
    })
    const { distribution } = await analytics<{ distribution: { views: number; percentage: number }[] }>(
      ...([id, '/watch-time-distribution'] as const),
    )
    expect(distribution.map(({ views }) => views)).toEqual([2, 1, 1, 4])
    expect(distribution.map(({ percentage }) => percentage)).toEqual([25, 12.5, 12.5, 50])
    expect(await analytics(id, '/completion-rate')).toMatchObject({
      ...{ total_views: 8, completion_rate: 25, average_completion: 56.9, by_device: null },
    })
    const { by_device, drop_off } = await analytics<{
      by_device: { device: string; completion_rate: number; total_views: number }[]
      drop_off: { from: number; reached: number; ended: number; retention: number }[]
    }>(id, '/completion-rate?breakdown=device')
    expect(drop_off.map(({ ended }) => ended)).toEqual([1, 0, 2, 0, 0, 1, 0, 1, 1, 2])
    expect(drop_off.map(({ reached }) => reached)).toEqual([8, 7, 7, 5, 5, 5, 4, 4, 3, 2])
    expect(drop_off[2]).toEqual({ from: 20, to: 30, reached: 7, ended: 2, retention: 87.5 })
    expect(by_device).toMatchObject([
      { device: 'desktop', total_views: 6, completion_rate: 0 },
      { device: 'mobile', total_views: 2, completion_rate: 100 },
    ])
    expect(await analytics(id, '/geography')).toEqual({
      ...{ video_id: id, total_views: 8, cities: [] },
      countries: [{ country: 'Local network', country_code: null, views: 8, percentage: 100 }],
    })
  })

  it('tell views over time in as many buckets as were asked for', async () => {
    const id = await newVideo()
    await track(id, { watch_duration: 30, completion_percentage: 5 })
    await track(id, { watch_duration: 12, completion_percentage: 5 }, people.ben)
    interface Series {
      granularity: string
      period: string
      data: { timestamp: string; views: number; unique_viewers: number; watch_time: number }[]
    }
    const counts: Record<string, number> = {}
    for (const granularity of ['hourly', 'daily', 'weekly']) {
      for (const period of ['24h', '7d', '30d']) {
        const query = `/aggregated?granularity=${granularity}&period=${period}`
        const series = await analytics<Series>(id, query)
        expect(series).toMatchObject({ video_id: id, granularity, period })
        counts[`${granularity} ${period}`] = series.data.length
        expect(series.data.at(-1)).toMatchObject({ views: 2, unique_viewers: 2, watch_time: 42 })
        expect(series.data.slice(0, -1).every(({ views }) => views === 0)).toBe(true)
      }
    }
    expect(counts).toMatchObject({
      ...{ 'hourly 24h': 24, 'hourly 7d': 168, 'hourly 30d': 720, 'daily 24h': 1, 'daily 7d': 7, 'daily 30d': 30 },
    })
    expect(await analytics<Series>(id, '/aggregated')).toMatchObject({ granularity: 'daily', period: '7d' })
    const kolkata = await analytics<Series>(id, '/aggregated?granularity=hourly&period=24h&tz=Asia/Kolkata')
    expect(kolkata.data.every(({ timestamp }) => timestamp.endsWith(':30:00.000Z'))).toBe(true)
    for (const wrong of ['granularity=monthly', 'period=1y', 'period=', 'tz=Mars/Base', 'tz=']) {
      expect(await people.ana.status('GET', `/videos/${id}/analytics/aggregated?${wrong}`)).toBe(422)
    }
    expect(await people.ana.status('GET', `/videos/${id}/analytics/completion-rate?breakdown=os`)).toBe(422)
  })

  it('have a dashboard of everything, and of the last hour when asked', async () => {
    const id = await newVideo()
    await track(id, { watch_duration: 30, completion_percentage: 80 })
    await track(id, { watch_duration: 10, completion_percentage: 40 }, people.ben)
    const today = new Date().toISOString().slice(0, 10)
    const dashboard = await analytics<object>(id, '/dashboard?include_realtime=true&period=7d')
    expect(dashboard).toMatchObject({
      ...{ video_id: id, period: '7d', overall: { total_views: 2, unique_viewers: 2, comments_count: 0 } },
      trends: { views: { current: 2, previous: 0, change: null }, watch_time: { current: 40 } },
      ...{ best_days: [{ date: today, views: 2 }], peak_hours: [{ views: 2 }] },
      realtime: { views: 2, unique_viewers: 2, watch_time: 40, active_viewers: 2 },
    })
    expect(await people.ana.status('GET', `/videos/${id}/analytics/dashboard?include_realtime=maybe`)).toBe(422)
  })

  it('know the window as the local device', async () => {
    const id = await newVideo()
    const call = { signal: new AbortController().signal, caller: server.engine.owner('window') }
    await server.engine.operations.run(trackView, { videoId: id, watchDuration: 1, completionPercentage: 1 }, call)
    expect(await analytics(id, '/devices')).toMatchObject({
      ...{ device_types: [{ name: 'desktop' }], browsers: [{ name: 'Fieldreel' }] },
    })
    expect(await analytics(id, '/geography')).toMatchObject({ countries: [{ country: 'Local device' }] })
  })
})
