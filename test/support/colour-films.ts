import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'
import { ffmpeg } from '../fixtures/clips.ts'
import { type Coding, codesOf, type Three } from './colour-math.ts'

/** Fields of one colour each, in a grid of so many columns and rows. */
export const [COLUMNS, ROWS] = [4, 2]
const SECONDS = 1
const RATE = 5

export interface PatchFilm extends Coding {
  readonly format: string
  readonly width: number
  readonly height: number
  /** ffmpeg's options that say what the colours are; none leave it to be guessed. */
  readonly tags: readonly string[]
  readonly codec: readonly string[]
  /** Signals of the fields, 0..1, in reading order. */
  readonly patches: readonly Three[]
}

/** Writes a film whose frames are made here, code by code: no filter of ffmpeg has a part in its colours. */
export async function drawPatches(file: string, film: PatchFilm): Promise<void> {
  const raw = `${file}.raw`
  await writeFile(raw, frameOf(film))
  const input = ['-f', 'rawvideo', '-pix_fmt', film.format, '-s', `${film.width}x${film.height}`, '-r', String(RATE)]
  const coded = ['-frames:v', String(SECONDS * RATE), ...film.codec, '-pix_fmt', film.format, ...film.tags]
  await ffmpeg('-stream_loop', '-1', ...input, '-i', raw, ...coded, file)
}

/** One frame as raw video: the planes one after the other, little-endian where a code has more than 8 bits. */
function frameOf(film: PatchFilm): Buffer {
  const { width, height, bits, format } = film
  const codes = film.patches.map((patch) => codesOf(patch, film))
  const halved = format.includes('420') ? 2 : 1
  const planes = [0, 1, 2].map((plane) => {
    const [wide, high] = plane === 0 ? [width, height] : [width / halved, height / halved]
    const buffer = Buffer.alloc(wide * high * (bits === 8 ? 1 : 2))
    for (let y = 0; y < high; y += 1) {
      for (let x = 0; x < wide; x += 1) {
        const patch = Math.floor((y * ROWS) / high) * COLUMNS + Math.floor((x * COLUMNS) / wide)
        const code = codes[patch]?.[plane] ?? 0
        if (bits === 8) buffer[y * wide + x] = code
        else buffer.writeUInt16LE(code, 2 * (y * wide + x))
      }
    }
    return buffer
  })
  return Buffer.concat(planes)
}

/** The codes in the middle of each field of a picture or a film's first frame, as they are stored there. */
export async function readPatches(file: string, format: 'yuvj420p' | 'yuv420p'): Promise<Three[]> {
  const tools = await resolveFfmpeg()
  const run = promisify(execFile)
  const entries = ['-select_streams', 'v', '-show_entries', 'stream=width,height', '-of', 'csv=p=0']
  const size = (await run(tools.ffprobe, ['-v', 'error', ...entries, file])).stdout
  const [width = 0, height = 0] = size.trim().split(',').map(Number)
  const one = ['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', format, 'pipe:1']
  const { stdout } = await run(tools.ffmpeg, ['-v', 'error', '-i', file, ...one], {
    ...{ encoding: 'buffer', maxBuffer: 1 << 26 },
  })
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  return Array.from({ length: COLUMNS * ROWS }, (_, patch) => {
    const x = Math.floor((width * ((patch % COLUMNS) + 0.5)) / COLUMNS)
    const y = Math.floor((height * (Math.floor(patch / COLUMNS) + 0.5)) / ROWS)
    const half = Math.floor(y / 2) * halfWidth + Math.floor(x / 2)
    const at = [y * width + x, width * height + half, width * height + halfWidth * halfHeight + half]
    const [luma = 0, cb = 0, cr = 0] = at.map((index) => stdout[index] ?? 0)
    return [luma, cb, cr]
  })
}
