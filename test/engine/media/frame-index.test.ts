import { copyFile, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { FrameIndex } from '../../../main/contract/media/frame-index.ts'
import { makePictures, makePreview, probeVideo, readFrameIndex } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg, type FfmpegTools } from '../../../main/platform/ffmpeg/index.ts'
import { type CorpusFile, CORPUS_NAMES, makeCorpus, numbersOfPictures } from '../../support/corpus.ts'
import { folderForAll, temporaryFolder } from '../../support/temporary-folder.ts'
import { npmTools } from '../../support/npm-tools.ts'

const tools = await resolveFfmpeg()
const old = await npmTools()
let corpus: ReadonlyMap<string, CorpusFile>

beforeAll(async () => {
  const files = await makeCorpus(await folderForAll())
  corpus = new Map(files.map((file) => [file.name, file]))
}, 120_000)

function fileOf(name: string): CorpusFile {
  const file = corpus.get(name)
  if (!file) throw new Error(`${name} was not made.`)
  return file
}

async function indexOf(by: FfmpegTools, { path }: CorpusFile) {
  return (await probedIndexOf(by, path)).index
}

async function probedIndexOf(by: FfmpegTools, path: string) {
  const { startSeconds, metadata } = await probeVideo(by, path)
  return { index: await readFrameIndex(by, path, { startSeconds }), durationSeconds: metadata.durationSeconds ?? 0 }
}

test.each(CORPUS_NAMES)('%s: every frame has its time, and every time its frame', async (name) => {
  const file = fileOf(name)
  const { index, durationSeconds } = await probedIndexOf(tools, file.path)
  expect(index.count).toBe(file.numbers.length)
  // MP4 tells the time to decode a video of uneven intervals and B-frames in, which is a frame less than to show it.
  expect(Math.abs(index.endOf(index.count - 1) - durationSeconds)).toBeLessThan(name === 'uneven-b.mp4' ? 0.051 : 0.002)
  const first = index.timeOf(0) - (file.times[0] ?? 0)
  const off = file.times.map((time, frame) => Math.abs(index.timeOf(frame) - first - time))
  // WebM counts in milliseconds.
  expect(Math.max(...off)).toBeLessThan(0.0011)
  for (let frame = 0; frame < index.count; frame += 1) {
    expect(index.frameAt(index.timeOf(frame))).toBe(frame)
    expect(index.frameAt((index.timeOf(frame) + index.endOf(frame)) / 2)).toBe(frame)
    expect(index.nearestTo(index.timeOf(frame))).toBe(frame)
  }
  expect(index.isVariable).toBe(/uneven|lossy|pause/.test(name))
})

test.each(CORPUS_NAMES)('%s: the picture made for a time shows the frame that the index says', async (name) => {
  const file = fileOf(name)
  const index = await indexOf(tools, file)
  const frames = Array.from({ length: index.count }, (_, frame) => frame).filter((frame) => frame % 16 === 1)
  frames.push(0, index.count - 1)
  const times = frames.map((frame) => index.timeOf(frame))
  // By the index alone, and, where time is oddest, by looking around each time as well.
  for (const known of /uneven|avi|late/.test(name) ? [{ frames: index }, {}] : [{ frames: index }]) {
    const pictures = { folder: await temporaryFolder(), nameOf: (at: number) => `${at}.jpg`, ...known }
    const made = await makePictures(tools, file.path, times, pictures)
    expect(await numbersOfPictures(made, file.rotation)).toEqual(frames.map((frame) => file.numbers[frame]))
  }
})

test('a late Matroska file that counts its duration from its first frame is as long as the others', async () => {
  const bytes = await readFile(fileOf('late-start.webm').path)
  const text = bytes.toString('latin1').replace('00:00:07.000', '00:00:04.000')
  const edited = Buffer.from(text, 'latin1')
  // Element 0x4489 of eight bytes: the duration of the whole, in milliseconds.
  edited.writeDoubleBE(4000, edited.indexOf(Buffer.from([0x44, 0x89, 0x88])) + 3)
  expect(edited.equals(bytes)).toBe(false)
  const path = join(await temporaryFolder(), 'late.webm')
  await writeFile(path, edited)
  expect((await probeVideo(tools, path)).metadata.durationSeconds).toBeCloseTo(4, 2)
})

function framesOf(index: FrameIndex): (readonly [seconds: number, isKey: boolean])[] {
  return Array.from({ length: index.count }, (_, frame) => [index.timeOf(frame), index.isKey(frame)] as const)
}

test.runIf(old)(
  'the npm-shipped ffmpeg, years older, gives the same index',
  async () => {
    for (const name of CORPUS_NAMES) {
      const [now, then] = [await indexOf(tools, fileOf(name)), await indexOf(old ?? tools, fileOf(name))]
      expect([name, framesOf(then)]).toEqual([name, framesOf(now)])
      // How long the last frame lasts is told by the packets of newer ones only, where frames are uneven and reordered.
      const [last, step] = [now.count - 1, now.endOf(now.count - 1) - now.timeOf(now.count - 1)]
      expect(Math.abs(then.endOf(last) - now.endOf(last))).toBeLessThan(step)
    }
  },
  120_000,
)

test.each(['uneven-stills.mov', 'h264.avi', 'mpeg4.avi', 'late-start.webm', 'opus.webm', 'hidden-frames.webm'])(
  '%s: its preview copy has the same frames at the same times',
  async (name) => {
    const file = fileOf(name)
    const index = await indexOf(tools, file)
    const copy = `${await temporaryFolder()}/preview`
    await makePreview(tools, file.path, copy, { durationSeconds: 4 })
    // A copy is on the player's clock as it is, and so is what the window makes of it.
    const copied = await readFrameIndex(tools, copy, { startSeconds: 0 })
    const all = Array.from({ length: index.count }, (_, frame) => frame)
    expect(copied.count).toBe(index.count)
    expect(Math.max(...all.map((frame) => Math.abs(copied.timeOf(frame) - index.timeOf(frame))))).toBeLessThan(0.0011)
  },
)

test('a file whose end is missing has the frames that are left', async () => {
  const file = fileOf('fragmented.mp4')
  const half = `${await temporaryFolder()}/half.mp4`
  await copyFile(file.path, half)
  await truncate(half, Math.round((await stat(half)).size * 0.6))
  const { startSeconds } = await probeVideo(tools, half)
  const index = await readFrameIndex(tools, half, { startSeconds })
  expect(index.count).toBeGreaterThan(30)
  expect(index.count).toBeLessThan(100)
  expect(index.timeOf(index.count - 1)).toBeCloseTo((index.count - 1) / 25, 3)
})

test('what holds no picture has no index', async () => {
  const reading = readFrameIndex(tools, import.meta.filename, { startSeconds: 0 })
  await expect(reading).rejects.toMatchObject({ code: 'media_failed' })
  const signal = AbortSignal.abort()
  const { path } = fileOf('pal.mp4')
  await expect(readFrameIndex(tools, path, { startSeconds: 0, signal })).rejects.toMatchObject({ code: 'cancelled' })
})
