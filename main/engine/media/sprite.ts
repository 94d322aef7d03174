import { mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileUrl, runFfmpeg, seriesUrl, type FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { makePictures } from './pictures.ts'

/** A sheet of small pictures in reading order, evenly spread over the duration. */
export interface Sprite {
  count: number
  columns: number
  /** Pixels of one picture. */
  width: number
  height: number
}

export interface SpriteCall {
  /** Displayed size of the video, in pixels. */
  width: number
  height: number
  signal?: AbortSignal | undefined
  onProgress?: ((fraction: number) => void) | undefined
}

const MOST_PICTURES = 60
const COLUMNS = 10
const WIDTH = 240

/**
 * Writes the sprite sheet that a hover over a video scrubs through, as one JPEG at `output`.
 * @param durationSeconds of the video; a longer one gets pictures further apart, not more than 60.
 * @throws EngineError as `makePictures` does.
 */
export async function makeSprite(
  tools: FfmpegTools,
  path: string,
  durationSeconds: number,
  output: string,
  call: SpriteCall,
): Promise<Sprite> {
  const count = Math.min(MOST_PICTURES, Math.max(1, Math.round(durationSeconds)))
  const sprite = { count, columns: Math.min(COLUMNS, count), ...pictureSize(call) }
  const temporary = await mkdtemp(join(dirname(output), '.sprite-'))
  try {
    await makePictures(tools, path, spreadOver(durationSeconds, count), {
      folder: temporary,
      nameOf: (index) => `${index + 1}.jpg`,
      longSide: Math.max(sprite.width, sprite.height),
      rough: true,
      signal: call.signal,
      onProgress: call.onProgress,
    })
    const sheet = join(temporary, basename(output))
    await tile(tools, temporary, sheet, sprite, call.signal)
    await rename(sheet, output)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  return sprite
}

/** The middle of each of `count` equal parts, in seconds. */
function spreadOver(durationSeconds: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => ((index + 0.5) * durationSeconds) / count)
}

/** A tall video gets no taller pictures than a square one would. */
function pictureSize({ width, height }: SpriteCall): { width: number; height: number } {
  const scale = Math.min(WIDTH / width, WIDTH / height)
  return { width: even(width * scale), height: even(height * scale) }
}

function even(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2)
}

async function tile(
  tools: FfmpegTools,
  folder: string,
  output: string,
  { count, columns, width, height }: Sprite,
  signal: AbortSignal | undefined,
): Promise<void> {
  const filter = `scale=${width}:${height},tile=${columns}x${Math.ceil(count / columns)}`
  const input = ['-f', 'image2', '-start_number', '1', '-i', seriesUrl(folder, '%d.jpg')]
  const args = [...input, '-vf', filter, '-frames:v', '1', '-q:v', '4', '-update', '1', '-f', 'image2', fileUrl(output)]
  await runFfmpeg(tools, args, { signal, timeLimitMs: 60_000 })
}
