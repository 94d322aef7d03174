import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { detectScenes } from '../../../main/engine/scenes/detection.ts'
import { resolveFfmpeg, type FfmpegTools } from '../../../main/platform/ffmpeg/index.ts'
import { probeVideo } from '../../../main/engine/media/index.ts'
import { buildTo } from '../../fixtures/built.ts'
import { ffmpeg, FLOWER, FRIDAY, source } from '../../fixtures/clips.ts'
import { drawShots } from '../../support/clips.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
let workersFolder = ''

beforeAll(async () => {
  workersFolder = await buildTo('main/engine/scenes/detection-worker.ts')
})

async function scenesOf(path: string, call: { signal?: AbortSignal; onProgress?: (at: number) => void } = {}) {
  const { metadata } = await probeVideo(tools, path)
  const video = { path, tools, durationSeconds: metadata.durationSeconds ?? 0 }
  return (await detectScenes(video, { workersFolder, ...call })).scenes
}

/** Both pieces of real footage, one after the other, at their own size and rate. */
async function joined(file: string, ...output: string[]): Promise<void> {
  const even = 'scale=640:360,setsar=1,fps=25,format=yuv420p'
  const filter = `[0:v]${even},trim=end_frame=100[a];[1:v]${even},trim=end_frame=100[b];[a][b]concat[v]`
  await ffmpeg(
    '-i',
    FLOWER,
    '-i',
    FRIDAY,
    '-filter_complex',
    filter,
    '-map',
    '[v]',
    '-preset',
    'ultrafast',
    ...output,
    file,
  )
}

test('real footage without a cut is one scene, as long as the video', async () => {
  expect(await scenesOf(FRIDAY)).toEqual([{ startTime: 0, endTime: 6.166667, transition: 'start', confidenceScore: 1 }])
  expect(await scenesOf(FLOWER)).toHaveLength(1)
})

test('finds a cut between real shots, twice the same, with progress', async () => {
  const file = join(await temporaryFolder(), 'joined.mp4')
  await joined(file)
  const told: number[] = []
  const scenes = await scenesOf(file, { onProgress: (at) => told.push(at) })
  expect(scenes.map(({ startTime, endTime, transition }) => [startTime, endTime, transition])).toEqual([
    [0, 4, 'start'],
    [4, 8, 'cut'],
  ])
  expect(told.length).toBeGreaterThan(10)
  expect(told).toEqual([...told].sort((a, b) => a - b))
  expect(await scenesOf(file)).toEqual(scenes)
})

test('drawn shots of other colours are scenes', async () => {
  const file = await drawShots(join(await temporaryFolder(), 'shots.mp4'), { shots: 4, secondsEach: 1 })
  expect((await scenesOf(file)).map(({ startTime }) => startTime)).toEqual([0, 1, 2, 3])
})

test('times are those of the frames: varying rates, and sound that begins before the picture', async () => {
  const folder = await temporaryFolder()
  const [varying, late, file] = [join(folder, 'varying.mp4'), join(folder, 'late.mp4'), join(folder, 'joined.mp4')]
  await joined(file)
  await ffmpeg('-i', file, '-vf', "setpts='if(lt(N,50),N,50+3*(N-50))/25/TB'", ...tools.keepFrameTimes, varying)
  expect((await scenesOf(varying))[1]?.startTime).toBeCloseTo((50 + 3 * 50) / 25, 3)
  await ffmpeg(
    ...source('sine', 9),
    '-itsoffset',
    '0.7',
    '-i',
    file,
    '-map',
    '1:v',
    '-map',
    '0:a',
    '-c:v',
    'copy',
    late,
  )
  expect((await scenesOf(late))[1]?.startTime).toBeCloseTo(4.7, 2)
})

test('a cancelled detection ends within half a second', async () => {
  const file = join(await temporaryFolder(), 'long.mp4')
  await ffmpeg('-stream_loop', '30', '-i', FRIDAY, '-c', 'copy', file)
  const controller = new AbortController()
  let asked = 0
  const onProgress = (): void => {
    asked ||= performance.now()
    controller.abort()
  }
  await expect(scenesOf(file, { signal: controller.signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' })
  expect(performance.now() - asked).toBeLessThan(500)
})

test.each([
  ['fails', 'echo "Disk on fire" >&2; exit 1'],
  ['hangs', 'echo "Disk on fire" >&2; exec sleep 60'],
])('a decoder that %s ends the detection with its last words', async (_, program) => {
  const stand = await standIn(program)
  const video = { path: FRIDAY, tools: stand, durationSeconds: 6, silenceLimitMs: 500 }
  await expect(detectScenes(video, { workersFolder })).rejects.toMatchObject({
    code: 'media_failed',
    message: expect.stringContaining('Disk on fire'),
  })
})

test('a decoder that gives no picture is a failure, not an empty video', async () => {
  const video = { path: FRIDAY, tools: await standIn('exit 0'), durationSeconds: 6 }
  await expect(detectScenes(video, { workersFolder })).rejects.toMatchObject({ code: 'media_failed' })
})

async function standIn(program: string): Promise<FfmpegTools> {
  const ffmpegFile = join(await temporaryFolder(), 'ffmpeg')
  await writeFile(ffmpegFile, `#!/bin/sh\n${program}\n`)
  await chmod(ffmpegFile, 0o755)
  return { ...tools, ffmpeg: ffmpegFile }
}
