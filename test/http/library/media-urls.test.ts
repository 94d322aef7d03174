import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { as, post } from '../scripted-server.ts'
import { type Completed, failureOf, firstOf, json, liveServer, OWNER, UNKNOWN } from '../live-server.ts'

// FI-54, ID-64

const server = liveServer({ FIELDREEL_UPLOAD_URL_TTL_SECONDS: '1' })

async function uploaded(wish: object = { auto_analyze: false }): Promise<Completed> {
  const plan = await server.initiate()
  await server.fill(plan)
  return await server.complete(plan, wish)
}

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

describe('video_url', () => {
  it('serves the whole file, a range or only the headers', async () => {
    const { video_url } = await uploaded()
    const whole = await fetch(video_url)
    expect(md5(new Uint8Array(await whole.arrayBuffer()))).toBe(md5(server.clip))
    const etag = whole.headers.get('etag') ?? ''
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      ...{ 'accept-ranges': 'bytes', 'content-length': String(server.clip.length), 'content-type': 'video/mp4' },
      ...{ etag: expect.stringMatching(/^"[0-9a-f]{64}"$/) as string },
      'cache-control': 'private, max-age=31536000, immutable',
    })
    const part = await fetch(video_url, { headers: { range: 'bytes=4-7' } })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 4-7/${server.clip.length}`])
    const beyond = await fetch(video_url, { headers: { range: `bytes=${server.clip.length}-` } })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${server.clip.length}`])
    const head = await fetch(video_url, { method: 'HEAD' })
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, ''])
    expect((await fetch(video_url, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('replaces a key, and a key replaces it', async () => {
    const { video_url, media_id } = await uploaded()
    const bare = `${server.url}/api/v2/videos/${media_id}/file`
    expect(await failureOf(fetch(bare))).toEqual([401, 'INVALID_API_KEY'])
    expect((await fetch(bare, { headers: as(OWNER) })).status).toBe(200)
    expect((await fetch(video_url, { headers: as('aion_unknown_key_of_nobody') })).status).toBe(200)
    expect((await fetch(`${bare}?signature=x&expires=1`, { headers: as(OWNER) })).status).toBe(200)
  })

  it('is refused once it is changed, for another path or past its time', async () => {
    const [mine, other] = [await uploaded(), await uploaded()]
    const target = new URL(mine.video_url)
    const changed = (name: string, value: string) => {
      const url = new URL(target)
      url.searchParams.set(name, value)
      return fetch(url)
    }
    const [expires, signature] = [target.searchParams.get('expires'), target.searchParams.get('signature') ?? '']
    expect(await failureOf(changed('expires', String(Number(expires) + 60)))).toEqual([403, 'FORBIDDEN'])
    expect(await failureOf(changed('expires', '1'))).toEqual([403, 'FORBIDDEN'])
    expect(await failureOf(changed('signature', `${signature.slice(0, -1)}!`))).toEqual([403, 'FORBIDDEN'])
    expect(await failureOf(changed('signature', ''))).toEqual([403, 'FORBIDDEN'])
    const foreign = mine.video_url.replace(mine.media_id, other.media_id)
    expect(await failureOf(fetch(foreign))).toEqual([403, 'FORBIDDEN'])
    expect(await failureOf(fetch(mine.video_url.replace('/file', '/preview')))).toEqual([403, 'FORBIDDEN'])
  })

  it('reads, and does nothing else', async () => {
    const { search } = new URL((await uploaded()).video_url)
    const { headers, body } = post(OWNER, { media_id: UNKNOWN })
    const withoutKey = { 'content-type': new Headers(headers).get('content-type') ?? '' }
    const queue = fetch(`${server.url}/api/v2/video-analysis/queue${search}`, {
      ...{ method: 'POST', headers: withoutKey, body: body ?? null },
    })
    expect(await failureOf(queue)).toEqual([401, 'INVALID_API_KEY'])
    expect(await failureOf(fetch(`${server.url}/api/v2/api-keys${search}`))).toEqual([403, 'FORBIDDEN'])
  })
})

describe('thumbnail_url', () => {
  it('comes signed once there is a picture, which the other doors show to a key', async () => {
    const plan = await server.initiate()
    await server.fill(plan)
    const first = await server.complete(plan, { analysis_type: 'scene_detection' })
    const url = await until('a picture', async () => (await server.complete(plan)).thumbnail_url)
    const picture = await fetch(url)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    expect(await failureOf(fetch(url.replace(/signature=.*/, 'signature=no')))).toEqual([403, 'FORBIDDEN'])
    const job = `/video-analysis/jobs/${first.analysis_job_id ?? ''}`
    await until('scenes', async () => (await json<{ status: string }>(server.get(job))).status === 'completed')
    const { scenes } = await json<{ scenes: Array<{ thumbnail_url: string }> }>(
      server.get(`/videos/${plan.media_id}/scenes`),
    )
    const scene = server.url + firstOf(scenes).thumbnail_url
    expect((await fetch(scene, { headers: as(OWNER) })).status).toBe(200)
    expect(await failureOf(fetch(scene))).toEqual([401, 'INVALID_API_KEY'])
  }, 60_000)
})

describe('upload_url', () => {
  it('ends with its time, which costs no retry: resume gives a new one', async () => {
    const plan = await server.initiate()
    const chunk = firstOf(plan.chunks)
    await until('its end', () => Date.parse(chunk.expires_at) < Date.now())
    expect(await failureOf(server.put(chunk, server.clip))).toEqual([403, 'AccessDenied'])
    const resumed = await json<typeof plan>(server.get(`/video-uploads/${plan.media_id}/resume`))
    expect((await server.put(firstOf(resumed.chunks), server.clip)).status).toBe(200)
    const body = { media_id: plan.media_id, upload_id: plan.upload_id, chunk_number: 1 }
    expect(await json(server.send('/video-uploads/chunks/retry', body))).toMatchObject({ retry_attempt: 1 })
  })

  it('counts for its own chunk and its own way only', async () => {
    const [mine, other] = [firstOf((await server.initiate()).chunks), firstOf((await server.initiate()).chunks)]
    const [payload = '', mac = ''] = new URL(mine.upload_url).pathname.split('/').at(-1)?.split('.') ?? []
    const [, foreign = ''] = new URL(other.upload_url).pathname.split('/').at(-1)?.split('.') ?? []
    const swapped = mine.upload_url.replace(`${payload}.${mac}`, `${payload}.${foreign}`)
    expect(await failureOf(server.put({ upload_url: swapped }, server.clip))).toEqual([403, 'AccessDenied'])
    expect((await fetch(mine.upload_url)).status).toBe(404)
  })
})
