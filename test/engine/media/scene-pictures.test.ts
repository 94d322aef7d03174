import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  makePictures,
  makeScenePictures,
  probeVideo,
  readFrameIndex,
  type SceneRange,
} from '../../../main/engine/media/index.ts'
import { measurePictures } from '../../../main/engine/media/picture-quality.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, FRIDAY, source } from '../../fixtures/clips.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
const ENCODE = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-pix_fmt', 'yuv420p'] as const

/** Four seconds of a moving pattern, drawn over as told. */
async function patternWith(filter: string): Promise<{ folder: string; file: string }> {
  const folder = await temporaryFolder()
  const file = join(folder, 'film.mp4')
  await ffmpeg(...source('testsrc2=size=320x180:rate=25', 4), '-vf', filter, ...ENCODE, file)
  return { folder, file }
}

const WHOLE = { startTime: 0, endTime: 4 }

/** The picture of one scene, and the pictures of the frames at `times`, to compare it with. */
async function compare(file: string, folder: string, times: readonly number[], scene: SceneRange = WHOLE) {
  const { startSeconds } = await probeVideo(tools, file)
  const index = await readFrameIndex(tools, file, { startSeconds })
  const scenes = join(folder, 'scenes')
  await makeScenePictures(tools, file, [scene], { folder: scenes, nameOf: () => 'scene.jpg', frames: index })
  expect(await readdir(scenes)).toEqual(['scene.jpg'])
  const others = await makePictures(tools, file, times, { folder: join(folder, 'others'), nameOf: (at) => `${at}.jpg` })
  const [made, ...rest] = await Promise.all([join(scenes, 'scene.jpg'), ...others].map((path) => readFile(path)))
  return rest.map((other) => other.equals(made ?? Buffer.alloc(0)))
}

test('a scene is shown by the frame nearest to its midpoint', async () => {
  const { file, folder } = await patternWith('null')
  expect(await compare(file, folder, [1.96, 2, 2.04])).toEqual([false, true, false])
  const odd = { startTime: 1, endTime: 2.16 }
  expect(await compare(file, folder, [1.56, 1.6], odd)).toEqual([true, false])
})

test.each(['black', 'white', 'gray'])(
  'a midpoint that is all %s gives way to the nearest frame that is not',
  async (colour) => {
    const { file, folder } = await patternWith(`drawbox=c=${colour}:t=fill:enable='between(t,1.5,2.2)'`)
    expect(await compare(file, folder, [1.6, 2, 2.4])).toEqual([false, false, true])
  },
)

test('a blurred midpoint gives way to a sharp frame', async () => {
  const { file, folder } = await patternWith(`boxblur=24:3:enable='between(t,1.5,2.7)'`)
  expect(await compare(file, folder, [2, 2.4, 1.2])).toEqual([false, false, true])
})

test('a scene that is black or soft all through keeps its midpoint', async () => {
  const black = await patternWith('drawbox=c=black:t=fill')
  expect(await compare(black.file, black.folder, [2])).toEqual([true])
  const soft = await patternWith('boxblur=24:3')
  expect(await compare(soft.file, soft.folder, [2])).toEqual([true])
})

test('nothing is taken from beyond the scene, and the same comes out every time', async () => {
  const { file, folder } = await patternWith(`drawbox=c=black:t=fill:enable='between(t,1,3)'`)
  const dark = { startTime: 1, endTime: 3 }
  expect(await compare(file, folder, [2], dark)).toEqual([true])
  const real = await temporaryFolder()
  const once = await compare(FRIDAY, real, [3], { startTime: 0, endTime: 6 })
  expect(await compare(FRIDAY, real, [3], { startTime: 0, endTime: 6 })).toEqual(once)
})

test('uses the midpoint of the stable part when the midpoint is in a transition', async () => {
  const { file, folder } = await patternWith('null')
  const stable = { ...WHOLE, stableFrom: 2.4, stableTo: 3.6 }
  expect(await compare(file, folder, [2, 3], stable)).toEqual([false, true])
  // Not when the midpoint is in the stable part.
  const later = await temporaryFolder()
  expect(await compare(file, later, [2, 2.6], { ...WHOLE, stableFrom: 1.6 })).toEqual([true, false])
})

test('sharpness is that of the picture as it is: film in focus is not suspect', async () => {
  const folder = await temporaryFolder()
  const [sharp = ''] = await makePictures(tools, FRIDAY, [3], { folder, nameOf: () => 'sharp.jpg' })
  const soft = join(folder, 'soft.jpg')
  await ffmpeg('-i', sharp, '-vf', 'boxblur=12:3', '-q:v', '3', soft)
  const [look, blurred] = await measurePictures(tools, [sharp, soft], undefined)
  expect(look?.sharpness).toBeGreaterThan(2)
  expect(blurred?.sharpness).toBeLessThan(1.2)
})
