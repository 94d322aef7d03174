import { execFile } from 'node:child_process'
import { copyFile, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import {
  makePictures,
  makePreview,
  makeScenePictures,
  previewContentType,
  probeVideo,
  readFrameIndex,
} from '../../../main/engine/media/index.ts'
import { requestRuns } from '../../../main/engine/media/picture-requests.ts'
import { FrameIndex } from '../../../main/contract/media/frame-index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, FRIDAY, source, turn } from '../../fixtures/clips.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
const run = promisify(execFile)

/** Every frame is one grey, `STEP` brighter than the one before: a picture says which frame of 30 it is. */
const STEP = 7
const GREYS = `color=size=640x360:rate=10,format=yuv420p,geq=lum='16+${STEP}*N':cb=128:cr=128`

async function greys(folder: string, seconds = 3, ...output: string[]): Promise<string> {
  const file = join(folder, 'greys.mp4')
  await ffmpeg(...source(GREYS, seconds), '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-crf', '10', ...output, file)
  return file
}

/** Brightness first, row by row. */
async function pixels(picture: string, filter = 'null'): Promise<Buffer> {
  const args = ['-loglevel', 'error', '-i', picture, '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'yuvj420p', 'pipe:1']
  const { stdout } = await run(tools.ffmpeg, args, { encoding: 'buffer', maxBuffer: 1 << 26 })
  return stdout
}

/** JPEG spreads the 16..235 of video over 0..255. */
function frameOfGrey(grey = 0): number {
  return Math.round((grey * 219) / 255 / STEP)
}

async function frameOf(picture: string): Promise<number> {
  return frameOfGrey((await pixels(picture, 'scale=1:1:flags=area'))[0])
}

async function sizeOf(picture: string): Promise<string> {
  const args = ['-v', 'error', '-show_entries', 'stream=width,height', '-of', 'csv=p=0:s=x', picture]
  return (await run(tools.ffprobe, args)).stdout.trim()
}

const byIndex = (index: number): string => `${index}.jpg`

test('each time gets the frame nearest to it, near or far, in any order', async () => {
  const folder = await temporaryFolder()
  const video = await greys(folder, 3)
  const times = [2.0, 0, 1.04, 1.06, 0.5, 0.5, 2.89]
  const made: number[] = []
  const pictures = { folder: join(folder, 'pictures'), nameOf: byIndex, onProgress: (at: number) => made.push(at) }
  const files = await makePictures(tools, video, times, pictures)
  expect(await Promise.all(files.map(frameOf))).toEqual([20, 0, 10, 11, 5, 5, 29])
  expect(await readdir(pictures.folder)).toEqual(times.map((_, index) => byIndex(index)))
  expect(made.at(-1)).toBe(1)
})

test('times far apart, sought one by one, get the same frames', async () => {
  const folder = await temporaryFolder()
  const video = await greys(folder, 3, '-vf', 'setpts=10*PTS', '-r', '1', '-g', '5')
  const files = await makePictures(tools, video, [2.4, 21.6, 12.1], { folder, nameOf: byIndex })
  expect(await Promise.all(files.map(frameOf))).toEqual([2, 22, 12])
})

test('past the end comes the last frame, far past it the last key frame', async () => {
  const folder = await temporaryFolder()
  const files = await makePictures(tools, await greys(folder, 3), [2.95, 4, 500], { folder, nameOf: byIndex })
  expect(await Promise.all(files.map(frameOf))).toEqual([29, 29, 0])
})

test('pictures are turned, stretched and shrunk as displayed, never enlarged', async () => {
  const folder = await temporaryFolder()
  const [flat, turned, small] = [join(folder, 'flat.mp4'), join(folder, 'turned.mp4'), join(folder, 'small.mp4')]
  await ffmpeg(...source('testsrc2=size=640x360', 0.2), '-pix_fmt', 'yuv420p', flat)
  await copyFile(flat, turned)
  await turn(turned, 90)
  await ffmpeg(...source('testsrc2=size=160x120', 0.2), '-vf', 'setsar=3/2', '-pix_fmt', 'yuv420p', small)
  const sizes = [flat, turned, small].map(async (file, index) => {
    const [picture] = await makePictures(tools, file, [0], { folder, nameOf: () => `${index}.jpg` })
    return sizeOf(picture ?? '')
  })
  expect(await Promise.all(sizes)).toEqual(['480x270', '270x480', '240x120'])
})

test.each(['4000x4', '4x4000'])('a picture is also made of a film of %s', async (size) => {
  const folder = await temporaryFolder()
  const file = join(folder, 'wall.avi')
  await ffmpeg(...source(`testsrc2=size=${size}:rate=10`, 1), '-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p', file)
  const [picture = ''] = await makePictures(tools, file, [0.5], { folder, nameOf: () => 'picture.jpg', longSide: 480 })
  expect((await stat(picture)).size).toBeGreaterThan(0)
})

test('a failed or cancelled run leaves nothing behind', async () => {
  const folder = join(await temporaryFolder(), 'pictures')
  const signal = AbortSignal.abort()
  const pictures = { folder, nameOf: byIndex }
  await expect(makePictures(tools, FRIDAY, [1], { ...pictures, signal })).rejects.toMatchObject({ code: 'cancelled' })
  await expect(makePictures(tools, import.meta.filename, [1], pictures)).rejects.toMatchObject({ code: 'media_failed' })
  expect(await readdir(folder)).toEqual([])
})

/** Which frame each cell of a sheet of greys shows. */
async function cellsOf(sheet: string, columns: number, rows: number): Promise<number[]> {
  const cells = await pixels(sheet, `scale=${columns}:${rows}:flags=area`)
  return [...cells.subarray(0, columns * rows)].map((grey) => frameOfGrey(grey))
}

test('a sprite shows each part by the frame on screen in its middle', async () => {
  const folder = await temporaryFolder()
  // Thirty frames in 12 s, a key frame at every eighth: at 0, 3.2, 6.4 and 9.6 s.
  const video = await greys(folder, 3, '-vf', 'setpts=4*PTS', '-r', '2.5', '-g', '8', '-sc_threshold', '0')
  const output = join(folder, 'sprite.jpg')
  const frames = await readFrameIndex(tools, video, { startSeconds: 0 })
  const call = { output, durationSeconds: 12, width: 640, height: 360 }
  const told: number[] = []
  const scenes = [
    { startTime: 0, endTime: 5.6 },
    { startTime: 5.6, endTime: 12 },
  ]
  const pictures = { folder: join(folder, 'scenes'), nameOf: byIndex, frames, sprite: call }
  const sprite = await makeScenePictures(tools, video, scenes, { ...pictures, onProgress: (at) => told.push(at) })
  expect(sprite).toEqual({ count: 12, columns: 10, width: 240, height: 136 })
  expect(await sizeOf(output)).toBe('2400x272')
  const shown = (await cellsOf(output, 10, 2)).slice(0, 12)
  // At 0.5, 1.5, 2.5 … seconds, a frame every 0.4 s.
  expect(shown).toEqual(shown.map((_, cell) => Math.floor((cell + 0.5) * 2.5)))
  expect(await readdir(folder)).toEqual(['greys.mp4', 'scenes', 'sprite.jpg'])
  expect(await readdir(pictures.folder)).toEqual(['0.jpg', '1.jpg'])
  expect(told).toEqual([...told].sort((a, b) => a - b))
  expect(told.at(-1)).toBe(1)
})

test('by the index come the same pictures, in fewer runs', async () => {
  const folder = await temporaryFolder()
  const video = await greys(folder, 3, '-g', '7', '-sc_threshold', '0')
  const frames = await readFrameIndex(tools, video, { startSeconds: 0 })
  const times = [2.94, 2.0, 0, 1.04, 1.06, 0.5, 0.5, 7]
  const by = async (known: object): Promise<string[]> => {
    const files = await makePictures(tools, video, times, { folder: join(folder, 'p'), nameOf: byIndex, ...known })
    return await Promise.all(files.map((file) => readFile(file, 'base64')))
  }
  expect((await by({ frames })).slice(0, 7)).toEqual((await by({})).slice(0, 7))
  expect(await frameOf(join(folder, 'p', '0.jpg'))).toBe(29)
  const runs = (key: number, pixels?: number) =>
    requestRuns([0, 3, 6, 9], new FrameIndex({ ...STEADY, keys: new Set([0, key]) }), pixels).map((run) => run.length)
  // Between shots without a key frame a seek spares nothing, and with one that soon comes hardly anything.
  expect(runs(57)).toEqual([2, 2])
  expect(runs(30)).toEqual([1, 3])
  expect(runs(32)).toEqual([4])
  // A small picture is decoded sooner than a decoder starts, a large one later.
  expect(runs(57, 320 * 180)).toEqual([4])
  expect(runs(32, 7680 * 4320)).toEqual([2, 2])
})

test('several runs go at a time, tell progress that never falls, and give every frame', async () => {
  const folder = await temporaryFolder()
  const video = await greys(folder, 3, '-g', '1')
  const frames = await readFrameIndex(tools, video, { startSeconds: 0 })
  const times = [0.5, 2.5, 1.5, 0, 2.9]
  const told: number[] = []
  // Said to be so large that each frame is worth a seek, or so many pixels that two decoders are too many.
  for (const pixels of [1280 * 720, 7680 * 4320]) {
    const run = { folder: join(folder, String(pixels)), nameOf: byIndex, frames, pixels }
    const files = await makePictures(tools, video, times, { ...run, onProgress: (at) => told.push(at) })
    expect(await Promise.all(files.map(frameOf))).toEqual([5, 25, 15, 0, 29])
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(told.splice(0).at(-1)).toBe(1)
  }
}, 90_000)

const STEADY = {
  ticks: Array.from({ length: 120 }, (_, frame) => frame),
  ticksPerSecond: [10, 1],
  lastTicks: 1,
} as const

test('a preview is playable, as long as the original, and tells progress', async () => {
  const folder = await temporaryFolder()
  const [video, output] = [join(folder, 'video.avi'), join(folder, 'preview')]
  const sound = source('sine', 2)
  await ffmpeg(...source('testsrc2=size=322x182', 2), ...sound, '-c:v', 'mjpeg', '-c:a', 'pcm_s16le', video)
  const told: number[] = []
  await makePreview(tools, video, output, { durationSeconds: 2, onProgress: (at) => told.push(at) })
  const { metadata, playable } = await probeVideo(tools, output)
  expect(playable).toBe(true)
  expect(metadata.durationSeconds).toBeCloseTo(2, 1)
  expect(metadata.audioCodec).not.toBeNull()
  expect(told.at(-1)).toBeGreaterThan(0.9)
  expect(told).toEqual([...told].sort((a, b) => a - b))
})

test('without an H.264 encoder the preview is a webm; without any it says so', async () => {
  const folder = await temporaryFolder()
  const few = { ...tools, encoders: new Set(['libvpx', 'libopus']) }
  expect(previewContentType(few)).toBe('video/webm')
  await makePreview(few, await greys(folder, 1), join(folder, 'preview'), { durationSeconds: null })
  expect((await probeVideo(tools, join(folder, 'preview'))).metadata.formatName).toBe('webm')
  const none = { ...tools, encoders: new Set<string>() }
  await expect(makePreview(none, FRIDAY, join(folder, 'x'), { durationSeconds: 1 })).rejects.toMatchObject({
    code: 'unavailable',
  })
})

test('a cancelled preview leaves nothing behind', async () => {
  const folder = await temporaryFolder()
  const controller = new AbortController()
  const made = makePreview(tools, FRIDAY, join(folder, 'preview'), {
    durationSeconds: 6,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  })
  await expect(made).rejects.toMatchObject({ code: 'cancelled' })
  await expect(stat(join(folder, 'preview'))).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await readdir(folder)).toEqual([])
})
