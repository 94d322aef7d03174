import { stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { compose, type Engine } from '../../../main/compose.ts'
import {
  addImports,
  applySceneSettings,
  deleteVideo,
  getAnalysisJob,
  getSceneSettings,
  getVideoSceneSettings,
  latestAnalysisJob,
  listScenes,
  listVideos,
  previewScenes,
  queueAnalysis,
  setSceneSettings,
} from '../../../main/contract/index.ts'
import { schema } from '../../../main/engine/schema.ts'
import { Database } from '../../../main/platform/database/index.ts'
import { ffmpeg, FLOWER, FRIDAY } from '../../fixtures/clips.ts'
import { drawShots } from '../../support/clips.ts'
import { ask, openEngine } from '../../support/engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { until } from '../../support/until.ts'

const DEFAULTS = { sensitivity: 0.5, minimumSceneSeconds: 0.2, splitLongScenes: false }
/** Lets the last cut of the film go, and all those of the shots. */
const COARSE = { ...DEFAULTS, minimumSceneSeconds: 1.5 }

/** Real shots of three seconds and twice one, small: what is looked at is how they are cut, not how well. */
async function shortFilm(file: string): Promise<string> {
  const small = 'fps=25,scale=320:180,setsar=1,format=yuv420p'
  const shots = `[0:v]${small},trim=end_frame=75[a];[1:v]${small},trim=end_frame=25[b];[2:v]${small},trim=end_frame=25[c]`
  const inputs = ['-i', FRIDAY, '-i', FLOWER, '-ss', '4', '-i', FRIDAY]
  const join = ['-filter_complex', `${shots};[a][b][c]concat=n=3[v]`, '-map', '[v]']
  await ffmpeg(...inputs, ...join, '-preset', 'ultrafast', file)
  return file
}

async function analysed(engine: Engine, videoId: string): Promise<void> {
  await until('the analysis', async () => {
    const job = await ask(engine, latestAnalysisJob, { mediaId: videoId })
    if (job.status === 'failed') throw new Error(String(job.errorMessage))
    return job.status === 'completed'
  })
}

async function importFilm(engine: Engine, film: string): Promise<string> {
  await ask(engine, addImports, { paths: [film] })
  const videos = await until('the video', async () => {
    const list = await ask(engine, listVideos, {})
    return list.videos.length > 0 && list.videos
  })
  const videoId = videos[0]?.videoId ?? ''
  await analysed(engine, videoId)
  return videoId
}

/** An engine that can read films but has no program to find scenes in them. */
async function openWithoutDetector(data: string): Promise<Engine> {
  const workersFolder = await temporaryFolder()
  const engine = await compose({ data, workersFolder, version: '0.0.0-test', logToStderr: false, env: process.env })
  onTestFinished(() => engine.close())
  return engine
}

it('previews other settings, cuts again without decoding the film, and stores them', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const first = await openEngine(data)
  const videoId = await importFilm(first, await shortFilm(path.join(folder, 'film.mp4')))
  const { scenes: before } = await ask(first, listScenes, { videoId })
  expect(before.map(({ startTime }) => startTime)).toEqual([0, 3, 4])
  expect(await ask(first, getVideoSceneSettings, { videoId })).toEqual({ settings: DEFAULTS, own: false })
  await first.close()

  const engine = await openWithoutDetector(data)
  const same = await ask(engine, previewScenes, { videoId, settings: DEFAULTS })
  expect(same.scenes.map(({ startTime, endTime }) => [startTime, endTime])).toEqual(
    before.map(({ startTime, endTime }) => [startTime, endTime]),
  )
  const coarse = await ask(engine, previewScenes, { videoId, settings: COARSE })
  expect(coarse.countNow).toBe(3)
  expect(coarse.scenes.map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
    [0, 3],
    [3, 5],
  ])
  // Looking changes nothing.
  expect((await ask(engine, listScenes, { videoId })).scenes).toEqual(before)

  const { jobId } = await ask(engine, applySceneSettings, { videoId, settings: COARSE })
  await analysed(engine, videoId)
  expect((await ask(engine, getAnalysisJob, { jobId })).status).toBe('completed')
  const { scenes: after } = await ask(engine, listScenes, { videoId })
  expect(after).toMatchObject(coarse.scenes)
  expect(after).toHaveLength(coarse.scenes.length)
  const ids = new Set(before.map(({ sceneId }) => sceneId))
  expect(after.filter(({ sceneId }) => ids.has(sceneId))).toEqual([])
  for (const { sceneId } of after) {
    expect((await stat(path.join(data, 'derived', videoId, 'scenes', `${sceneId}.jpg`))).size).toBeGreaterThan(500)
  }
  expect(await ask(engine, getVideoSceneSettings, { videoId })).toEqual({ settings: COARSE, own: true })
  // What was found is still all there: back to the library's setting, scenes are as they were.
  await ask(engine, applySceneSettings, { videoId, settings: null })
  await analysed(engine, videoId)
  const { scenes: again } = await ask(engine, listScenes, { videoId })
  expect(again.map(({ startTime, transition }) => [startTime, transition])).toEqual(
    before.map(({ startTime, transition }) => [startTime, transition]),
  )
  expect(await ask(engine, getVideoSceneSettings, { videoId })).toEqual({ settings: DEFAULTS, own: false })
})

it('analyses by the library’s setting, or by the video’s own; an older detector’s finds are not used', async () => {
  const folder = await temporaryFolder()
  const data = path.join(folder, 'data')
  const first = await openEngine(data)
  expect(await ask(first, getSceneSettings, {})).toEqual(DEFAULTS)
  expect(await ask(first, setSceneSettings, { minimumSceneSeconds: 1.5 })).toEqual(COARSE)
  await expect(ask(first, setSceneSettings, { sensitivity: 1.1 })).rejects.toMatchObject({ code: 'invalid_input' })
  const film = await drawShots(path.join(folder, 'shots.mp4'), { shots: 3, secondsEach: 1 })
  const videoId = await importFilm(first, film)
  const starts = async (engine: Engine) =>
    (await ask(engine, listScenes, { videoId })).scenes.map(({ startTime }) => startTime)
  expect(await starts(first)).toEqual([0])

  // Two wishes at once: the last one counts.
  await ask(first, applySceneSettings, { videoId, settings: COARSE })
  await ask(first, applySceneSettings, { videoId, settings: DEFAULTS })
  await analysed(first, videoId)
  expect(await starts(first)).toEqual([0, 1, 2])
  await ask(first, queueAnalysis, { mediaId: videoId })
  await expect(ask(first, applySceneSettings, { videoId, settings: COARSE })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is running'),
  })
  await analysed(first, videoId)
  expect(await starts(first)).toEqual([0, 1, 2])
  await first.close()

  const database = Database.open(path.join(data, 'fieldreel.db'), schema)
  database.prepare('UPDATE detections SET detector = detector - 1').run()
  database.close()
  const second = await openEngine(data)
  await expect(ask(second, previewScenes, { videoId, settings: COARSE })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('earlier version'),
  })
  // Asked for all the same, the film is looked at once more.
  await ask(second, applySceneSettings, { videoId, settings: COARSE })
  await analysed(second, videoId)
  expect(await starts(second)).toEqual([0])
  expect((await ask(second, previewScenes, { videoId, settings: DEFAULTS })).scenes).toHaveLength(3)
  await ask(second, deleteVideo, { videoId })
  await expect(ask(second, previewScenes, { videoId, settings: COARSE })).rejects.toMatchObject({ code: 'not_found' })
})
