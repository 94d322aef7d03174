import { execFile, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { EventSource } from 'eventsource'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { AinativeClient } from './ainative-client.ts'
import { type Completed, failureOf, firstOf, json, liveServer, OWNER, type Plan } from './live-server.ts'
import { fridayInput, VisoworkClient } from './visowork-client.ts'

// Clients that nobody here wrote.

const server = liveServer()
const tasks = new VisoworkClient(server)
const people = new AinativeClient(server, OWNER)

async function uploaded(): Promise<Completed> {
  const plan = await server.initiate()
  await server.fill(plan)
  return await server.complete(plan, { auto_analyze: false })
}

/** Status and body of what curl got. */
async function curl(...args: string[]): Promise<[status: number, body: string]> {
  const { stdout } = await promisify(execFile)('curl', ['-s', '-w', '\n%{http_code}', ...args])
  const end = stdout.lastIndexOf('\n')
  return [Number(stdout.slice(end + 1)), stdout.slice(0, end)]
}

describe('EventSource of npm', () => {
  it('follows a task to [DONE] by its signed URL, without a key', async () => {
    const { id, stream_url_signed } = await tasks.process({
      input: [await fridayInput({ max_frames: 2 })],
      steps: [{ model: 'detect' }],
    })
    const events = await new Promise<string[]>((resolve, reject) => {
      const source = new EventSource(stream_url_signed)
      const got: string[] = []
      source.onmessage = ({ data }) => {
        got.push(String(data))
        if (data !== '[DONE]') return
        source.close()
        resolve(got)
      }
      source.onerror = ({ message }) => reject(new Error(message))
    })
    const stream = (await tasks.stream(id)).toString()
    expect(stream).toBe(events.map((data) => `data: ${data}\n\n`).join(''))
    expect((await fetch(`${stream_url_signed}&offset=5`)).status).toBe(200)
    // It is good for this path only, and nothing but reading.
    const other = stream_url_signed.replace('/stream', '')
    expect(await failureOf(fetch(other))).toEqual([403, 'forbidden'])
    expect(await failureOf(fetch(stream_url_signed.replace(/signature=.{4}/, 'signature=AAAA')))).toEqual([
      403,
      'forbidden',
    ])
    const again = await tasks.task(id)
    expect((await fetch(again.stream_url_signed, { method: 'HEAD' })).status).toBe(200)
  })
})

/** Most machines have it. */
const hasCurl = spawnSync('curl', ['--version']).status === 0

describe.skipIf(!hasCurl)('curl', () => {
  it('uploads a film with a key in X-API-Key', async () => {
    const key = ['-H', `X-API-Key: ${OWNER}`]
    const api = `${server.url}/api/v2/video-uploads`
    const film = path.join(await temporaryFolder(), 'film.mp4')
    await writeFile(film, server.clip)
    const send = (route: string, body: object) =>
      curl(...key, '-H', 'Content-Type: application/json', '-d', JSON.stringify(body), `${api}/${route}`)
    const about = { filename: 'film.mp4', content_type: 'video/mp4', size_bytes: server.clip.length }
    const [status, text] = await send('initiate', about)
    expect(status).toBe(201)
    const { media_id, upload_id, chunks } = JSON.parse(text) as Plan
    const [chunk] = [firstOf(chunks)]
    // "-T" announces no type, "--data-binary" that of a form.
    const [stored, head] = await curl('-D', '-', '-X', 'PUT', '--data-binary', `@${film}`, chunk.upload_url)
    expect(stored).toBe(200)
    const etag = /^etag: (.*)\r$/im.exec(head)?.[1]
    const ref = { media_id, upload_id }
    expect((await send('chunks/confirm', { ...ref, chunk_number: 1, etag, size_bytes: chunk.size_bytes }))[0]).toBe(200)
    const [completed, answer] = await send('complete', { ...ref, auto_analyze: false })
    expect(completed).toBe(200)
    const { video_url } = JSON.parse(answer) as Completed
    expect((await curl('-I', video_url))[0]).toBe(200)
    expect(
      (await curl('-X', 'POST', '-H', 'Content-Type: text/plain', `${server.url}/api/v1/videos/${media_id}/share`))[0],
    ).toBe(200)
  })
})

describe('links to an uploaded video in v1', () => {
  it('are signed, and are not stored when a client sends back what it read', async () => {
    const { media_id } = await uploaded()
    const video = await people.ask<{ video_url: string; title: string }>('GET', `/videos/${media_id}`)
    const answer = await fetch(video.video_url)
    expect([answer.status, Buffer.from(await answer.arrayBuffer()).equals(server.clip)]).toEqual([200, true])
    expect(new URL(video.video_url).searchParams.get('signature')).toMatch(/^[\w-]{43}$/)
    const { video_url } = await people.ask<{ video_url: string }>('PUT', `/videos/${media_id}`, {
      ...video,
      title: 'New',
    })
    expect((await fetch(video_url)).status).toBe(200)
    expect((await people.ask<{ videos: object[] }>('GET', '/videos/?search=New')).videos).toMatchObject([
      { title: 'New' },
    ])
    await json(server.send('/links/revoke', { url: video_url }))
    const renewed = await people.ask<{ video_url: string }>('GET', `/videos/${media_id}`)
    expect([(await fetch(video_url)).status, (await fetch(renewed.video_url)).status]).toEqual([403, 200])
    const elsewhere = { video_url: 'https://example.com/a.mp4' }
    expect(await people.ask('PUT', `/videos/${media_id}`, elsewhere)).toMatchObject(elsewhere)
  })
})
