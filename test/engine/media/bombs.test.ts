import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { ListingBudget, MOST_FRAMES } from '../../../main/engine/media/budget.ts'
import { probeVideo, readFrameIndex } from '../../../main/engine/media/index.ts'
import { memoryFor, resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import * as bombs from '../../support/bombs.ts'
import { MemoryWatch } from '../../support/child-memory.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
const picture = bombs.jpeg(tools.ffmpeg)
const { words, mov, box, SMALL } = bombs
const one = bombs.track(SMALL, picture.length, 1)

/** A track that says in a few bytes that all its frames lie one behind the other. */
const claiming = (frames: number): bombs.Track => ({
  ...one,
  frames,
  stsz: words(0, picture.length, frames),
  stsc: words(0, 1, 1, frames, 1),
})
const alike = (count: number): bombs.Track[] => Array.from({ length: count }, () => one)

/** More than the tables of a film and its first pictures take, and far less than any of these would. */
const MOST_CHILD_MEGABYTES = 800
const MOST_OWN_GROWTH_MEGABYTES = 100

const NAMED: ReadonlyArray<readonly [what: string, file: string, make: () => Buffer, refusal: RegExp]> = [
  [
    'an index of three million frames that all are the same bytes',
    'frames.mov',
    () => mov(picture, [bombs.track(SMALL, picture.length, 3_000_000)]),
    /same bytes for many different frames/,
  ],
  [
    'twenty million frames in two kilobytes',
    'claims.mov',
    () => mov(picture, [claiming(20e6)]),
    /20\.0 million frames/,
  ],
  ['four thousand million frames', 'billions.mov', () => mov(picture, [claiming(0xffff_fff0)]), /million frames/],
  [
    'an edit list that plays a film a hundred thousand times',
    'edits.mov',
    () => {
      const edits = Buffer.concat([words(0, 100_000), Buffer.alloc(12 * 100_000, words(40_000, 0, 0x1_0000))])
      return mov(picture, [{ ...bombs.track(SMALL, picture.length, 1000), edits }])
    },
    /memory that it may take|same bytes again/,
  ],
  ['a thousand tracks', 'tracks.mov', () => mov(picture, alike(1000)), /1000 streams/],
  ['twenty thousand tracks', 'more-tracks.mov', () => mov(picture, alike(20_000)), /too many streams/],
  ['three hundred tracks of Matroska', 'tracks.mkv', () => bombs.matroska(picture, 300, 1), /300 streams/],
  [
    'a picture of 30,000 pixels a side',
    'large.mov',
    () => {
      const png = bombs.flatPng(30_000, 30_000)
      return mov(png, [{ ...bombs.track({ width: 30_000, height: 30_000 }, png.length, 1), codec: 'png ' }])
    },
    /30000×30000/,
  ],
  [
    'a picture that is larger than its container says',
    'grown.mov',
    () => mov(bombs.resizedJpeg(picture, 20_000, 20_000), [one]),
    /20000×20000/,
  ],
  [
    'boxes nested a million deep',
    'nested.mov',
    () => mov(picture, [one], bombs.nested('moov', 1_000_000)),
    /index is missing|not a video/,
  ],
]

const HARMLESS: ReadonlyArray<readonly [what: string, file: string, make: () => Buffer]> = [
  [
    'a hundred tracks of three million frames each',
    'each.mov',
    () =>
      mov(
        picture,
        Array.from({ length: 100 }, () => claiming(3_000_000)),
      ),
  ],
  ['an AVI whose index names one picture a million times', 'index.avi', () => bombs.avi(picture, 1_000_000)],
  ['a hundred thousand clusters of nothing', 'clusters.mkv', () => bombs.matroska(picture, 1, 100_000)],
  ['forty thousand tags', 'tags.mov', () => mov(picture, [one], box('udta', ...manyTags(40_000)))],
  [
    'a text of 60 MB among the tags',
    'text.mov',
    () => mov(picture, [one], box('udta', box('\xa9nam', Buffer.from([0x7f, 0xff, 0, 0]), Buffer.alloc(60e6, 'x')))),
  ],
  ['a cover of 30,000 pixels a side', 'cover.mov', () => mov(picture, [one], cover(bombs.flatPng(30_000, 30_000)))],
]

function manyTags(count: number): Buffer[] {
  const name = (at: number): string => `\xa9${at.toString(36).padStart(3, '0').slice(-3)}`
  return Array.from({ length: count }, (_, at) => box(name(at), Buffer.from([0, 4, 0, 0]), Buffer.from('abcd')))
}

function cover(png: Buffer): Buffer {
  const hdlr = box('hdlr', words(0, 0), Buffer.from('mdirappl'), words(0, 0))
  const list = box('ilst', box('covr', box('data', words(14, 0), png)))
  return box('udta', box('meta', words(0), hdlr, list))
}

async function read(file: string, bytes: Buffer): Promise<number> {
  const at = path.join(await temporaryFolder(), file)
  await writeFile(at, bytes)
  const { startSeconds, metadata } = await probeVideo(tools, at)
  const pixels = (metadata.width ?? 0) * (metadata.height ?? 0)
  return (await readFrameIndex(tools, at, { startSeconds, pixels })).count
}

/** Reads it, and sees to it that neither this process nor ffmpeg took much memory. */
async function readModestly(file: string, bytes: Buffer): Promise<unknown> {
  const watch = process.platform === 'linux' ? new MemoryWatch() : null
  const before = watch?.own ?? 0
  const answer = await read(file, bytes).catch((error: unknown) => error)
  watch?.end()
  expect(watch?.child ?? 0).toBeLessThan(MOST_CHILD_MEGABYTES)
  expect((watch?.own ?? 0) - before).toBeLessThan(MOST_OWN_GROWTH_MEGABYTES)
  return answer
}

describe('a small file that claims much', () => {
  it.each(NAMED)('is refused, and says why: %s', async (_what, file, make, refusal) => {
    const answer = await readModestly(file, make())
    expect(answer).toMatchObject({ code: 'invalid_video', message: expect.stringMatching(refusal) })
  })

  it.each(HARMLESS)('is read as what it holds: %s', async (_what, file, make) => {
    expect(await readModestly(file, make())).toBeGreaterThan(0)
  })
})

test('a listing may name a frame twice, but not the whole file again and again', () => {
  const budget = new ListingBudget(10_000_000)
  for (let frame = 0; frame < 40; frame += 1) budget.add(1_000_000)
  expect(() => Array.from({ length: 10 }, () => budget.add(1_000_000))).toThrow('same bytes for many different frames')
})

test('a day of film at a hundred frames a second is within the budget, ten million frames are its end', () => {
  const budget = new ListingBudget(1e9)
  for (let frame = 0; frame < MOST_FRAMES; frame += 1) budget.add(20)
  expect(() => budget.add(20)).toThrow('10.0 million frames')
})

test('a larger picture and a larger file are given more memory', () => {
  const hd = memoryFor(1920 * 1080, 1e6)
  expect(memoryFor(7680 * 4320, 1e6)).toBeGreaterThan(hd)
  expect(memoryFor(1920 * 1080, 4e9)).toBeGreaterThan(hd)
  expect(memoryFor(1920 * 1080, 1e12)).toBeLessThan(hd + 1e9)
})
