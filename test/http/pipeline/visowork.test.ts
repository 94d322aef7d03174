import { beforeAll, describe, expect, it } from 'vitest'
import { DETECTOR_CLASSES } from '../../../main/engine/models/index.ts'
import { failureOf, json, liveServer, OWNER, UNKNOWN } from '../live-server.ts'
import { eventsOf, fridayInput, VisoworkClient, type Chunk, type TaskBody, type Target } from '../visowork-client.ts'

// Every documented request, field and status and the grammar of events (PI), against the real engine and its models.

const server = liveServer()
const client = new VisoworkClient(server)
const detect = [{ model: 'detect' }]
const url = (address: string, more: object = {}) => ({
  input: [{ type: 'video_url', url: address, ...more }],
  steps: detect,
})
const EXAMPLE = url('https://example.com/clip.mp4')

describe('what may be asked for', () => {
  const wrong: [what: string, status: number, body: unknown][] = [
    ['no input', 422, { steps: detect }],
    ['two inputs', 422, { ...EXAMPLE, input: [...EXAMPLE.input, ...EXAMPLE.input] }],
    ['an input of no kind', 422, { ...EXAMPLE, input: [{ url: 'https://example.com/a.mp4' }] }],
    ['no steps', 422, { ...EXAMPLE, steps: [] }],
    ['an unknown model', 422, { ...EXAMPLE, steps: [{ model: 'taste' }] }],
    ['an unknown class', 422, { ...EXAMPLE, steps: [{ model: 'detect', parameters: { classes: ['unicorn'] } }] }],
    ['a confidence of 2', 422, { ...EXAMPLE, steps: [{ model: 'detect', parameters: { min_confidence: 2 } }] }],
    ['an unknown condition', 422, { ...EXAMPLE, steps: [{ model: 'detect', when: { colour_is: 'red' } }] }],
    ['0 frames a second', 422, url('https://example.com/a.mp4', { sampling: { mode: 'fps', value: 0 } })],
    ['an interval of -1', 422, url('https://example.com/a.mp4', { sampling: { mode: 'interval', value: -1 } })],
    ['an unknown sampling', 422, url('https://example.com/a.mp4', { sampling: { mode: 'random' } })],
    ['a range that ends before it begins', 422, url('https://example.com/a.mp4', { range: { start: 3, end: 3 } })],
    ['0 frames at the most', 422, url('https://example.com/a.mp4', { max_frames: 0 })],
    ['a file', 422, url('file:///etc/passwd')],
    ['another scheme', 422, url('ftp://example.com/a.mp4')],
    ['no URL', 422, url('not a url')],
    ['this machine', 422, url('http://127.0.0.1/a.mp4')],
    ['this machine by number', 422, url('http://2130706433/a.mp4')],
    ['a video that the library does not have', 422, url(`store://${UNKNOWN}`)],
    ['bytes that are no base64', 422, { input: [{ type: 'video_base64', data: '<video>' }], steps: detect }],
    ['bytes that are no video', 422, { input: [{ type: 'video_base64', data: 'aGVsbG8=' }], steps: detect }],
  ]

  it.each(wrong)('is not %s: %i', async (_what, status, body) => {
    expect((await failureOf(client.post('/process', body)))[0]).toBe(status)
  })

  it('says which classes there are', async () => {
    const steps = [{ model: 'detect', parameters: { classes: ['unicorn'] } }]
    const body = await json<{ error: { details: { classes: string[] } } }>(
      client.post('/process', { ...EXAMPLE, steps }),
      422,
    )
    expect(body.error.details.classes).toEqual(expect.arrayContaining([...DETECTOR_CLASSES, 'pedestrian']))
  })

  it('is not more than 64 MB in a request', async () => {
    const data = Buffer.alloc(64 * 1024 * 1024 + 1).toString('base64')
    const body = { input: [{ type: 'video_base64', data }], steps: detect }
    expect(await failureOf(client.post('/process', body))).toEqual([413, 'payload_too_large'])
  })

  it('is not nested beyond all reason, with an Idempotency-Key neither', async () => {
    // Deep enough that whoever writes it out again by recursion ends with the stack.
    const body = '['.repeat(20_000) + ']'.repeat(20_000)
    const headers = { authorization: `Bearer ${OWNER}`, 'content-type': 'application/json', 'idempotency-key': 'deep' }
    const answer = await fetch(`${server.url}/v1/video/process`, { method: 'POST', headers, body })
    expect(await failureOf(answer)).toEqual([400, 'invalid_request'])
  })

  it('needs a key', async () => {
    const answer = await fetch(`${server.url}/v1/video/tasks`)
    expect(await failureOf(answer)).toEqual([401, 'invalid_api_key'])
  })

  it.each(['', '/stream', '/results', '/annotated'])('finds no unknown task%s: 404', async (path) => {
    expect(await failureOf(client.get(`/tasks/vt_01HZX4T5M6N7P8Q9R0S1T2V3W4${path}`))).toEqual([404, 'not_found'])
  })
})

