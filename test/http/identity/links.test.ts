import { describe, expect, it } from 'vitest'
import { as, post } from '../scripted-server.ts'
import { type Completed, failureOf, firstOf, json, liveServer, OWNER, type Plan } from '../live-server.ts'

const server = liveServer({})

async function uploaded(): Promise<Completed & { plan: Plan }> {
  const plan = await server.initiate()
  await server.fill(plan)
  return { ...(await server.complete(plan, { auto_analyze: false })), plan }
}

const revoke = (url: string, key = OWNER) => fetch(`${server.url}/api/v2/links/revoke`, post(key, { url }))
const rotate = (key = OWNER) => fetch(`${server.url}/api/v2/secrets/rotate`, { method: 'POST', headers: as(key) })

/** The link to a video as it is signed now: completing twice answers the same. */
const linkOf = async ({ plan }: { plan: Plan }) => (await server.complete(plan)).video_url

const put = async (plan: Plan) => (await server.put(firstOf(plan.chunks), server.clip)).status

async function resumed(plan: Plan): Promise<Plan> {
  return await json<Plan>(server.get(`/video-uploads/${plan.media_id}/resume`))
}

describe('taking a link back', () => {
  it('ends it at once; the video, its other links and other videos go on, and it gets a new link', async () => {
    const [mine, other] = [await uploaded(), await uploaded()]
    expect((await fetch(mine.video_url)).status).toBe(200)
    const answer = await revoke(mine.video_url)
    expect([answer.status, await answer.json()]).toEqual([200, { revoked: true }])
    expect(await failureOf(fetch(mine.video_url))).toEqual([403, 'FORBIDDEN'])
    expect(await failureOf(fetch(mine.video_url, { headers: { range: 'bytes=0-1' } }))).toEqual([403, 'FORBIDDEN'])
    expect((await fetch(other.video_url)).status).toBe(200)
    const renewed = await linkOf(mine)
    expect(renewed).not.toBe(mine.video_url)
    expect((await fetch(renewed)).status).toBe(200)
    expect((await fetch(mine.video_url, { headers: as(OWNER) })).status).toBe(200)
    // Twice is no error, and takes the new one back too.
    expect((await revoke(mine.video_url)).status).toBe(200)
    expect((await fetch(renewed)).status).toBe(403)
  })

  it.each([
    ['from its path on', (url: URL) => url.pathname + url.search],
    ['with what a page adds', (url: URL) => `${url.href}#t=3`],
    ['of another host', (url: URL) => `https://films.example${url.pathname}${url.search}`],
    ['with another query before', (url: URL) => `${url.pathname}?download=1&${url.search.slice(1)}`],
  ])('takes it %s', async (_how, spelled) => {
    const { video_url } = await uploaded()
    expect((await revoke(spelled(new URL(video_url)))).status).toBe(200)
    expect((await fetch(video_url)).status).toBe(403)
  })

  it('ends the URL of a part; resuming gives a fresh one', async () => {
    const plan = await server.initiate()
    expect((await revoke(firstOf(plan.chunks).upload_url)).status).toBe(200)
    expect(await put(plan)).toBe(403)
    expect(await put(await resumed(plan))).toBe(200)
  })

  it('is for links of ours only, and says so', async () => {
    const { video_url } = await uploaded()
    const forged = new URL(video_url)
    forged.searchParams.set('expires', '9999999999')
    for (const url of [forged.href, forged.pathname, '/api/v2/video-uploads/parts/a.b', 'https://films.example/a']) {
      expect(await failureOf(revoke(url)), url).toEqual([404, expect.any(String)])
    }
    expect(await failureOf(revoke('no link'))).toEqual([422, expect.any(String)])
    expect((await fetch(video_url)).status).toBe(200)
  })

  it('and rotating are for admins', async () => {
    const made = server.send('/api-keys', { name: 'Van', scopes: ['read', 'write'] })
    const { api_key } = await json<{ api_key: string }>(made, 201)
    const { video_url } = await uploaded()
    expect((await revoke(video_url, api_key)).status).toBe(403)
    expect((await rotate(api_key)).status).toBe(403)
    expect((await fetch(video_url)).status).toBe(200)
  })
})

describe('rotating the secrets', () => {
  it('ends every link at once and loses nothing: videos, keys and running uploads go on with new links', async () => {
    const [first, second] = [await uploaded(), await uploaded()]
    const running = await server.initiate()
    const answer = await rotate()
    expect([answer.status, await answer.json()]).toEqual([200, { rotated: true }])
    for (const { video_url } of [first, second]) expect(await failureOf(fetch(video_url))).toEqual([403, 'FORBIDDEN'])
    expect(await put(running)).toBe(403)
    expect((await fetch(await linkOf(first))).status).toBe(200)
    const plan = await resumed(running)
    await server.fill(plan)
    const done = await server.complete(plan, { auto_analyze: false })
    expect((await fetch(done.video_url)).status).toBe(200)
    expect((await revoke(first.video_url)).status).toBe(404)
  })
})
