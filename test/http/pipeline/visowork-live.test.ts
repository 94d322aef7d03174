import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { padFilm } from '../../support/padded-film.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'
import { failureOf, json, liveServer } from '../live-server.ts'
import { eventsOf, fridayInput, VisoworkClient, type TaskBody } from '../visowork-client.ts'

// Streams while they grow, and tasks that are stopped.

const server = liveServer()
const client = new VisoworkClient(server)
const SUBSCRIBERS = 200

async function start(more: object, task: object = {}): Promise<string> {
  const input = await fridayInput(more)
  return (await client.process({ input: [input], steps: [{ model: 'detect' }], ...task })).id
}

async function running(id: string): Promise<void> {
  await until('the first frame', async () => (await client.task(id)).processed_frames > 0)
}

describe('a stream that grows', () => {
  it(`is the same for ${SUBSCRIBERS} who follow it from anywhere`, async () => {
    const id = await start({ sampling: { mode: 'fps', value: 10 } })
    const followers = Array.from({ length: SUBSCRIBERS / 2 }, () => client.stream(id))
    await running(id)
    const { stream_bytes: length } = await client.task(id)
    const late = Array.from({ length: SUBSCRIBERS / 2 }, (_, follower) => Math.floor((length * follower) / 100))
    const later = late.map((offset) => client.stream(id, offset))
    const [whole, ...rest] = await Promise.all(followers)
    expect(eventsOf(whole!).at(-1)?.finish_reason).toBe('stop')
    for (const bytes of rest) expect(bytes.equals(whole!)).toBe(true)
    for (const [at, bytes] of (await Promise.all(later)).entries()) {
      expect(bytes.equals(whole!.subarray(late[at]))).toBe(true)
    }
  }, 120_000)

  it('is whole for one who hangs up again and again, in the middle of events', async () => {
    const id = await start({ sampling: { mode: 'fps', value: 10 } })
    const pieces: Buffer[] = []
    let length = 0
    for (let most = 1; ; most = ((most * 7) % 900) + 1) {
      const piece = await client.streamPart(id, length, most)
      pieces.push(piece)
      length += piece.length
      if (piece.length < most) break
    }
    const bytes = Buffer.concat(pieces)
    expect(bytes.equals(await client.stream(id))).toBe(true)
    expect(eventsOf(bytes).length).toBeGreaterThan(20)
  }, 120_000)
})

describe('cancelling', () => {
  it('ends what runs within a second, with its terminal event and no program left', async () => {
    const id = await start({ sampling: { mode: 'fps', value: 30 } })
    await running(id)
    const asked = performance.now()
    const { status } = await json<TaskBody>(client.post(`/tasks/${id}/cancel`, {}), 202)
    expect(['cancelling', 'cancelled']).toContain(status)
    const events = eventsOf(await client.stream(id))
    // "budget 1 s": what the machine is busy with besides is not ours, so twice that.
    expect(performance.now() - asked).toBeLessThan(2000)
    expect(events.at(-1)).toMatchObject({ finish_reason: 'cancelled', usage: { processed_frames: events.length - 1 } })
    expect((await client.ended(id)).status).toBe('cancelled')
    expect((await json<TaskBody>(client.post(`/tasks/${id}/cancel`, {}), 202)).status).toBe('cancelled')
    expect((await client.get(`/tasks/${id}/results`)).status).toBe(404)
    await until('its programs to be gone', async () => (await childrenOf(process.pid)).length === 0)
  }, 60_000)

  it('ends what waits at once', async () => {
    const first = await start({ sampling: { mode: 'fps', value: 30 } })
    const second = await start({})
    expect(await json<TaskBody>(client.post(`/tasks/${second}/cancel`, {}), 202)).toMatchObject({ status: 'cancelled' })
    expect(eventsOf(await client.stream(second))).toMatchObject([{ model: null, finish_reason: 'cancelled' }])
    await client.post(`/tasks/${first}/cancel`, {})
    await client.ended(first)
  }, 60_000)
})

