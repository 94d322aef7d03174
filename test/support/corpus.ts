import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { ffmpeg, source, turn } from '../fixtures/clips.ts'
import { editBoxes, timesDuration } from './mp4-boxes.ts'

const run = promisify(execFile)

/**
 * Videos that go about time in every way we know of. Each picture carries its number, so that whoever shows a frame can
 * be asked which one it is: 8 × 2 blocks, black for 0 and white for 1, lowest bit first in reading order.
 */
export interface CorpusFile {
  readonly name: string
  readonly path: string
  /** The number on each frame, in display order. */
  readonly numbers: readonly number[]
  /** Seconds on the player's clock at which each frame begins, where the recipe says it to a millisecond or better. */
  readonly times: readonly number[]
  /** Clockwise degrees that players turn the picture by. */
  readonly rotation: 0 | 90 | 180 | 270
}

export const NUMBER_BLOCKS = { columns: 8, rows: 2 } as const

/** 12 bits of number, then the lowest 4 of them the other way round: no flat or smeared picture passes for a number. */
function numbered(rate: string, seconds: number): string[] {
  const { columns, rows } = NUMBER_BLOCKS
  const block = `(X+${columns}*Y)`
  const bit = (of: string): string => `mod(floor(N/pow(2,${of})),2)`
  const luma = `255*if(lt(${block},12),${bit(block)},1-${bit(`(${block}-12)`)})`
  const drawn = `color=size=${columns}x${rows}:rate=${rate},format=gray,geq=lum='${luma}'`
  return source(`${drawn},scale=320:160:flags=neighbor,format=yuv420p`, seconds)
}

/** @param blocks brightness of the blocks, 0..255, in reading order. @returns null when they spell no number. */
export function numberOf(blocks: readonly number[]): number | null {
  const bits = blocks.map((brightness) => (brightness > 128 ? 1 : 0))
  const value = bits.slice(0, 12).reduce<number>((sum, bit, index) => sum + bit * 2 ** index, 0)
  const check = bits.slice(12).every((bit, index) => bit !== bits[index])
  return check && bits.length === 16 ? value : null
}

/** Where the middle of each block is on the displayed picture, 0..1 each way, in reading order of the unturned one. */
export function blockCentres(rotation: CorpusFile['rotation']): { x: number; y: number }[] {
  const { columns, rows } = NUMBER_BLOCKS
  return Array.from({ length: columns * rows }, (_, block) => {
    const [u, v] = [((block % columns) + 0.5) / columns, (Math.floor(block / columns) + 0.5) / rows]
    const turned = { 0: [u, v], 90: [1 - v, u], 180: [1 - u, 1 - v], 270: [v, 1 - u] } as const
    const [x, y] = turned[rotation]
    return { x, y }
  })
}

/** The numbers on picture files of one size, null where one shows none; read by one ffmpeg. */
export async function numbersOfPictures(
  files: readonly string[],
  rotation: CorpusFile['rotation'],
): Promise<Array<number | null>> {
  const { ffmpeg: program } = await resolveFfmpeg()
  const scaled = files.map((_, at) => `[${at}:v]scale=${READ}:${READ},setsar=1,format=gray[p${at}]`)
  const joined = `${files.map((_, at) => `[p${at}]`).join('')}concat=n=${files.length}[v]`
  const args = ['-loglevel', 'error', ...files.flatMap((file) => ['-i', file])]
  const filter = ['-filter_complex', [...scaled, joined].join(';'), '-map', '[v]', '-vsync', '0', '-pix_fmt', 'gray']
  const { stdout } = await run(program, [...args, ...filter, '-f', 'rawvideo', 'pipe:1'], { encoding: 'buffer' })
  return files.map((_, at) => {
    const picture = stdout.subarray(at * READ * READ)
    const blocks = blockCentres(rotation).map(({ x, y }) => picture[Math.floor(y * READ) * READ + Math.floor(x * READ)])
    return numberOf(blocks.map((brightness) => brightness ?? 0))
  })
}

/** Pixels each way that a picture is read at. */
const READ = 64

const X264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-g', '30'] as const
const VP9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '500k', '-g', '30'] as const
const TONE = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'] as const
/** Keeps the times of frames as a filter made them; this spelling is what old and new releases both know. */
const AS_TIMED = ['-vsync', '0', '-enc_time_base', '1:90000'] as const

const TICKS = ['-video_track_timescale', '90000'] as const

