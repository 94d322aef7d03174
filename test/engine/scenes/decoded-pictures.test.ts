import { execFile } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import {
  makeScenePictures,
  pictureFilter,
  pictureOf,
  picturesWhileSearching,
  probeVideo,
  readColours,
  readFrameIndex,
} from '../../../main/engine/media/index.ts'
import { FrameIndex } from '../../../main/contract/media/frame-index.ts'
import { findBoundaries } from '../../../main/engine/scenes/boundaries.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, source } from '../../fixtures/clips.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
const RATE = 25
/** Frames of a shot: no multiple of a part of the sheet, nor of a group of pictures. */
const SHOT = 47
const SECONDS = 26
const [WIDTH, HEIGHT] = [160, 90]
/** The grey of a shot, out of eight; each differs from its neighbours. */
const greyOf = (shot: number): number => 30 + 25 * ((shot * 3) % 8)

/** Shots of one grey each, with a pattern that moves, and cuts anywhere between the key frames. */
async function film(folder: string): Promise<string> {
  const file = join(folder, 'film.mp4')
  const grey = `30+25*mod(floor(N/${SHOT})*3,8)`
  const drawn = `geq=lum='if(lt(mod(X+N,40),4),16,${grey})':cb=128:cr=128`
  const coding = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '12', '-bf', '3', '-g', '110', '-sc_threshold', '0']
  const picture = `color=size=${WIDTH}x${HEIGHT}:rate=${RATE},format=yuv420p,${drawn}`
  await ffmpeg(...source(picture, SECONDS), ...coding, '-pix_fmt', 'yuv420p', file)
  return file
}

/** The most frequent brightness of each part of a JPEG, of `columns` × `rows` of them, as numbers of video. */
async function greysOf(jpeg: string, columns: number, rows: number): Promise<number[]> {
  const size = [...['-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1']]
  const scale = `scale=${columns * 48}:${rows * 27}:flags=area`
  const { stdout } = await promisify(execFile)(tools.ffmpeg, ['-v', 'error', '-i', jpeg, '-vf', scale, ...size], {
    ...{ encoding: 'buffer', maxBuffer: 1 << 26 },
  })
  return Array.from({ length: columns * rows }, (_, cell) => {
    const [left, top] = [(cell % columns) * 48, Math.floor(cell / columns) * 27]
    const middle = Array.from({ length: 27 * 48 }, (__, at) => {
      return stdout[(top + Math.floor(at / 48)) * columns * 48 + left + (at % 48)] ?? 0
    }).sort((a, b) => a - b)
    return 16 + ((middle[middle.length >> 1] ?? 0) * 219) / 255
  })
}

test('of a longer film, pictures come out of the search: each cell and scene of the right shot, close to its time', async () => {
  const folder = await temporaryFolder()
  const path = await film(folder)
  const { startSeconds } = await probeVideo(tools, path)
  const frames = await readFrameIndex(tools, path, { startSeconds })
  const video = { durationSeconds: SECONDS, width: WIDTH, height: HEIGHT }
  const decoded = join(folder, 'decoded')
  await mkdir(decoded)
  const filter = pictureFilter(await readColours(tools, path))
  const pictures = picturesWhileSearching(video, frames, { folder: decoded, filter }) ?? undefined
  expect(pictures).toBeDefined()
  const search = { path, tools, durationSeconds: SECONDS, frames: frames.pack(), pixels: WIDTH * HEIGHT, pictures }
  const { pictured } = await findBoundaries(search)
  expect(pictured.map((frame) => `${frame}.jpg`).sort()).toEqual((await readdir(decoded)).sort())
  expect((await findBoundaries(search)).pictured).toEqual(pictured)
  // Most of what is wanted was decoded, or lies beside what was.
  const near = pictures?.wanted.filter((frame) => pictured.some((one) => Math.abs(one - frame) <= 2)) ?? []
  expect(near.length).toBeGreaterThan(20)

  const shots = Array.from({ length: Math.ceil((SECONDS * RATE) / SHOT) }, (_, shot) => shot)
  const scenes = shots.map((shot) => ({
    startTime: (shot * SHOT) / RATE,
    endTime: Math.min(SECONDS, ((shot + 1) * SHOT) / RATE),
  }))
  // Whether the search finds cuts between plain greys is another matter.
  const changes = scenes.map(({ startTime }) => startTime)
  const output = join(folder, 'sprite.jpg')
  const sprite = await makeScenePictures(tools, path, scenes, {
    ...{ folder: join(folder, 'scenes'), nameOf: (index: number) => `${index}.jpg`, frames },
    sprite: { ...video, output, changes },
    decoded: { frames: pictured, fileOf: (frame) => pictureOf(decoded, frame) },
  })
  expect(sprite).toMatchObject({ count: SECONDS, columns: 10 })
  for (const [cell, grey] of (await greysOf(output, 10, 3)).slice(0, SECONDS).entries()) {
    const time = cell + 0.5
    expect([cell, Math.abs(grey - greyOf(Math.floor((time * RATE) / SHOT)))]).toEqual([cell, expect.closeTo(0, -1)])
  }
  for (const shot of shots) {
    const [grey = 0] = await greysOf(join(folder, 'scenes', `${shot}.jpg`), 1, 1)
    expect([shot, Math.abs(grey - greyOf(shot))]).toEqual([shot, expect.closeTo(0, -1)])
  }
}, 240_000)

test('of a film up to a minute long pictures are closer together', () => {
  const ticks = Array.from({ length: 1500 }, (_, frame) => frame)
  const frames = new FrameIndex({ ticks, ticksPerSecond: [25, 1], lastTicks: 1, keys: new Set([0]) })
  const every = (durationSeconds: number) =>
    picturesWhileSearching({ durationSeconds, width: 160, height: 90 }, frames, { folder: '', filter: '' })
      ?.everySeconds
  expect([20, 45, 60, 61, 7200].map(every)).toEqual([undefined, 0.2, 0.2, 0.5, 1.8])
})

test('a short film’s pictures are all made of exactly the frames that they stand for', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'short.mp4')
  await ffmpeg(...source('testsrc2=size=160x90:rate=25', 4), '-pix_fmt', 'yuv420p', path)
  const frames = await readFrameIndex(tools, path, { startSeconds: 0 })
  const video = { durationSeconds: 4, width: 160, height: 90 }
  expect(picturesWhileSearching(video, frames, { folder, filter: '' })).toBeNull()
})
