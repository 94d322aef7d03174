import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FrameIndex } from '../../../main/contract/index.ts'
import { decoderFor, decodeRunsOf, type VideoSource } from '../../../main/engine/pipeline/decode-runs.ts'
import { DecoderTimestamps } from '../../../main/engine/pipeline/decoder-timestamps.ts'
import { select, type SamplingRequest } from '../../../main/engine/pipeline/sampling.ts'
import { probeVideo, readFrameIndex } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg, runFfmpeg, type FfmpegTools } from '../../../main/platform/ffmpeg/index.ts'
import { blockCentres, CORPUS_NAMES, makeCorpus, numberOf, type CorpusFile } from '../../support/corpus.ts'
import { npmTools } from '../../support/npm-tools.ts'
import { folderForAll } from '../../support/temporary-folder.ts'

// Each picture of the corpus carries its number: what the decoder gives can be asked which frame it is.

const npm = await npmTools()
let corpus = new Map<string, CorpusFile>()

beforeAll(async () => {
  const files = await makeCorpus(await folderForAll())
  corpus = new Map(files.map((file) => [file.name, file]))
}, 120_000)

const WANTED: [what: string, wanted: SamplingRequest][] = [
  ['every frame', { sampling: { mode: 'fps', value: 1000 } }],
  ['from the middle', { sampling: { mode: 'fps', value: 12 }, range: { start: 1.21 } }],
  ['a few frames by number', { sampling: { mode: 'fps', value: 1000 }, range: { start: 33, end: 41, unit: 'frames' } }],
  ['key frames', { sampling: { mode: 'keyframe' } }],
]

describe('the decoder gives exactly the frames that are due', () => {
  it.each(CORPUS_NAMES)('of %s', async (name) => {
    await expectAll(await resolveFfmpeg(), name)
  })

  // Releases differ in how they seek and what they print.
  const old = [
    'pal.mp4',
    'uneven-b.mp4',
    'uneven.webm',
    'late-start.webm',
    'pyramid-open.mp4',
    'h264.avi',
    'turned-90.mp4',
  ]
  it.skipIf(!npm).each(old)('of %s with the ffmpeg of npm', async (name) => {
    if (npm) await expectAll(npm, name)
  })

  it('in several runs where a seek spares much, or a command would get too long', async () => {
    const { index } = await openFilm(corpus.get('pal.mp4')!)
    expect([...decodeRunsOf(index, [0, 1, 2, 29])].map(({ frames }) => frames)).toEqual([[0, 1, 2, 29]])
    const sparse = { timeOf: (frame: number) => frame, keyBefore: (frame: number) => frame } as unknown as FrameIndex
    expect([...decodeRunsOf(sparse, [0, 1, 9])].map(({ frames }) => frames)).toEqual([[0, 1], [9]])
    const dense = {
      ...{ timeOf: (frame: number) => frame / 25, endOf: (frame: number) => (frame + 1) / 25 },
      keyBefore: (_frame: number, floor: number) => floor,
    } as unknown as FrameIndex
    const every2nd = Array.from({ length: 5000 }, (_, at) => at * 2)
    const runs = [...decodeRunsOf(dense, every2nd)]
    expect(runs.length).toBeGreaterThan(5)
    expect(runs.flatMap(({ frames }) => frames)).toEqual(every2nd)
  })
})

async function expectAll(tools: FfmpegTools, name: string): Promise<void> {
  const file = corpus.get(name)!
  const film = await openFilm(file)
  for (const [what, wanted] of WANTED) {
    const { frames } = await select(film.index, wanted)
    const given = await decode(tools, film, file, frames)
    expect({ what, given }).toEqual({ what, given: frames.map((frame) => [frame, file.numbers[frame]]) })
  }
}

async function openFilm({ path: file }: CorpusFile): Promise<VideoSource> {
  const tools = await resolveFfmpeg()
  const { startSeconds, metadata } = await probeVideo(tools, file)
  const index = await readFrameIndex(tools, file, { startSeconds })
  return { path: file, index, size: { width: metadata.width!, height: metadata.height! } }
}

/** The frames that are given, each with the number that its picture shows. */
async function decode(tools: FfmpegTools, film: VideoSource, { rotation }: CorpusFile, frames: readonly number[]) {
  const folder = await mkdtemp(path.join(tmpdir(), "fieldreel-it's, [a]: folder;"))
  const given: [frame: number, number: number | null][] = []
  for (const stretch of decodeRunsOf(film.index, frames)) {
    const times = new DecoderTimestamps(path.join(folder, 'times'))
    const file = path.join(folder, 'times')
    const { args, width, height } = decoderFor(tools, film, stretch, 160, file)
    const { stdout } = await runFfmpeg(tools, args, { stdout: 'buffer' })
    for (let at = 0; at * width * height * 3 < stdout.length; at += 1) {
      const frame = film.index.nearestTo(stretch.startSeconds + (await times.of(at)))
      const pixels = stdout.subarray(at * width * height * 3)
      const blocks = blockCentres(rotation).map(
        ({ x, y }) => pixels[3 * (Math.floor(y * height) * width + Math.floor(x * width))],
      )
      given.push([frame, numberOf(blocks.map((brightness) => brightness ?? 0))])
    }
    await times.close()
  }
  return given
}