interface Recipe {
  readonly name: string
  make(file: string, folder: string): Promise<void>
  readonly numbers: readonly number[]
  readonly timeOf: (index: number) => number
  readonly rotation?: CorpusFile['rotation']
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const every =
  (rate: number, from = 0) =>
  (index: number): number =>
    from + index / rate

/** Intervals of 1, 2, 5 and 3 hundredths of a second, over and over. */
const UNEVEN = [0, 0.01, 0.03, 0.08] as const
const uneven = (index: number): number => 0.11 * Math.floor(index / 4) + (UNEVEN[index % 4] ?? 0)
const UNEVENLY = `settb=1/90000,setpts='9900*floor(N/4)+900*(gte(mod(N,4),1)+2*gte(mod(N,4),2)+5*gte(mod(N,4),3))'`

/** Seconds in which a camera wrote nothing. */
const PAUSE = 3600

/** Every seventh picture got lost, and the one before is held. */
const LOSSY = upTo(100).filter((number) => number % 7 !== 3)

const RECIPES: readonly Recipe[] = [
  {
    name: 'pal.mp4',
    make: (file) => ffmpeg(...numbered('25', 4), ...X264, file),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'ntsc.mp4',
    make: (file) => ffmpeg(...numbered('30000/1001', 4.004), ...X264, file),
    numbers: upTo(120),
    timeOf: every(30000 / 1001),
  },
  {
    name: 'ntsc-double.mov',
    make: (file) => ffmpeg(...numbered('60000/1001', 3.003), ...X264, file),
    numbers: upTo(180),
    timeOf: every(60000 / 1001),
  },
  {
    name: 'sound.mp4',
    make: (file) => ffmpeg(...numbered('25', 4), ...TONE, '-shortest', ...X264, '-c:a', 'aac', file),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'uneven.mp4',
    make: (file) => ffmpeg(...numbered('25', 4), '-vf', UNEVENLY, ...X264, '-bf', '0', ...AS_TIMED, ...TICKS, file),
    numbers: upTo(100),
    timeOf: uneven,
  },
  {
    name: 'uneven-b.mp4',
    make: (file) => ffmpeg(...numbered('25', 4), '-vf', UNEVENLY, ...X264, '-bf', '3', ...AS_TIMED, ...TICKS, file),
    numbers: upTo(100),
    timeOf: uneven,
  },
  {
    name: 'uneven.webm',
    make: (file) => ffmpeg(...numbered('25', 4), '-vf', UNEVENLY, ...VP9, ...AS_TIMED, file),
    numbers: upTo(100),
    timeOf: uneven,
  },
  {
    name: 'ntsc.webm',
    make: (file) => ffmpeg(...numbered('30000/1001', 4.004), ...VP9, file),
    numbers: upTo(120),
    timeOf: (index) => Math.round((index * 1001) / 30) / 1000,
  },
  {
    name: 'hidden-frames.webm',
    make: async (file, folder) => {
      const vp8 = ['-c:v', 'libvpx', '-b:v', '500k', '-auto-alt-ref', '1', '-lag-in-frames', '16', '-g', '60']
      const passes = ['-passlogfile', join(folder, 'vp8'), ...vp8]
      await ffmpeg(...numbered('25', 4), ...passes, '-pass', '1', '-f', 'null', '-')
      await ffmpeg(...numbered('25', 4), ...passes, '-pass', '2', file)
    },
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'late-start.webm',
    make: (file) => ffmpeg(...numbered('25', 4), ...VP9, '-output_ts_offset', '3', file),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'late-picture.mp4',
    make: async (file, folder) => {
      const picture = join(folder, 'picture.mp4')
      await ffmpeg(...numbered('25', 4), ...X264, picture)
      await ffmpeg('-itsoffset', '0.5', '-i', picture, ...TONE, '-t', '4.5', '-c:v', 'copy', '-c:a', 'aac', file)
    },
    numbers: upTo(100),
    timeOf: every(25, 0.5),
  },
  {
    name: 'opus.webm',
    make: (file) => ffmpeg(...numbered('25', 4), ...TONE, '-shortest', ...VP9, '-c:a', 'libopus', file),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'from-transport-stream.mp4',
    make: async (file, folder) => {
      const stream = join(folder, 'stream.ts')
      await ffmpeg(...numbered('25', 4), ...TONE, '-shortest', ...X264, '-bf', '3', '-c:a', 'aac', stream)
      await ffmpeg('-copyts', '-i', stream, '-c', 'copy', file)
    },
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'trimmed.mp4',
    make: async (file, folder) => {
      const whole = join(folder, 'whole.mp4')
      await ffmpeg(...numbered('25', 4), ...X264, '-bf', '2', whole)
      await ffmpeg('-ss', '1.8', '-i', whole, '-c', 'copy', file)
    },
    numbers: upTo(100).slice(45),
    timeOf: every(25),
  },
  {
    name: 'trimmed-sound.mp4',
    make: async (file, folder) => {
      const whole = join(folder, 'whole-sound.mp4')
      await ffmpeg(...numbered('25', 4), ...TONE, '-shortest', ...X264, '-bf', '2', '-c:a', 'aac', whole)
      await ffmpeg('-ss', '1.8', '-i', whole, '-c', 'copy', file)
    },
    numbers: upTo(100).slice(45),
    timeOf: every(25),
  },
  {
    name: 'deep-b.mp4',
    make: (file) => ffmpeg(...numbered('25', 4), ...X264, '-bf', '8', '-x264-params', 'b-adapt=0:b-pyramid=none', file),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'pyramid-open.mp4',
    make: (file) =>
      ffmpeg(...numbered('25', 4), ...X264, '-bf', '8', '-x264-params', 'b-adapt=0:b-pyramid=normal:open-gop=1', file),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'open.mp4',
    make: (file) => ffmpeg(...numbered('25', 4), ...X264, '-bf', '2', '-x264-params', 'b-adapt=0:open-gop=1', file),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'negative-offsets.mp4',
    make: (file) =>
      ffmpeg(
        ...numbered('25', 4),
        ...X264,
        '-bf',
        '3',
        '-movflags',
        'negative_cts_offsets',
        '-use_editlist',
        '0',
        file,
      ),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'fragmented.mp4',
    make: (file) =>
      ffmpeg(
        ...numbered('25', 4),
        ...X264,
        '-bf',
        '2',
        '-movflags',
        'frag_keyframe+empty_moov+default_base_moof',
        file,
      ),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'lossy.mp4',
    make: (file) => ffmpeg(...numbered('25', 4), '-vf', `select='not(eq(mod(n,7),3))'`, ...X264, ...AS_TIMED, file),
    numbers: LOSSY,
    timeOf: (index) => (LOSSY[index] ?? 0) / 25,
  },
  {
    name: 'doubled.mp4',
    make: (file) => ffmpeg(...numbered('25', 4), '-r', '50', ...X264, file),
    numbers: upTo(200).map((index) => index >> 1),
    timeOf: every(50),
  },
  {
    name: 'h264.avi',
    make: (file) => ffmpeg(...numbered('25', 4), ...X264, '-bf', '3', file),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'uneven-stills.mov',
    make: (file) =>
      ffmpeg(
        ...numbered('25', 4),
        ...['-vf', UNEVENLY, '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', ...AS_TIMED],
        ...TICKS,
        file,
      ),
    numbers: upTo(100),
    timeOf: uneven,
  },
  {
    name: 'mpeg4.avi',
    make: (file) => ffmpeg(...numbered('25', 4), '-c:v', 'mpeg4', '-q:v', '3', '-bf', '2', '-g', '30', file),
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'short-header.mp4',
    make: async (file, folder) => {
      const whole = join(folder, 'whole-header.mp4')
      await ffmpeg(...numbered('25', 4), ...X264, whole)
      await editBoxes(whole, file, /mdhd$/, timesDuration(1 / 30))
    },
    numbers: upTo(100),
    timeOf: every(25),
  },
  {
    name: 'pause.mp4',
    make: async (file) => {
      const pause = ['-vf', `setpts='PTS+gte(N,60)*${PAUSE}/TB'`, ...AS_TIMED, ...TICKS]
      await ffmpeg(...numbered('25', 4), ...pause, ...X264, '-bf', '0', file)
    },
    numbers: upTo(100),
    timeOf: (index) => index / 25 + (index >= 60 ? PAUSE : 0),
  },
  {
    name: 'cover-first.mp4',
    make: async (file, folder) => {
      const [film, cover] = [join(folder, 'behind-cover.mp4'), join(folder, 'cover.jpg')]
      await ffmpeg(...numbered('25', 4), ...X264, film)
      await ffmpeg(...numbered('25', 1), '-frames:v', '1', '-vf', 'scale=160:80', cover)
      await ffmpeg('-i', cover, '-i', film, '-map', '0', '-map', '1', '-c', 'copy', file)
    },
    numbers: upTo(100),
    timeOf: every(25),
  },
  ...([90, 180, 270] as const).map((rotation) => ({
    name: `turned-${rotation}.mp4`,
    make: async (file: string) => {
      await ffmpeg(...numbered('25', 2), ...X264, file)
      await turn(file, rotation)
    },
    numbers: upTo(50),
    timeOf: every(25),
    rotation,
  })),
]

export const CORPUS_NAMES: readonly string[] = RECIPES.map(({ name }) => name)

/** Makes all of the corpus in a folder, in a few seconds. */
export async function makeCorpus(
  folder: string,
  wanted: (name: string) => boolean = () => true,
): Promise<CorpusFile[]> {
  const recipes = RECIPES.filter(({ name }) => wanted(name))
  const left = recipes.values()
  const lane = async (): Promise<void> => {
    for (const { name, make } of left) await make(join(folder, name), folder)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return recipes.map(({ name, numbers, timeOf, rotation = 0 }) => {
    return { name, path: join(folder, name), numbers, times: numbers.map((_, index) => timeOf(index)), rotation }
  })
}

/** Files made at a time: most of making one is waiting for ffmpeg to start and to end. */
const LANES = 3
