import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { makePictures, makePreview, makeScenePictures, readFrameIndex } from '../../../main/engine/media/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import { drawPatches, type PatchFilm, readPatches } from '../../support/colour-films.ts'
import { codesOf, type Coding, LIGHT, shown, signalOf, type Three } from '../../support/colour-math.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tools = await resolveFfmpeg()
/** AN-23. */
const MOST_OFF = 4
const JFIF: Coding = { matrix: 'bt601', full: true, bits: 8 }
const FFV1 = ['-c:v', 'ffv1']
const PATCHES: readonly Three[] = [
  [200, 40, 40],
  [40, 180, 40],
  [40, 70, 210],
  [255, 118, 0],
  [128, 128, 128],
  [16, 16, 16],
  [240, 240, 240],
  [90, 200, 220],
].map(([red = 0, green = 0, blue = 0]) => [red / 255, green / 255, blue / 255] as const)

const tagged = (space: string, primaries: string, transfer: string, range: 'tv' | 'pc'): string[] => [
  ...['-vf', `setparams=range=${range}:color_primaries=${primaries}:color_trc=${transfer}:colorspace=${space}`],
  ...['-colorspace', space, '-color_primaries', primaries, '-color_trc', transfer, '-color_range', range],
]

interface Kind extends Partial<PatchFilm> {
  readonly name: string
  readonly coding: Coding
  readonly primaries?: Parameters<typeof shown>[1]
  readonly transfer?: Parameters<typeof shown>[2]
}

const tv = (matrix: Coding['matrix'], bits: 8 | 10 = 8): Coding => ({ matrix, full: false, bits })
const pc = (matrix: Coding['matrix'], bits: 8 | 10 = 8): Coding => ({ matrix, full: true, bits })
const H264 = ['-c:v', 'libx264', '-crf', '4', '-preset', 'ultrafast']

const KINDS: readonly Kind[] = [
  { name: 'BT.709', coding: tv('bt709'), tags: tagged('bt709', 'bt709', 'bt709', 'tv') },
  { name: 'BT.709 in full range', coding: pc('bt709'), tags: tagged('bt709', 'bt709', 'bt709', 'pc') },
  { name: 'BT.709 as H.264', coding: tv('bt709'), tags: tagged('bt709', 'bt709', 'bt709', 'tv'), codec: H264 },
  { name: 'BT.601', coding: tv('bt601'), tags: tagged('smpte170m', 'smpte170m', 'smpte170m', 'tv') },
  { name: 'BT.601 in full range', coding: pc('bt601'), tags: tagged('smpte170m', 'smpte170m', 'smpte170m', 'pc') },
  { name: 'BT.709 of 4:4:4', coding: tv('bt709'), format: 'yuv444p', tags: tagged('bt709', 'bt709', 'bt709', 'tv') },
  {
    ...{ name: 'BT.709 of 10 bits', coding: tv('bt709', 10), format: 'yuv420p10le' },
    tags: tagged('bt709', 'bt709', 'bt709', 'tv'),
  },
  {
    ...{ name: 'PAL, with its own primaries', coding: tv('bt601'), primaries: 'bt470bg', transfer: 'srgb' },
    tags: tagged('bt470bg', 'bt470bg', 'smpte170m', 'tv'),
  },
  {
    ...{ name: 'BT.2020 of 8 bits', coding: tv('bt2020'), primaries: 'bt2020', transfer: 'srgb' },
    tags: tagged('bt2020nc', 'bt2020', 'bt2020-10', 'tv'),
  },
  {
    ...{ name: 'BT.2020 of 10 bits', coding: tv('bt2020', 10), format: 'yuv420p10le', primaries: 'bt2020' },
    tags: tagged('bt2020nc', 'bt2020', 'bt2020-10', 'tv'),
  },
  {
    ...{ name: 'BT.2020 of 10 bits in full range', coding: pc('bt2020', 10), format: 'yuv420p10le' },
    ...{ primaries: 'bt2020', tags: tagged('bt2020nc', 'bt2020', 'bt2020-10', 'pc') },
  },
  {
    ...{ name: 'P3', coding: tv('bt709'), primaries: 'p3', transfer: 'srgb' },
    tags: tagged('bt709', 'smpte432', 'iec61966-2-1', 'tv'),
  },
  { name: 'R’G’B’', coding: pc('rgb'), format: 'gbrp', tags: [] },
  { name: 'no tags, below 720 lines', coding: tv('bt601'), tags: [] },
  { name: 'no tags, from 720 lines on', coding: tv('bt709'), width: 1280, height: 720, tags: [] },
  {
    name: 'Motion JPEG without tags',
    coding: pc('bt601'),
    format: 'yuvj420p',
    codec: ['-c:v', 'mjpeg', '-q:v', '1'],
    tags: [],
  },
]

async function drawn({ name: _name, coding, ...film }: Kind, patches = PATCHES): Promise<string> {
  const file = join(await temporaryFolder(), 'film.mkv')
  const plain = { format: 'yuv420p', width: 320, height: 160, tags: [], codec: FFV1 }
  await drawPatches(file, { ...plain, ...film, ...coding, patches })
  return file
}

