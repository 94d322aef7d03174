import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import { fileUrl, runFfmpeg, seriesUrl, type FfmpegTools } from '../../platform/ffmpeg/index.ts'

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
}

/** Source of a cell's picture: a scene's, by its index, or one of its own. */
export type SpriteCell = { readonly scene: number } | { readonly time: number }

const MOST_PICTURES = 60
const COLUMNS = 10
const WIDTH = 240
/** Frames on both sides of a part's middle that are searched for a key frame. */
const KEY_SEARCH = 600

/** Layout of the sheet: a longer video gets pictures further apart, not more than 60. */
export function spriteOf({ durationSeconds, width, height }: SpriteCall): Sprite {
  const count = Math.min(MOST_PICTURES, Math.max(1, Math.round(durationSeconds)))
  // A tall video gets no taller pictures than a square one would.
  const scale = Math.min(WIDTH / width, WIDTH / height)
  return { count, columns: Math.min(COLUMNS, count), width: even(width * scale), height: even(height * scale) }
}

function even(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2)
}

/**
 * One cell for each part of the video, from the cheapest source within it: a picture that is made anyway, else a key frame,
 * which needs no other frame; of both the nearest to the middle; else the frame in the middle.
 * @param pictures times of the pictures that are made anyway, in order.
 */
export function spriteCells(
  { durationSeconds }: SpriteCall,
  count: number,
  frames: FrameIndex,
  pictures: readonly number[],
): SpriteCell[] {
  return Array.from({ length: count }, (_, cell): SpriteCell => {
    const middle = ((cell + 0.5) * durationSeconds) / count
    const reach = durationSeconds / count / 2
    const scene = nearestWithin(pictures, middle, reach)
    if (scene !== null) return { scene }
    return { time: keyWithin(frames, middle, reach) ?? frames.timeOf(frames.nearestTo(middle)) }
  })
}

/** Half-open, as scenes are. */
function isWithin(time: number, middle: number, reach: number): boolean {
  return time >= middle - reach && time < middle + reach
}

function nearestWithin(times: readonly number[], middle: number, reach: number): number | null {
  let best: number | null = null
  for (const [index, time] of times.entries()) {
    if (!isWithin(time, middle, reach)) continue
    if (best === null || Math.abs(time - middle) < Math.abs((times[best] ?? 0) - middle)) best = index
  }
  return best
}

function keyWithin(frames: FrameIndex, middle: number, reach: number): number | null {
  const centre = frames.nearestTo(middle)
  for (let step = 0; step < KEY_SEARCH; step += 1) {
    const around = [centre - step, centre + step].filter(
      (frame) => frame >= 0 && frame < frames.count && isWithin(frames.timeOf(frame), middle, reach),
    )
    if (around.length === 0) return null
    const key = around.find((frame) => frames.isKey(frame))
    if (key !== undefined) return frames.timeOf(key)
  }
  return null
}

/** Joins the pictures of the cells into the sheet. The file appears complete or not at all. @throws EngineError */
export async function tileSprite(
  tools: FfmpegTools,
  files: readonly string[],
  { columns, width, height }: Sprite,
  output: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const temporary = await mkdtemp(join(dirname(output), '.sprite-'))
  try {
    for (const [cell, file] of files.entries()) await copyFile(file, join(temporary, `${cell + 1}.jpg`))
    const sheet = join(temporary, basename(output))
    const filter = `scale=${width}:${height},tile=${columns}x${Math.ceil(files.length / columns)}`
    const input = ['-f', 'image2', '-start_number', '1', '-i', seriesUrl(temporary, '%d.jpg')]
    const result = ['-vf', filter, '-frames:v', '1', '-q:v', '4', '-update', '1', '-f', 'image2', fileUrl(sheet)]
    await runFfmpeg(tools, [...input, ...result], { signal, timeLimitMs: 60_000 })
    await rename(sheet, output)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
