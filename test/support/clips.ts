import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'

const run = promisify(execFile)

/** Plain colours that ffmpeg draws, each of them one shot. */
const COLOURS = ['red', 'green', 'blue', 'white', 'orange', 'purple']

export interface ShotsOptions {
  /** Shots, one after the other, cut hard. */
  readonly shots: number
  readonly secondsEach: number
  /** Arguments that choose codecs; the container follows from the file's ending. */
  readonly codecs?: readonly string[]
  readonly sound?: boolean
}

/** Draws a clip of moving test patterns in different colours with hard cuts between them. */
export async function drawShots(
  file: string,
  { shots, secondsEach, codecs, sound = false }: ShotsOptions,
): Promise<string> {
  const { ffmpeg } = await resolveFfmpeg()
  const inputs = COLOURS.slice(0, shots).flatMap((colour, index) => [
    '-f',
    'lavfi',
    '-i',
    `testsrc2=size=320x180:rate=25:duration=${secondsEach},hue=h=${index * 67}:s=2,drawbox=c=${colour}@0.55:t=fill`,
  ])
  const joined = `${Array.from({ length: shots }, (_, index) => `[${index}:v]`).join('')}concat=n=${shots}:v=1[v]`
  const tone = sound ? ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${shots * secondsEach}`] : []
  const soundMap = sound ? ['-map', `${shots}:a`, '-shortest'] : []
  const encode = codecs ?? ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
  await run(ffmpeg, [
    ...['-hide_banner', '-loglevel', 'error', '-y', ...inputs, ...tone],
    ...['-filter_complex', joined, '-map', '[v]', ...soundMap, ...encode, file],
  ])
  return file
}
