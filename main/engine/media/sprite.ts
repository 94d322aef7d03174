import { readFile, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import { fileUrl, runFfmpeg, type FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { WantedPicture } from './scene-frames.ts'

/** A sheet of small pictures in reading order, each from its own part of the duration; all parts are equally long. */
export interface Sprite {
  count: number
  columns: number
  /** Pixels of one picture. */
  width: number
  height: number
}

export interface SpriteCall {
  /** The file to write, one JPEG. */
  output: string
  durationSeconds: number
  /** Displayed size of the video, in pixels. */
  width: number
  height: number
  /** When another shot may begin, seconds, ascending. */
  changes?: readonly number[] | undefined
}

const MOST_PICTURES = 60
const COLUMNS = 10
const WIDTH = 240
/** A frame so close to the one on screen may stand for it, unless the picture changes between the two (AN-24): seconds. */
const CELL_WITHIN_SECONDS = 0.1

/** Layout of the sheet: a longer video gets pictures further apart, not more than 60. */
export function spriteOf({ durationSeconds, width, height }: Omit<SpriteCall, 'output'>): Sprite {
  const count = Math.min(MOST_PICTURES, Math.max(1, Math.round(durationSeconds)))
  // A tall video gets no taller pictures than a square one would.
  const scale = Math.min(WIDTH / width, WIDTH / height)
  return { count, columns: Math.min(COLUMNS, count), width: even(width * scale), height: even(height * scale) }
}

function even(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2)
}

/** The frame on screen in the middle of each cell's part of the video (AN-24). */
export function spriteFrames(
  { durationSeconds }: Pick<SpriteCall, 'durationSeconds'>,
  count: number,
  frames: FrameIndex,
) {
  return Array.from({ length: count }, (_, cell) => frames.frameAt(((cell + 0.5) * durationSeconds) / count))
}

/** What each cell shows. */
export function spriteCells(call: SpriteCall, count: number, frames: FrameIndex): WantedPicture[] {
  const changes = call.changes ?? []
  return spriteFrames(call, count, frames).map((frame) => {
    const time = frames.timeOf(frame)
    const from = changes.findLast((change) => change <= time) ?? -Infinity
    return { time, from, to: changes.find((change) => change > time) ?? Infinity, within: CELL_WITHIN_SECONDS }
  })
}

/**
 * Joins the pictures of the cells into the sheet. The file appears complete or not at all.
 * @param temporary a folder for what is on the way.
 * @throws EngineError
 */
export async function tileSprite(
  tools: FfmpegTools,
  files: readonly string[],
  { columns, width, height }: Sprite,
  output: string,
  temporary: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const jpegs = await Promise.all(files.map((file) => readFile(file)))
  const sheet = join(temporary, basename(output))
  // Of a film whose size changes, pictures may differ in size: each is scaled by itself, and the filters are not set up anew.
  const input = ['-reinit_filter', '0', '-f', 'image2pipe', '-c:v', 'mjpeg', '-i', 'pipe:0']
  const filter = `scale=${width}:${height},tile=${columns}x${Math.ceil(files.length / columns)}`
  const result = ['-vf', filter, '-frames:v', '1', '-q:v', '4', '-update', '1', '-f', 'image2', fileUrl(sheet)]
  await runFfmpeg(tools, [...input, ...result], { signal, timeLimitMs: 60_000, input: Buffer.concat(jpegs) })
  await rename(sheet, output)
}
