import { describe, expect, it } from 'vitest'
import { cancelJob } from '../../main/contract/index.ts'
import { ask } from '../support/engine.ts'
import { until } from '../support/until.ts'
import * as shape from './documented-shapes.ts'
import { type Chunk, failureOf, firstOf, json, liveServer, type Plan, ref, UNKNOWN } from './live-server.ts'

// The published description of the API, field for field and status for status, compared with the real engine. Flows are in upload-flow.test.ts, the wire's spelling in
// aionvision.test.ts.

const server = liveServer()
const GIGABYTES_10 = 10_737_418_240

describe('every field of every answer', () => {
  it('is there and of its type, from initiate to scenes', async () => {
    const retry = (plan: Plan) => server.send('/video-uploads/chunks/retry', { ...ref(plan), chunk_number: 1 })
    const plan = await server.initiate()
    shape.INITIATED.parse(plan)
    shape.RETRIED.parse(await json(retry(plan)))
    const chunk = firstOf((await json<Plan>(server.get(`/video-uploads/${plan.media_id}/resume`))).chunks)
    const etag = (await server.put(chunk, server.clip)).headers.get('etag') ?? ''
    shape.PROGRESS.parse(await json(server.get(`/video-uploads/progress/${plan.media_id}`)))
    shape.CONFIRMED.parse(await json(server.confirm(plan, chunk, etag)))
    const completed = shape.COMPLETED.parse(await server.complete(plan, { analysis_type: 'scene_detection' }))
    shape.PROGRESS.parse(await json(server.get(`/video-uploads/progress/${plan.media_id}`)))
    const queue = server.send('/video-analysis/queue', { media_id: plan.media_id })
    expect(shape.QUEUED.parse(await json(queue, 202)).analysis_job_id).toBe(completed.analysis_job_id)
    const job = await ended(completed.analysis_job_id)
    expect(job).toMatchObject({ status: 'completed', progress_percent: 100, error_message: null, error_code: null })
    expect(shape.JOB.parse(await json(server.get(`/video-analysis/status/${plan.media_id}`)))).toEqual(job)
    const { count, scenes } = shape.SCENES.parse(await json(server.get(`/videos/${plan.media_id}/scenes`)))
    expect([count, scenes.map(({ scene_index }) => scene_index)]).toEqual([scenes.length, [...scenes.keys()]])
    shape.ABORTED.parse(await json(server.send('/video-uploads/abort', ref(await server.initiate()))))
  }, 60_000)
})

describe('an upload of 10 GB', () => {
  it('is begun in under two seconds, with a URL for each of its 1,024 chunks', async () => {
    const before = performance.now()
    const plan = await server.initiate({ size_bytes: GIGABYTES_10 })
    expect(performance.now() - before).toBeLessThan(2000)
    expect(plan.chunks.map(({ chunk_number }) => chunk_number)).toEqual(Array.from({ length: 1024 }, (_, i) => i + 1))
    expect(new Set(plan.chunks.map(({ size_bytes }) => size_bytes))).toEqual(new Set([10_485_760]))
    expect(new Set(plan.chunks.map(({ upload_url }) => upload_url)).size).toBe(1024)
    await json(server.send('/video-uploads/abort', ref(plan)))
    expect(await server.uploadFolders()).not.toContain(plan.media_id)
  })

  it.each([
    ['10 GB and one byte', { size_bytes: GIGABYTES_10 + 1 }],
    ['no bytes', { size_bytes: 0 }],
    ['half a byte', { size_bytes: 0.5 }],
    ['a title of 256', { title: 'x'.repeat(256) }],
    ['21 tags', { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }],
    ['a tag of 51', { tags: ['x'.repeat(51)] }],
    ['a tag with a sign', { tags: ['a#b'] }],
    ['an unknown type', { content_type: 'video/mpeg' }],
  ])('or of %s is refused before anything is laid out', async (_what, wrong) => {
    const folders = await server.uploadFolders()
    const body = { filename: 'a.mp4', content_type: 'video/mp4', size_bytes: 1, ...wrong }
    expect(await failureOf(server.send('/video-uploads/initiate', body))).toEqual([422, 'VALIDATION_ERROR'])
    expect(await server.uploadFolders()).toEqual(folders)
  })

  it('takes titles of 255, 20 tags of 50, letters of any script', async () => {
    const tags = Array.from({ length: 20 }, (_, i) => `Überwachung-${i}_日本`.padEnd(50, 'x'))
    await server.initiate({ title: 'x'.repeat(255), tags })
  })
})