/** What a screen shows of the film's codes, worked out by the standards alone. */
function rightOf({ coding, primaries = 'bt709', transfer = 'srgb' }: Kind, patches = PATCHES): Three[] {
  return patches.map((patch) => shown(signalOf(codesOf(patch, coding), coding), primaries, transfer))
}

const rgb = (codes: readonly Three[], coding: Coding): Three[] =>
  codes.map((code) => signalOf(code, coding).map((signal) => 255 * signal) as unknown as Three)

function expectClose(made: readonly Three[], right: readonly Three[]): void {
  const off = made.map((one, patch) =>
    Math.max(...one.map((value, at) => Math.abs(value - (right[patch]?.[at] ?? 999)))),
  )
  const most = Math.max(...off)
  const patch = off.indexOf(most)
  const rounded = (one: Three | undefined): string => String(one?.map(Math.round))
  expect(most, `field ${patch}: ${rounded(made[patch])} for ${rounded(right[patch])}`).toBeLessThanOrEqual(MOST_OFF)
}

/** The film's picture, the only cell of its sheet, and its copy that plays. */
async function outputsOf(file: string, { width = 320, height = 160 }: Kind) {
  const folder = await temporaryFolder()
  const frames = await readFrameIndex(tools, file, { startSeconds: 0 })
  const [sheet, preview] = [join(folder, 'sheet.jpg'), join(folder, 'preview.mp4')]
  const [picture = ''] = await makePictures(tools, file, [0.5], { folder, nameOf: () => 'picture.jpg', frames })
  const scenes = { folder: join(folder, 'scenes'), nameOf: () => 'scene.jpg', frames }
  const sprite = { output: sheet, durationSeconds: 1, width, height }
  await makeScenePictures(tools, file, [{ startTime: 0, endTime: 1 }], { ...scenes, sprite })
  await makePreview(tools, file, preview, { durationSeconds: 1 })
  const jpegs = [picture, join(folder, 'scenes', 'scene.jpg'), sheet]
  const pictures = await Promise.all(jpegs.map(async (jpeg) => rgb(await readPatches(jpeg, 'yuvj420p'), JFIF)))
  return { pictures, preview: rgb(await readPatches(preview, 'yuv420p'), await codingOf(preview)) }
}

/** What the tags of a copy say; one without tags would be guessed by players. */
async function codingOf(preview: string): Promise<Coding> {
  const entries = ['-show_entries', 'stream=color_space,color_range,color_primaries,color_transfer', '-of', 'json']
  const { stdout } = await promisify(execFile)(tools.ffprobe, [
    '-v',
    'error',
    '-select_streams',
    'v',
    ...entries,
    preview,
  ])
  const [tags = {}] = (JSON.parse(stdout) as { streams: Record<string, string>[] }).streams
  const name = tags['color_space'] ?? ''
  expect(tags).toEqual({ color_space: name, color_primaries: name, color_transfer: name, color_range: 'tv' })
  expect(['bt709', 'smpte170m']).toContain(name)
  return tv(name === 'bt709' ? 'bt709' : 'bt601')
}

test.each(KINDS)(
  'pictures, sheet and copy have the right colours: $name',
  async (kind) => {
    const { pictures, preview } = await outputsOf(await drawn(kind), kind)
    for (const made of [...pictures, preview]) expectClose(made, rightOf(kind))
  },
  90_000,
)

describe.each([
  ['PQ', 'smpte2084', 'pq', 0.58],
  ['HLG', 'arib-std-b67', 'hlg', 0.75],
] as const)('of %s', (name, tag, transfer, white) => {
  const kind: Kind = {
    ...{ name, coding: tv('bt2020', 10), format: 'yuv420p10le', primaries: 'bt2020', transfer },
    tags: tagged('bt2020nc', 'bt2020', tag, 'tv'),
  }
  const signals = (...levels: readonly Three[]): Three[] => levels.map(([r, g, b]) => [r * white, g * white, b * white])

  test('what is below 60 % of white is shown as it is', async () => {
    const patches = signals(
      ...([
        [0, 0, 0],
        [0.5, 0.5, 0.5],
        [0.84, 0.84, 0.84],
        [0.85, 0.6, 0.5],
      ] as const),
      ...([
        [0.6, 0.85, 0.6],
        [0.5, 0.6, 0.85],
        [0.8, 0.8, 0.5],
        [0.3, 0.3, 0.3],
      ] as const),
    )
    expect(patches.flat().every((signal) => LIGHT[transfer](signal) < 0.6)).toBe(true)
    const { pictures, preview } = await outputsOf(await drawn(kind, patches), kind)
    for (const made of [...pictures, preview]) expectClose(made, rightOf(kind, patches))
  }, 90_000)

  test('what is brighter is told apart up to the peak', async () => {
    const greys = [0.4, 0.7, 0.85, 1, 1.1, 1.2, 1.25, 1.29].map((level) => [level, level, level] as const)
    const { pictures, preview } = await outputsOf(await drawn(kind, signals(...greys)), kind)
    for (const made of [...pictures, preview]) {
      const levels = made.map(([, green]) => green)
      for (const [at, level] of levels.slice(1).entries()) expect(level).toBeGreaterThan((levels[at] ?? 0) + 1)
      // White paper is bright, and light beyond it is brighter still.
      expect(levels[3]).toBeGreaterThan(200)
      expect(levels[3]).toBeLessThan(250)
    }
  }, 90_000)
})
