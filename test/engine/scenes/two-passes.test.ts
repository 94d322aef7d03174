import { createRequire } from 'node:module'
import { join } from 'node:path'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FrameIndex } from '../../../main/contract/index.ts'
import { findBoundaries } from '../../../main/engine/scenes/boundaries.ts'
import type { Boundary } from '../../../main/engine/scenes/detector.ts'
import { segmentsOf } from '../../../main/engine/scenes/segment.ts'
import { probeVideo, readFrameIndex } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg, type FfmpegTools } from '../../../main/platform/ffmpeg/index.ts'
import { ffmpeg, FLOWER, FRIDAY } from '../../fixtures/clips.ts'

const tools = await resolveFfmpeg()
const RATE = 25
/** Frames of each shot: short and long ones, none a multiple of a group of pictures. */
const SHOTS = [61, 48, 95, 37, 72, 55, 88, 43, 66, 51, 97, 39, 58, 84, 46, 73]
const CUTS = SHOTS.slice(0, -1).map((_, index) => SHOTS.slice(0, index + 1).reduce((sum, frames) => sum + frames, 0))

const films = new Map<string, string>()
let folder = ''

/** Both pieces of real footage in turn, from elsewhere and mirrored, so that no two neighbours look alike. */
async function makeFilm(file: string, ...coding: string[]): Promise<void> {
  const even = `scale=320:180,setsar=1,fps=${RATE},format=yuv420p`
  const parts = SHOTS.map((frames, index) => {
    const turned = ['null', 'hflip', 'vflip', 'negate'][index % 4]
    return `[${index % 2}:v]${even},trim=start_frame=${(index * 7) % 23}:end_frame=${((index * 7) % 23) + frames},setpts=PTS-STARTPTS,${turned}[s${index}]`
  })
  const filter = `${parts.join(';')};${SHOTS.map((_, index) => `[s${index}]`).join('')}concat=n=${SHOTS.length}[v]`
  await ffmpeg('-i', FLOWER, '-i', FRIDAY, '-filter_complex', filter, '-map', '[v]', ...coding, file)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldreel-test-'))
  const coded = {
    // Cuts lie anywhere in a group of pictures, between frames that no other builds on.
    'blind.mp4': ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', '50', '-sc_threshold', '0'],
    'open.mkv': ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', '60', '-x264-params', 'open-gop=1'],
    'plain.mp4': ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-g', '40'],
    'mpeg4.avi': ['-c:v', 'mpeg4', '-q:v', '4', '-bf', '2', '-g', '30'],
  }
  for (const [name, coding] of Object.entries(coded)) {
    const file = join(folder, name)
    await makeFilm(file, ...coding)
    films.set(name, file)
  }
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

async function indexOf(name: string, by: FfmpegTools): Promise<FrameIndex> {
  const path = films.get(name) ?? ''
  const { startSeconds } = await probeVideo(by, path)
  return await readFrameIndex(by, path, { startSeconds })
}

async function search(name: string, by: FfmpegTools, frames: FrameIndex | null): Promise<Boundary[]> {
  const path = films.get(name) ?? ''
  const durationSeconds = SHOTS.reduce((sum, count) => sum + count, 0) / RATE
  const pixels = 320 * 180 // so that several decoders run side by side
  const packed = frames?.pack() ?? null
  const { boundaries } = await findBoundaries({ path, tools: by, durationSeconds, frames: packed, pixels })
  return boundaries.filter(({ kind, confidence }) => kind !== 'drift' && confidence >= 0.5)
}

const cutsOf = (boundaries: readonly Boundary[]) => boundaries.map(({ kind, frame }) => [kind, frame])
const CUT_AT = CUTS.map((frame) => ['cut', frame])

test.each(['blind.mp4', 'open.mkv', 'plain.mp4', 'mpeg4.avi'])(
  'two passes over parts of %s find what one pass over every frame finds: each cut, to the frame',
  async (name) => {
    const frames = await indexOf(name, tools)
    // Of AVI only its first frame is known for certain to be one that decoding can begin with.
    expect(segmentsOf(frames).length > 1).toBe(name !== 'mpeg4.avi')
    expect(cutsOf(await search(name, tools, null))).toEqual(CUT_AT)
    const found = await search(name, tools, frames)
    expect(cutsOf(found)).toEqual(CUT_AT)
    expect(await search(name, tools, frames)).toEqual(found)
  },
  60_000,
)

test('where a film is split makes no difference', async () => {
  const frames = await indexOf('blind.mp4', tools)
  // As if the film had fewer key frames to begin with.
  const ticks = Array.from({ length: frames.count }, (_, frame) => Math.round(frames.timeOf(frame) * 90_000))
  const keys = new Set(ticks.flatMap((_, frame) => (frames.isKey(frame) && frame % 350 === 0 ? [frame] : [])))
  const fewer = new FrameIndex({ ticks, ticksPerSecond: [90_000, 1], lastTicks: 3600, keys })
  expect(segmentsOf(fewer)).not.toEqual(segmentsOf(frames))
  expect(cutsOf(await search('blind.mp4', tools, fewer))).toEqual(cutsOf(await search('blind.mp4', tools, frames)))
})

test('an index that is not of this file is not believed', async () => {
  const frames = await indexOf('plain.mp4', tools)
  const ticks = Array.from({ length: frames.count }, (_, frame) => frame * 3003)
  const other = new FrameIndex({ ticks, ticksPerSecond: [90_000, 1], lastTicks: 3003, keys: new Set([0, 500]) })
  expect(cutsOf(await search('plain.mp4', tools, other))).toEqual(CUT_AT)
})

test('decoding by hardware, where there is any, is asked for by a setting, and gives the same cuts', async () => {
  expect(tools.hardware).toEqual([])
  const asked = await resolveFfmpeg({ ...process.env, FIELDREEL_HWACCEL: 'auto' })
  expect(asked.hardware).toEqual(['-hwaccel', 'auto'])
  expect(cutsOf(await search('plain.mp4', asked, await indexOf('plain.mp4', asked)))).toEqual(CUT_AT)
  await expect(resolveFfmpeg({ ...process.env, FIELDREEL_HWACCEL: '-y' })).rejects.toMatchObject({
    code: 'unavailable',
  })
})

test('every ffmpeg that may be found gives the same cuts', async () => {
  const installed = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string }
  const probe = createRequire(import.meta.url)('@ffprobe-installer/ffprobe') as { path: string }
  const old = await resolveFfmpeg({ ...process.env, FFMPEG_BIN: installed.path, FFPROBE_BIN: probe.path })
  expect(old.version).not.toBe(tools.version)
  for (const name of films.keys()) {
    const frames = await indexOf(name, old)
    expect([name, cutsOf(await search(name, old, frames))]).toEqual([name, CUT_AT])
  }
}, 60_000)
