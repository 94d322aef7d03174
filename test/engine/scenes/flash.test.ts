import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { detectScenes } from '../../../main/engine/scenes/detection.ts'
import { probeVideo, readFrameIndex } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { buildTo } from '../../fixtures/built.ts'
import { ffmpeg, FLOWER, FRIDAY } from '../../fixtures/clips.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

// The whole picture goes white for up to seven frames, as a flash next to the camera makes it.

const tools = await resolveFfmpeg()
let workersFolder = ''

beforeAll(async () => {
  workersFolder = await buildTo('main/engine/scenes/detection-worker.ts')
})

const [WIDTH, HEIGHT, SECONDS, FLASH_AT] = [320, 180, 4, 2]

/** One take of so many frames a second, all white from the second second on for a while. */
async function flash(rate: number, milliseconds: number): Promise<string> {
  const file = path.join(await temporaryFolder(), `flash-${rate}.mp4`)
  // Up to the middle of the last frame that is white.
  const until = FLASH_AT + milliseconds / 1000 - 0.5 / rate
  const white = `drawbox=color=white:thickness=fill:enable='between(t,${FLASH_AT - 0.5 / rate},${until})'`
  const filter = `fps=${rate},scale=${WIDTH}:${HEIGHT},setsar=1,${white}`
  await ffmpeg('-ss', '1', '-i', FRIDAY, '-t', String(SECONDS), '-an', '-vf', filter, '-preset', 'ultrafast', file)
  return file
}

async function startsOf(file: string): Promise<number[]> {
  const { metadata, startSeconds } = await probeVideo(tools, file)
  const frames = await readFrameIndex(tools, file, { startSeconds })
  const video = { path: file, tools, durationSeconds: metadata.durationSeconds ?? 0, frames: frames.pack() }
  return (await detectScenes(video, { workersFolder })).scenes.map(({ startTime }) => startTime)
}

it.each([
  [25, 40],
  [25, 280],
  [60, 100],
])('at %d frames a second a flash of %d ms is no cut', { timeout: 60_000 }, async (rate, milliseconds) => {
  expect(await startsOf(await flash(rate, milliseconds))).toEqual([0])
})

it('a short shot of something else is a cut and no flash', { timeout: 60_000 }, async () => {
  const file = path.join(await temporaryFolder(), 'cuts.mp4')
  const even = `fps=60,scale=${WIDTH}:${HEIGHT},setsar=1,format=yuv420p`
  const [one, other] = [`[0:v]${even},trim=end_frame=120`, `[1:v]${even},trim=end_frame=36`]
  const third = `[0:v]${even},trim=start_frame=180:end_frame=300,setpts=PTS-STARTPTS`
  const filter = `${one}[a];${other}[b];${third}[c];[a][b][c]concat=n=3[v]`
  await ffmpeg('-i', FRIDAY, '-i', FLOWER, '-filter_complex', filter, '-map', '[v]', '-preset', 'ultrafast', file)
  const starts = await startsOf(file)
  expect(starts[0]).toBe(0)
  expect(starts[1]).toBeCloseTo(2, 3)
})
