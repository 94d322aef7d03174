import { readFile } from 'node:fs/promises'
import { runFfmpeg, type FfmpegTools } from '../../platform/ffmpeg/index.ts'

/** Contrast and sharpness of a picture. */
export interface PictureQuality {
  /** Brightness of its brightest parts less that of its darkest, 0..255. */
  readonly range: number
  /** Mean difference of a pixel from the mean of its neighbours, 0..255: small when out of focus. */
  readonly sharpness: number
}

/** Below this range a picture is black, white, or nearly one colour. */
const FLAT_RANGE = 24
const WIDTH = 160
const HEIGHT = 96
const BYTES = WIDTH * HEIGHT
/** JPEGs, of half a megabyte at most, that are in memory at the same time. */
const BATCH = 64
/** Share of the pixels that count as its brightest, and as its darkest: a line of text on black is not flat. */
const EXTREME = 0.02

export function isFlat({ range }: PictureQuality): boolean {
  return range < FLAT_RANGE
}

/** Measures JPEG files, in order. @throws EngineError `media_failed`, `cancelled`, Error of the file system. */
export async function measurePictures(
  tools: FfmpegTools,
  files: readonly string[],
  signal: AbortSignal | undefined,
): Promise<PictureQuality[]> {
  const qualities: PictureQuality[] = []
  for (let at = 0; at < files.length; at += BATCH) {
    const jpegs = await Promise.all(files.slice(at, at + BATCH).map((file) => readFile(file)))
    const args = [
      ...['-f', 'image2pipe', '-c:v', 'mjpeg', '-i', 'pipe:0'],
      ...['-vf', `scale=${WIDTH}:${HEIGHT}:flags=area,format=gray`, ...tools.keepFrameTimes],
      ...['-f', 'rawvideo', 'pipe:1'],
    ]
    const run = { signal, input: Buffer.concat(jpegs), stdout: 'buffer' as const, timeLimitMs: 60_000 }
    const { stdout } = await runFfmpeg(tools, args, run)
    for (let start = 0; start + BYTES <= stdout.length; start += BYTES) {
      qualities.push(qualityOf(stdout.subarray(start, start + BYTES)))
    }
  }
  return qualities
}

function qualityOf(grey: Uint8Array): PictureQuality {
  // Not `slice`: of a Buffer that is a view, and sorting it would change the picture.
  const sorted = Uint8Array.from(grey).sort()
  const edge = Math.floor(BYTES * EXTREME)
  const range = (sorted[BYTES - 1 - edge] ?? 0) - (sorted[edge] ?? 0)
  let sum = 0
  for (let y = 1; y < HEIGHT - 1; y += 1) {
    for (let x = 1; x < WIDTH - 1; x += 1) sum += roughness(grey, y * WIDTH + x)
  }
  return { range, sharpness: sum / ((WIDTH - 2) * (HEIGHT - 2)) }
}

/** Difference of a pixel from the mean of the four around it. */
function roughness(grey: Uint8Array, at: number): number {
  const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - WIDTH] ?? 0) + (grey[at + WIDTH] ?? 0)
  return Math.abs((grey[at] ?? 0) - around / 4)
}
