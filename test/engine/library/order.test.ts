import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Engine } from '../../../main/compose.ts'
import {
  deleteVideo,
  deleteVideos,
  getVideos,
  listVideos,
  orderVideos,
  restoreVideos,
  updateVideo,
} from '../../../main/contract/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { addManyVideos, type ManyVideos } from '../../support/many-videos.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function libraryOf(count: number, differences: ManyVideos = {}) {
  const data = path.join(await temporaryFolder(), 'data')
  await mkdir(data)
  const file = path.join(data, 'fieldreel.db')
  const ids = addManyVideos(file, count, differences)
  return { data, file, ids }
}

async function order(engine: Engine, input: z.input<typeof orderVideos.input> = {}) {
  const { ids, ...rest } = await ask(engine, orderVideos, input)
  return { ...rest, ids: ids.match(/.{36}/g) ?? [] }
}

const titles = async (engine: Engine, input: z.input<typeof listVideos.input>) =>
  (await ask(engine, listVideos, input)).videos.map(({ title }) => title)

describe('the order of a library', () => {
  it('holds every video, however many, with counts of its days', async () => {
    const { data, ids } = await libraryOf(5000, { addedAt: (number) => Date.UTC(2026, 0, 1, 12) + number * 60_000 })
    const engine = await openEngine(data)
    const answer = await order(engine)
    expect(answer.ids).toEqual(ids.toReversed())
    expect(answer.counts).toEqual({ all: 5000, working: 0, failed: 0 })
    expect(answer.seconds).toHaveLength(5000)
    expect(answer.days.reduce((sum, { count }) => sum + count, 0)).toBe(5000)
    expect(answer.days.length).toBeGreaterThan(3)
    expect((await ask(engine, listVideos, { offset: 4990, limit: 200 })).videos).toHaveLength(10)
  })

  it('puts a batch by its names, whichever file was copied first', async () => {
    const names = ['clip 10', 'clip 2', 'Clip 1']
    const { data } = await libraryOf(3, { title: (number) => names[number]!, addedAt: () => Date.UTC(2026, 0, 1) })
    const engine = await openEngine(data)
    expect(await titles(engine, { sort: 'newest' })).toEqual(['Clip 1', 'clip 2', 'clip 10'])
    expect(await titles(engine, { sort: 'oldest' })).toEqual(['Clip 1', 'clip 2', 'clip 10'])
  })

  it('sorts by recording date and by size, what has no date last', async () => {
    const dates = ['2024-05-01T10:00:00.000Z', null, '2025-01-01T10:00:00.000Z']
    const { data } = await libraryOf(3, {
      title: (number) => `v${number}`,
      recordedAt: (number) => dates[number] ?? null,
    })
    const engine = await openEngine(data)
    expect(await titles(engine, { sort: 'recorded' })).toEqual(['v2', 'v0', 'v1'])
    expect(await titles(engine, { sort: 'largest' })).toEqual(['v2', 'v1', 'v0'])
  })

  it('counts what works and what needs somebody over the whole library, by the latest job of each', async () => {
    const { data, file, ids } = await libraryOf(600)
    const database = Database.open(file, schema)
    const job = database.prepare(
      `INSERT INTO jobs (id, kind, subject_id, request, status, created_at)
       VALUES (:id, 'analysis', :subjectId, '{}', :status, :at)`,
    )
    const failed = ids.slice(0, 3)
    for (const [at, subjectId] of failed.entries()) job.run({ id: `f${at}`, subjectId, status: 'failed', at })
    // Tried again since, and done.
    job.run({ id: 'done', subjectId: failed[0]!, status: 'completed', at: 10 })
    database.close()
    const engine = await openEngine(data)
    const answer = await order(engine, { state: 'failed' })
    expect(answer.ids.toSorted()).toEqual(failed.slice(1).toSorted())
    expect(answer.counts).toEqual({ all: 600, working: 0, failed: 2 })
    expect((await order(engine, { search: 'site walk 2', state: 'failed' })).counts.failed).toBe(1)
  })

  it('follows what is renamed and deleted', async () => {
    const { data, ids } = await libraryOf(3, { title: (number) => `v${number}` })
    const engine = await openEngine(data)
    const inTitles = async () => await titles(engine, { sort: 'title' })
    expect(await inTitles()).toEqual(['v0', 'v1', 'v2'])
    await ask(engine, updateVideo, { videoId: ids[0]!, title: 'v9' })
    expect(await inTitles()).toEqual(['v1', 'v2', 'v9'])
    expect((await order(engine, { search: 'V9' })).ids).toEqual([ids[0]])
    await ask(engine, deleteVideo, { videoId: ids[2]! })
    expect(await inTitles()).toEqual(['v1', 'v9'])
    expect((await ask(engine, getVideos, { videoIds: ids })).videos.map(({ title }) => title)).toEqual(['v9', 'v1'])
  })
})

it('several videos are deleted and restored at once, and what is not there is told', async () => {
  const { data, ids } = await libraryOf(100)
  const engine = await openEngine(data)
  const gone = '00000000-0000-4000-8000-000000000000'
  const some = ids.slice(0, 50)
  const deleted = await ask(engine, deleteVideos, { videoIds: [...some, gone] })
  expect(deleted.done).toEqual(some)
  expect(deleted.failed).toMatchObject([{ videoId: gone }])
  expect((await order(engine)).counts.all).toBe(50)
  expect((await ask(engine, restoreVideos, { videoIds: some })).done).toEqual(some)
  expect((await order(engine)).ids).toEqual(ids.toReversed())
})