describe('confirming', () => {
  const SIZE = 2 * 10_485_760 + 5
  const bytes = Buffer.alloc(SIZE, 'fieldreel')

  it('counts the same in any order and however often', async () => {
    const plan = await server.initiate({ size_bytes: SIZE })
    const progress = () => json<object>(server.get(`/video-uploads/progress/${plan.media_id}`))
    const [one, two, three] = plan.chunks as [Chunk, Chunk, Chunk]
    await server.fill(plan, bytes, [three, one, three, three])
    expect(await progress()).toMatchObject({
      ...{ chunks_completed: 2, bytes_uploaded: 10_485_765, progress_percent: 66.67, current_chunk: 2 },
    })
    await server.fill(plan, bytes, [two])
    expect(await progress()).toMatchObject({ chunks_completed: 3, bytes_uploaded: SIZE, current_chunk: null })
  })

  it('names every missing chunk and changes nothing when complete comes too early', async () => {
    const plan = await server.initiate({ size_bytes: SIZE })
    await server.fill(plan, bytes, plan.chunks.slice(1, 2))
    const early = await json<object>(server.send('/video-uploads/complete', { ...ref(plan), title: 'Too early' }), 422)
    expect(early).toMatchObject({ error: { code: 'INCOMPLETE_UPLOAD', details: { missing_chunks: [1, 3] } } })
    expect(await json(server.get(`/video-uploads/progress/${plan.media_id}`))).toMatchObject({ status: 'uploading' })
  })

  it('removes on abort what was stored, confirmed or not', async () => {
    const plan = await server.initiate({ size_bytes: SIZE })
    const [one, two] = plan.chunks as [Chunk, Chunk]
    await server.fill(plan, bytes, [one])
    await server.put(two, bytes.subarray(0, two.size_bytes))
    expect(await json(server.send('/video-uploads/abort', ref(plan)))).toMatchObject({ chunks_removed: 2 })
    expect(await failureOf(server.confirm(plan, one, 'x'))).toEqual([409, 'CONFLICT'])
    const retry = server.send('/video-uploads/chunks/retry', { ...ref(plan), chunk_number: 1 })
    expect(await failureOf(retry)).toEqual([409, 'CONFLICT'])
    expect(await failureOf(server.get(`/video-uploads/${plan.media_id}/resume`))).toEqual([409, 'CONFLICT'])
  })

  it.each([
    ['another size', { size_bytes: 4 }, 422, { expected: { size_bytes: 5 }, actual: { size_bytes: 4 } }],
    ['a number past the last', { chunk_number: 4 }, 422, { actual: { chunk_number: 4 } }],
    ['the number 0', { chunk_number: 0 }, 422, {}],
    ['no etag', { etag: '' }, 422, {}],
    ['a foreign media_id', { media_id: UNKNOWN }, 404, {}],
    ['a foreign upload_id', { upload_id: 'other' }, 404, {}],
  ])('refuses %s', async (_what, wrong, status, details) => {
    const plan = await server.initiate({ size_bytes: SIZE })
    const last = plan.chunks[2] as Chunk
    const etag = (await server.put(last, bytes.subarray(-5))).headers.get('etag')
    const body = { ...ref(plan), chunk_number: 3, size_bytes: 5, etag, ...wrong }
    const refused = await json<object>(server.send('/video-uploads/chunks/confirm', body), status)
    expect(refused).toMatchObject({ error: { details } })
    const progress = await json<object>(server.get(`/video-uploads/progress/${plan.media_id}`))
    expect(progress).toMatchObject({ chunks_completed: 0 })
  })

  it('refuses a chunk that was never stored, and a new URL for one that is confirmed', async () => {
    const plan = await server.initiate({ size_bytes: SIZE })
    const last = plan.chunks[2] as Chunk
    expect(await failureOf(server.confirm(plan, last, 'abc'))).toEqual([422, 'VALIDATION_ERROR'])
    await server.fill(plan, bytes, [last])
    const retry = server.send('/video-uploads/chunks/retry', { ...ref(plan), chunk_number: 3 })
    expect(await failureOf(retry)).toEqual([409, 'CONFLICT'])
  })
})