describe('a long body', () => {
  it('is a task like any other', async () => {
    const film = path.join(await temporaryFolder(), 'long.mp4')
    await padFilm(film, 20 * 1024 * 1024, 1)
    const data = `data:video/mp4;base64,${(await readFile(film)).toString('base64')}`
    const { id } = await client.process({
      input: [{ type: 'video_base64', data, max_frames: 1 }],
      steps: [{ model: 'detect' }],
    })
    expect(await client.ended(id)).toMatchObject({ status: 'succeeded' })
  }, 60_000)

  it('is refused in the same words', async () => {
    const data = 'x'.repeat(2_000_000)
    const send = (body: string) =>
      fetch(`${server.url}/v1/video/process`, {
        ...{ method: 'POST', body },
        headers: { ...authorization(), 'content-type': 'application/json' },
      })
    // Only a video may be long; of the rest no more than 1 MB is kept in memory, whatever else is wrong with it.
    expect(await failureOf(send(`{"input": "${data}"`))).toEqual([413, 'payload_too_large'])
    expect(await failureOf(send(`{"input": [{"data": "${data}`))).toEqual([400, 'invalid_request'])
    expect(await failureOf(send(`{"input": [{"data": "${data}"}]`))).toEqual([400, 'invalid_request'])
    const noVideo = { input: [{ type: 'video_base64', data }], steps: [{ model: 'detect' }] }
    expect(await failureOf(send(JSON.stringify(noVideo)))).toEqual([422, 'invalid_request'])
    const notBase64 = { input: [{ type: 'video_base64', data: `${data}!` }], steps: [{ model: 'detect' }] }
    expect(await failureOf(send(JSON.stringify(notBase64)))).toEqual([422, 'invalid_request'])
    expect(await failureOf(send('['.repeat(1_100_000)))).toEqual([400, 'invalid_request'])
  })
})

describe('removing', () => {
  it('takes the stream and the bytes along, once the task has ended', async () => {
    const id = await start({ max_frames: 1 })
    await client.ended(id)
    const remove = () => fetch(`${server.url}/v1/video/tasks/${id}`, { method: 'DELETE', headers: authorization() })
    expect((await remove()).status).toBe(204)
    expect((await remove()).status).toBe(404)
    expect((await client.get(`/tasks/${id}/stream`)).status).toBe(404)
  }, 60_000)
})

describe('what is shown of a task', () => {
  it('is its video, and its frames upright, whole or a part of one', async () => {
    const id = await start({ max_frames: 1 })
    await client.ended(id)
    const video = await client.get(`/tasks/${id}/video`, { Range: 'bytes=0-3' })
    expect([video.status, video.headers.get('content-type')]).toEqual([206, 'video/mp4'])
    const whole = await client.get(`/tasks/${id}/frames/10`)
    expect(await sizeOfJpeg(whole)).toEqual([640, 480])
    expect(await sizeOfJpeg(await client.get(`/tasks/${id}/frames/10?roi=100,50,60,120`))).toEqual([60, 120])
    expect((await client.get(`/tasks/${id}/frames/100000`)).status).toBe(404)
  }, 60_000)
})

function authorization() {
  return { authorization: 'Bearer aion_owner_of_the_live_server_tests' }
}

/** ffmpeg and inference programs below a process. */
async function childrenOf(pid: number): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-e', '-o', 'pid=,ppid=,args='])
  const rows = stdout.split('\n').flatMap((line) => {
    const [, child, parent, args = ''] = /^ *(\d+) +(\d+) +(.*)$/.exec(line) ?? []
    return child && parent ? [{ child: Number(child), parent: Number(parent), args }] : []
  })
  const below = (parent: number): typeof rows =>
    rows.filter((row) => row.parent === parent).flatMap((row) => [row, ...below(row.child)])
  return below(pid).flatMap(({ args }) => (/ffmpeg|inference/.test(args) ? [args] : []))
}

/** Width and height out of the frame header of a JPEG. */
async function sizeOfJpeg(answer: Response): Promise<[number, number]> {
  const bytes = Buffer.from(await answer.arrayBuffer())
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xc3) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]
  }
  throw new Error(`${answer.status}: no JPEG`)
}