describe('a task', () => {
  let accepted: TaskBody
  let bytes: Buffer
  let chunks: Chunk[]

  beforeAll(async () => {
    const input = await fridayInput({
      sampling: { mode: 'fps', value: 5 },
      range: { start: 1, end: 5, unit: 'seconds' },
    })
    const steps = [{ model: 'detect', parameters: { classes: ['pedestrian'] } }, { model: 'feature' }]
    accepted = await client.process({ input: [input], steps, model: 'qwen-vl-max' })
    bytes = await client.stream(accepted.id)
    chunks = eventsOf(bytes)
  }, 120_000)

  it('is accepted with an id and the way to its stream', () => {
    expect(accepted.id).toMatch(/^vt_[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(accepted).toEqual({
      id: accepted.id,
      status: 'pending',
      stream_url: `/v1/video/tasks/${accepted.id}/stream`,
      stream_url_signed: expect.stringContaining(
        `${server.url}/v1/video/tasks/${accepted.id}/stream?expires=`,
      ) as string,
    })
  })

  it('has its results there as soon as its stream has ended', async () => {
    // Nothing waits in between: who has read the end finds the task settled.
    const id = (await client.process({ input: [await fridayInput({ max_frames: 1 })], steps: detect })).id
    await client.stream(id)
    expect((await client.get(`/tasks/${id}/results`)).status).toBe(200)
  })

  it('gives its video with what was seen drawn over it, as soon as it has ended', async () => {
    const { id } = await client.process({ input: [await fridayInput({ range: { end: 2 } })], steps: detect })
    expect(await failureOf(client.get(`/tasks/${id}/annotated`))).toEqual([409, 'conflict'])
    await client.stream(id)
    const film = await client.get(`/tasks/${id}/annotated`)
    expect([film.status, film.headers.get('content-type')]).toEqual([200, 'video/mp4'])
    expect(film.headers.get('content-disposition')).toMatch(/filename="[^"]+ annotated\.mp4"$/)
    const bytes = Buffer.from(await film.arrayBuffer())
    expect(bytes.toString('latin1', 4, 8)).toBe('ftyp')
    expect(bytes.length).toBe(Number(film.headers.get('content-length')))
  })

  it('streams one event a frame, and counts every source frame it passes', () => {
    const frames = chunks.slice(0, -1)
    expect(frames).toHaveLength(20)
    expect(frames.map(({ stream_info }) => stream_info.frame_index)).toEqual(
      Array.from({ length: 20 }, (_, sample) => 30 + 6 * sample),
    )
    for (const { stream_info: info, object, finish_reason, id } of frames) {
      expect([object, finish_reason, id]).toEqual(['mm.pipeline.chunk', null, chunks[0]?.id])
      expect(info).toMatchObject({ total_frames: 185, fps: 30 })
      expect(info.decoded_frames + info.dropped_frames).toBe(info.frame_index + 1 - 30)
    }
    const elapsed = chunks.map(({ stream_info }) => stream_info.elapsed_ms)
    expect(elapsed).toEqual(elapsed.toSorted((a, b) => a - b))
  })

  it('echoes its model in the first event and in no other', () => {
    expect(chunks[0]?.model).toBe('qwen-vl-max')
    expect(chunks.slice(1).filter((chunk) => 'model' in chunk)).toEqual([])
  })

  it('ends with a reason and what it took', () => {
    expect(chunks.at(-1)).toMatchObject({
      finish_reason: 'stop',
      usage: { processed_frames: 20, processing_time_ms: expect.any(Number) as number },
    })
  })

  it('tells targets by the name that was asked for, within the frame, each with its number', () => {
    const targets = targetsOf(chunks)
    expect(targets.length).toBeGreaterThan(10)
    for (const target of targets) {
      const { left, top, width, height } = target.roi
      expect(target.class).toBe('pedestrian')
      expect([left, top, width, height].every(Number.isInteger)).toBe(true)
      expect(left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= 640 && top + height <= 480).toBe(true)
      expect(target.feature).toMatchObject({ dim: 1792 })
    }
    const numbers = [...new Set(targets.map(({ track_id }) => track_id))]
    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  })

  it('is rolled up as a client would', async () => {
    const results = await json<{ tracks: Record<string, unknown>[] }>(client.get(`/tasks/${accepted.id}/results`))
    const told = results.tracks.map(({ samples: _samples, path: _path, dwell_seconds: _dwell, ...track }) => track)
    expect({ ...results, tracks: told }).toEqual({
      id: accepted.id,
      object: 'mm.pipeline.result',
      model: 'qwen-vl-max',
      usage: chunks.at(-1)?.usage,
      tracks: aggregated(chunks),
    })
  })

  it('replays from any byte', async () => {
    const offsets = [0, 1, 6, 200, bytes.length - 15, bytes.length - 1, bytes.length]
    for (let random = 0; random < 20; random += 1) offsets.push(Math.floor(Math.random() * bytes.length))
    for (const offset of offsets) expect(await client.stream(accepted.id, offset)).toEqual(bytes.subarray(offset))
  })

  it('takes Last-Event-ID before the query', async () => {
    const answer = await client.get(`/tasks/${accepted.id}/stream?offset=3`, { 'Last-Event-ID': '10' })
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes.subarray(10))
  })

  it.each([
    ['behind the end', 416, 'offset_out_of_range', { offset: '99999999' }],
    ['below 0', 400, 'invalid_request', { offset: '-1' }],
    ['a half', 400, 'invalid_request', { offset: '1.5' }],
    ['a word', 400, 'invalid_request', { offset: 'abc' }],
    ['nothing', 400, 'invalid_request', { offset: '' }],
  ])('has no offset %s: %i %s', async (_what, status, code, query) => {
    const answer = client.get(`/tasks/${accepted.id}/stream?${new URLSearchParams(query).toString()}`)
    expect(await failureOf(answer)).toEqual([status, code])
  })

  it('is sent as an event stream, byte for byte', async () => {
    const answer = await client.get(`/tasks/${accepted.id}/stream`, { 'Accept-Encoding': 'gzip, br' })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('x-ratelimit-limit')).toBe('6000')
    expect(answer.headers.get('x-request-id')).not.toBeNull()
    await answer.body?.cancel()
  })

  it('tells its request when asked, with the bytes replaced by where they are', async () => {
    expect(await client.task(accepted.id)).not.toHaveProperty('request')
    const { request } = await json<TaskBody>(client.get(`/tasks/${accepted.id}?include=request`))
    expect(request).toMatchObject({ model: 'qwen-vl-max', steps: [{ model: 'detect' }, { model: 'feature' }] })
    expect(request?.input[0]?.data).toMatch(/^object:[0-9a-f]{64}$/)
  })

  it('cannot be cancelled when it has ended: 409', async () => {
    expect(await failureOf(client.post(`/tasks/${accepted.id}/cancel`, {}))).toEqual([409, 'conflict'])
  })

  it('stops at the most frames, and says so only when another was due', async () => {
    const run = async (more: object) => {
      const { id } = await client.process({ input: [await fridayInput(more)], steps: detect })
      const events = eventsOf(await client.stream(id))
      return [events.at(-1)?.finish_reason, events.length - 1]
    }
    expect(await run({ sampling: { mode: 'interval', value: 2 }, max_frames: 2 })).toEqual(['max_frames', 2])
    expect(await run({ sampling: { mode: 'interval', value: 2 }, max_frames: 4 })).toEqual(['stop', 4])
    expect(await run({ range: { start: 100 } })).toEqual(['stop', 0])
  }, 60_000)

  it('keeps its invariant for key frames and ranges of frames, without numbers when tracking is off', async () => {
    const input = await fridayInput({ sampling: { mode: 'keyframe' }, range: { start: 10, end: 180, unit: 'frames' } })
    const { id } = await client.process({ input: [input], steps: detect, track: false })
    const events = eventsOf(await client.stream(id))
    expect(events.length).toBeGreaterThan(1)
    for (const { stream_info: info } of events) {
      expect(info.decoded_frames + info.dropped_frames).toBe(info.frame_index + 1 - 10)
    }
    expect(targetsOf(events).filter((target) => 'track_id' in target)).toEqual([])
    expect(await json(client.get(`/tasks/${id}/results`))).toMatchObject({ tracks: [] })
  }, 60_000)
})

