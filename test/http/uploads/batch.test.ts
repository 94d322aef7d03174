import fs from 'node:fs/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { getAnalysisJob } from '../../../main/contract/index.ts'
import { ask } from '../../support/engine.ts'
import { until } from '../../support/until.ts'
import * as shape from '../documented-shapes.ts'
import { failureOf, firstOf, json, liveServer, type Plan } from '../live-server.ts'

const server = liveServer()

interface Batch {
  readonly batch_id: string
  readonly videos: readonly Plan[]
}

const video = (more: object = {}) => ({
  ...{ filename: 'dock.mp4', content_type: 'video/mp4', size_bytes: server.clip.length, ...more },
})
const begin = (body: object) => server.send('/video-uploads/batch/initiate', body)

describe('a batch', () => {
  it('is one plan for each video, in their order', async () => {
    const sizes = [104_857_600, 10_485_761, 199_229_439]
    const batch = await json<Batch>(begin({ videos: sizes.map((size_bytes) => video({ size_bytes })) }), 201)
    expect(batch).toMatchObject({
      ...{ batch_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, total_videos: 3 },
      ...{ total_size_bytes: 314_572_800, estimated_time_seconds: 30, processing_priority: 'normal' },
    })
    expect(batch.videos.map((plan) => shape.INITIATED.parse(plan).total_chunks)).toEqual([10, 2, 19])
    const ids = batch.videos.map(({ media_id }) => media_id)
    expect(await server.uploadFolders()).toEqual(expect.arrayContaining(ids))
  })

  it.each([
    ['no videos', () => ({ videos: [] })],
    ['eleven', () => ({ videos: Array.from({ length: 11 }, () => video()) })],
    ['one of them wrong', () => ({ videos: [video(), video({ size_bytes: 0 }), video()] })],
    ['an unknown priority', () => ({ videos: [video()], processing_priority: 'urgent' })],
  ])('of %s is refused whole', async (_what, body) => {
    const folders = await server.uploadFolders()
    expect(await failureOf(begin(body()))).toEqual([422, 'VALIDATION_ERROR'])
    expect(await server.uploadFolders()).toEqual(folders)
  })

  it('names the video that is wrong', async () => {
    const answer = await json<object>(begin({ videos: [video(), video({ tags: ['a#'] })] }), 422)
    expect(answer).toMatchObject({ error: { details: { fields: [{ in: 'body', field: 'videos.1.tags.0' }] } } })
  })

  it('for which there is no room is refused whole, and reserves nothing', async () => {
    const free = 100_000_000_000
    const told = { type: 0, bsize: 1, blocks: free, bfree: free, bavail: free, files: 0, ffree: 0 }
    const disk = vi.spyOn(fs, 'statfs').mockResolvedValue(told)
    onTestFinished(() => disk.mockRestore())
    const full = { videos: Array.from({ length: 10 }, () => video({ size_bytes: 10_737_418_240 })) }
    const folders = await server.uploadFolders()
    interface Refusal {
      readonly error: { readonly code: string; readonly details: Record<'needed_bytes' | 'available_bytes', number> }
    }
    const { error } = await json<Refusal>(begin(full), 413)
    expect(error).toMatchObject({ code: 'STORAGE_QUOTA_EXCEEDED', details: { needed_bytes: 107_374_182_400 } })
    const again = await json<Refusal>(begin(full), 413)
    expect(again.error.details.available_bytes).toBe(error.details.available_bytes)
    expect(await server.uploadFolders()).toEqual(folders)
  })
})

describe('what a batch asks for', () => {
  const finish = async (batch: object, wish: object = {}) => {
    const { videos } = await json<Batch>(begin({ videos: [video()], ...batch }), 201)
    const plan = firstOf(videos)
    await server.fill(plan)
    return (await server.complete(plan, wish)).analysis_job_id
  }

  it('is done when an upload completes: no analysis, unless complete asks for one', async () => {
    expect(await finish({ auto_process: false })).toBeNull()
    expect(await finish({ auto_process: false }, { auto_analyze: true })).not.toBeNull()
    expect(await finish({ auto_process: true })).not.toBeNull()
    expect(await finish({ auto_process: true }, { auto_analyze: false })).toBeNull()
  })

  it('puts urgent videos before those that wait', async () => {
    const stored = async (priority: string) => {
      const { videos } = await json<Batch>(begin({ videos: [video()], processing_priority: priority }), 201)
      await server.fill(firstOf(videos))
      return firstOf(videos)
    }
    const startOf = async (jobId: string | null) =>
      await until(
        'the job to start',
        async () => {
          const { startedAt } = await ask(server.engine, getAnalysisJob, { jobId: jobId ?? '' })
          return startedAt !== null && Date.parse(startedAt)
        },
        60_000,
      )
    const ahead = await Promise.all(['high', 'high', 'high', 'high'].map(stored))
    const behind = await Promise.all(['low', 'normal', 'high'].map(stored))
    // These keep the workers busy while the others come in.
    await Promise.all(ahead.map((plan) => server.complete(plan)))
    const completed = await Promise.all(behind.map((plan) => server.complete(plan)))
    const starts = await Promise.all(completed.map(({ analysis_job_id }) => startOf(analysis_job_id)))
    expect(starts).toEqual([...starts].sort((a, b) => b - a))
    expect(new Set(starts).size).toBe(3)
  }, 90_000)
})
