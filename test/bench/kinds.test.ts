import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { clockOf } from '../../bench/scenes/kinds/film.mjs'
import { KINDS, planOf } from '../../bench/scenes/kinds/index.mjs'
import { FilmLibrary } from '../../bench/scenes/kinds/library.mjs'
import { Picture } from '../../bench/scenes/kinds/picture.mjs'
import { timelineOf } from '../../bench/scenes/kinds/timeline.mjs'
import { dissolve } from '../../bench/scenes/kinds/transitions.mjs'
import type { FrameIndex } from '../../main/contract/media/frame-index.ts'
import { readFrameIndex, probeVideo } from '../../main/engine/media/index.ts'
import { readAnalysisFrames } from '../../main/engine/scenes/analysis-frames.ts'
import { resolveFfmpeg, type FfmpegTools } from '../../main/platform/ffmpeg/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const HEIGHT = 72
/** Each is timed or joined in another way. */
const CHECKED = [
  'plain greys',
  'uneven frame rate',
  'a frame only on change',
  'dissolves of 13 to 30 frames',
  '120 frames a second',
  'codec: MPEG-1 to 4, WMV, Theora',
]

let tools: FfmpegTools
beforeAll(async () => {
  tools = await resolveFfmpeg()
})

const kindOf = (name: string) => KINDS.find((kind) => kind.name === name)!
const draw = (name: string, seed: number) => planOf(kindOf(name), seed, { height: HEIGHT, takes: [] })

async function fingerprint(name: string, seed: number): Promise<string> {
  const { timeline, size, rate, times } = draw(name, seed)
  const hash = createHash('sha256').update(JSON.stringify([timeline.truth, timeline.moments.length, size, rate, times]))
  for (const shot of timeline.shots) {
    const [page, show] = [new Picture(size.width, size.height), await shot(size)]
    show(page, 0.5)
    hash.update(page.data)
  }
  return hash.digest('hex')
}

async function readTimes(file: string): Promise<FrameIndex> {
  const { startSeconds } = await probeVideo(tools, file)
  return await readFrameIndex(tools, file, { startSeconds })
}

test('there are at least 45 kinds, each by a name of its own', () => {
  expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length)
  expect(KINDS.length).toBeGreaterThanOrEqual(45)
})

test('a kind and a seed always give the same film, another seed another one', async () => {
  for (const name of ['slides', 'same place another time']) {
    expect(await fingerprint(name, 3)).toBe(await fingerprint(name, 3))
    expect(await fingerprint(name, 4)).not.toBe(await fingerprint(name, 3))
  }
})

test('a cut is the first frame of the new shot; a slow transition is all frames that show neither shot alone', () => {
  const shot = () => () => {}
  const { truth, moments } = timelineOf([
    { shot, frames: 10 },
    { shot, frames: 20, next: { mix: dissolve, frames: 4 } },
    { shot, frames: 5 },
  ])
  expect(truth).toEqual({ hard: [10], gradual: [{ start: 30, end: 34 }], ignore: [] })
  expect(moments).toHaveLength(39)
  expect(moments.slice(29, 35).map(({ part, share }) => part + share)).toEqual([1, 1.2, 1.4, 1.6, 1.8, 2])
})

test.each(CHECKED)('a film of “%s” has the frames, times and cuts that its truth says', async (name) => {
  const folder = await temporaryFolder()
  const library = await FilmLibrary.open(tools, { height: HEIGHT, folder, takes: [] })
  const film = await library.film(kindOf(name), 2)
  const plan = draw(name, 2)
  const index = await readTimes(film.file)
  expect(index.count).toBe(film.frames)
  const timeOf = clockOf(plan)
  for (let frame = 0; frame < film.frames; frame++) expect(index.timeOf(frame)).toBeCloseTo(timeOf(frame), 2)
  expect(film.seconds.hard).toEqual(film.truth.hard.map(timeOf))

  const changes: number[] = []
  let before: Uint8Array | null = null
  const take = (_: number, pixels: Uint8Array): boolean => {
    const last = before
    if (last) changes.push(pixels.reduce((sum, value, at) => sum + Math.abs(value - last[at]!), 0))
    before = pixels.slice()
    return true
  }
  await readAnalysisFrames(tools, film.file, take, { threads: 1 })
  const steps = changes.toSorted((a, b) => a - b)
  const usual = steps[Math.floor(steps.length / 2)]!
  for (const cut of film.truth.hard) expect(changes[cut - 1]).toBeGreaterThan(3 * usual)
  expect(film.truth.hard.length + film.truth.gradual.length).toBeGreaterThan(0)
})