describe('the list', () => {
  it('goes from the newest to the oldest, page by page', async () => {
    for (let made = 0; made < 5; made += 1) await client.process(url(`https://example.invalid/${made}.mp4`))
    const seen: string[] = []
    for (let cursor = ''; ;) {
      const page = await json<{ data: TaskBody[]; next_cursor: string | null; has_more: boolean }>(
        client.get(`/tasks?limit=2${cursor && `&cursor=${cursor}`}`),
      )
      seen.push(...page.data.map(({ id }) => id))
      expect(page.has_more).toBe(page.next_cursor !== null)
      if (page.next_cursor === null) break
      cursor = page.next_cursor
    }
    expect(seen.length).toBeGreaterThanOrEqual(5)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(seen.toSorted().reverse())
  })

  it('is filtered by status and by half-open time', async () => {
    const { data } = await json<{ data: Array<TaskBody & { created_at: string }> }>(client.get('/tasks?limit=100'))
    const third = data[2]!
    const from = await json<{ data: TaskBody[] }>(client.get(`/tasks?limit=100&from=${third.created_at}`))
    const to = await json<{ data: TaskBody[] }>(client.get(`/tasks?limit=100&to=${third.created_at}`))
    expect(from.data.map(({ id }) => id)).toContain(third.id)
    expect(to.data.map(({ id }) => id)).not.toContain(third.id)
    expect(from.data.length + to.data.length).toBe(data.length)
    const { data: ended } = await json<{ data: TaskBody[] }>(client.get('/tasks?status=succeeded&limit=100'))
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['succeeded']))
  })

  it.each([
    ['cursor=nonsense', 400],
    ['limit=0', 422],
    ['limit=101', 422],
    ['status=done', 422],
    ['from=yesterday', 422],
  ])('refuses %s: %i', async (query, status) => {
    expect((await failureOf(client.get(`/tasks?${query}`)))[0]).toBe(status)
  })
})

function targetsOf(chunks: readonly Chunk[]): Target[] {
  return chunks.flatMap(({ delta }) => delta.results.flatMap(({ targets }) => targets))
}

/** PI-61 to PI-63, written a second time from the published description. */
function aggregated(chunks: readonly Chunk[]) {
  const tracks = new Map<number, Array<{ frame: number; target: Target }>>()
  for (const chunk of chunks) {
    for (const target of targetsOf([chunk])) {
      const frame = chunk.stream_info.frame_index
      tracks.set(target.track_id!, [...(tracks.get(target.track_id!) ?? []), { frame, target }])
    }
  }
  return [...tracks].map(([track_id, seen]) => {
    const best = seen.reduce((a, b) => (b.target.confidence > a.target.confidence ? b : a)).target
    return {
      track_id,
      class: best.class,
      first_frame: seen[0]!.frame,
      last_frame: seen.at(-1)!.frame,
      frames_seen: seen.length,
      best_confidence: Number(best.confidence.toFixed(2)),
      feature_digest: `dim=${best.feature!.dim};norm=${best.feature!.norm.toFixed(4)}`,
    }
  })
}