describe('completing', () => {
  it('at once from two sides makes one video and one job; its words replace those of initiate', async () => {
    const plan = await server.initiate({ title: 'First', tags: ['old'] })
    await server.fill(plan)
    const wish = { title: 'Dock 4', tags: ['night'], metadata: { take: 2 }, duration_seconds: 9, analysis_model: 'm-1' }
    const both = await Promise.all([server.complete(plan, wish), server.complete(plan, wish)])
    expect(both[0].analysis_job_id).toBe(both[1].analysis_job_id)
    expect(await server.complete(plan, { title: 'Later' })).toMatchObject({
      ...{ media_id: plan.media_id, analysis_job_id: both[0].analysis_job_id, video_url: both[0].video_url },
    })
    expect(await server.video(plan.media_id)).toMatchObject({ title: 'Dock 4', tags: ['night'], custom: { take: 2 } })
    expect(await failureOf(server.send('/video-uploads/abort', ref(plan)))).toEqual([409, 'CONFLICT'])
  })
})

describe('an analysis job', () => {
  it('is retried three times, and only when it failed or was cancelled', async () => {
    const plan = await server.initiate()
    await server.fill(plan)
    const { analysis_job_id } = await server.complete(plan)
    const jobId = analysis_job_id ?? ''
    const retry = () => server.send(`/video-analysis/jobs/${jobId}/retry`, { media_id: plan.media_id })
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await ask(server.engine, cancelJob, { jobId })
      const answer = await json<object>(retry(), 202)
      if (attempt === 1) expect(shape.REQUEUED.parse(answer)).toMatchObject({ analysis_job_id: jobId, retry_count: 1 })
      expect(await failureOf(retry())).toEqual([409, 'CONFLICT'])
    }
    await ask(server.engine, cancelJob, { jobId })
    expect(await failureOf(retry())).toEqual([422, 'MAX_RETRIES_EXCEEDED'])
    const foreign = server.send(`/video-analysis/jobs/${jobId}/retry`, { media_id: UNKNOWN })
    expect(await failureOf(foreign)).toEqual([404, 'NOT_FOUND'])
  })

  it.each([
    [404, { media_id: UNKNOWN }],
    [422, { media_id: 'not-a-uuid' }],
    [422, { media_id: UNKNOWN, analysis_type: 'guess' }],
    [422, { media_id: UNKNOWN, priority: 'urgent' }],
  ])('is refused with %d for %j', async (status, body) => {
    expect((await failureOf(server.send('/video-analysis/queue', body)))[0]).toBe(status)
  })

  it.each(['jobs', 'status'])('has no %s of a malformed id', async (what) => {
    expect(await failureOf(server.get(`/video-analysis/${what}/not-a-uuid`))).toEqual([422, 'VALIDATION_ERROR'])
  })
})

async function ended(jobId: string) {
  return await until('the analysis to end', async () => {
    const job = shape.JOB.parse(await json(server.get(`/video-analysis/jobs/${jobId}`)))
    return job.completed_at !== null && job
  })
}
