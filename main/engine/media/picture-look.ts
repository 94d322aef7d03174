import { readFile } from 'node:fs/promises'
import { runFfmpeg, type FfmpegTools } from '../../platform/ffmpeg/index.ts'

/** How much there is to see on a picture. */
export interface Look {
  /** Difference between its bright and its dark parts, 0..255. */
  readonly range: number
  /** How much neighbouring points differ from a smooth change, mean, 0..255: small for what is out of focus. */
  readonly sharpness: number
}

const WIDTH = 160
const HEIGHT = 96
const BYTES = WIDTH * HEIGHT
/** JPEGs of half a megabyte at the very most go through a pipe and stay in memory. */
const MOST_AT_ONCE = 64
/** Share of the points that count as its brightest, and as its darkest: a line of text on black is not nothing. */
const EXTREME = 0.02

/** Looks at JPEG files, in order. @throws EngineError `media_failed`, `cancelled`, Error of the file system. */
export async function lookAt(
  tools: FfmpegTools,
  files: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Look[]> {
  const looks: Look[] = []
  for (let at = 0; at < files.length; at += MOST_AT_ONCE) {
    const jpegs = await Promise.all(files.slice(at, at + MOST_AT_ONCE).map((file) => readFile(file)))
    const args = [
      ...['-f', 'image2pipe', '-c:v', 'mjpeg', '-i', 'pipe:0'],
      ...[
        '-vf',
        `scale=${WIDTH}:${HEIGHT}:flags=area,format=gray`,
        ...tools.keepFrameTimes,
        '-f',
        'rawvideo',
        'pipe:1',
      ],
    ]
    const run = { signal, input: Buffer.concat(jpegs), stdout: 'buffer' as const, timeLimitMs: 60_000 }
    const { stdout } = await runFfmpeg(tools, args, run)
    for (let start = 0; start + BYTES <= stdout.length; start += BYTES) {
      looks.push(lookOf(stdout.subarray(start, start + BYTES)))
    }
  }
  return looks
}

function lookOf(grey: Uint8Array): Look {
  // Not `slice`, which a Buffer answers with a view of itself: the picture would be sorted with it.
  const sorted = Uint8Array.from(grey).sort()
  const edge = Math.floor(BYTES * EXTREME)
  const range = (sorted[BYTES - 1 - edge] ?? 0) - (sorted[edge] ?? 0)
  let sum = 0
  for (let y = 1; y < HEIGHT - 1; y += 1) {
    for (let x = 1; x < WIDTH - 1; x += 1) sum += roughness(grey, y * WIDTH + x)
  }
  return { range, sharpness: sum / ((WIDTH - 2) * (HEIGHT - 2)) }
}

/** How far a point is from the mean of the four around it. */
function roughness(grey: Uint8Array, at: number): number {
  const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - WIDTH] ?? 0) + (grey[at + WIDTH] ?? 0)
  return Math.abs((grey[at] ?? 0) - around / 4)
}
