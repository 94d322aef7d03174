import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameIndex } from '../../contract/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type Look, lookAt } from './picture-look.ts'
import { makePictures, type Pictures } from './pictures.ts'

/** Half-open, seconds on the player's clock. */
export interface SceneStretch {
  readonly startTime: number
  readonly endTime: number
}

/** Below this range a picture is black, white, or as good as one colour. */
const FLAT_RANGE = 24
/** Below this sharpness a picture may be out of focus or smeared; a sharper one near by tells whether it is. */
const SOFT_SHARPNESS = 1.2
/** How much sharper another frame has to be for the midpoint to count as blurred. */
const CLEARLY_SHARPER = 1.6
/** Where else to look, seconds from the midpoint, the nearest first: "nearest" stays the aim. */
const ELSEWHERE = [-0.4, 0.4, -0.8, 0.8, -1.6, 1.6] as const
/** Part of a scene at either end that may still belong to a fade or a dissolve, and seconds of it at most. */
const EDGE = 0.2
const EDGE_SECONDS = 1

/**
 * Makes one picture a scene: of the frame nearest to its midpoint, or, where that one is flat or blurred, of the nearest
 * of six around it that is not. The same file gives the same pictures.
 * @throws EngineError as `makePictures` does.
 */
export async function makeScenePictures(
  tools: FfmpegTools,
  path: string,
  scenes: readonly SceneStretch[],
  frames: FrameIndex,
  pictures: Pictures,
): Promise<void> {
  const middles = scenes.map((scene) => frameTime(frames, scene, (scene.startTime + scene.endTime) / 2))
  const files = await makePictures(tools, path, middles, pictures)
  const looks = await lookAt(tools, files, pictures.signal)
  for (const [index, scene] of scenes.entries()) {
    const [look, file, middle] = [looks[index], files[index], middles[index]]
    if (!look || !file || middle === undefined || !isSuspect(look)) continue
    const better = await makeBetter(tools, path, candidatesOf(frames, scene, middle), look, pictures)
    if (better) await rename(better, file)
  }
}

/** When the frame nearest to a time within a scene begins. */
function frameTime(frames: FrameIndex, { startTime, endTime }: SceneStretch, time: number): number {
  const first = frames.frameAt(startTime)
  const last = Math.max(first, frames.frameAt(endTime) - 1)
  return frames.timeOf(Math.min(last, Math.max(first, frames.nearestTo(time))))
}

function candidatesOf(frames: FrameIndex, scene: SceneStretch, middle: number): number[] {
  const edge = Math.min(EDGE_SECONDS, (scene.endTime - scene.startTime) * EDGE)
  const times = ELSEWHERE.map((step) => middle + step)
    .filter((time) => time >= scene.startTime + edge && time <= scene.endTime - edge)
    .map((time) => frameTime(frames, scene, time))
  return [...new Set(times)].filter((time) => time !== middle)
}

function isFlat({ range }: Look): boolean {
  return range < FLAT_RANGE
}

function isSuspect(look: Look): boolean {
  return isFlat(look) || look.sharpness < SOFT_SHARPNESS
}

/** Whether `other` shows more than the midpoint does. */
function isBetter(other: Look, middle: Look): boolean {
  return !isFlat(other) && (isFlat(middle) || other.sharpness > middle.sharpness * CLEARLY_SHARPER)
}

/** A file beside the others with the first of `times` that shows more, or null when none does. */
async function makeBetter(
  tools: FfmpegTools,
  path: string,
  times: readonly number[],
  middle: Look,
  { folder, signal, longSide }: Pictures,
): Promise<string | null> {
  if (times.length === 0) return null
  const temporary = await mkdtemp(join(folder, '.better-'))
  try {
    const nameOf = (index: number): string => `${index}.jpg`
    const files = await makePictures(tools, path, times, {
      folder: temporary,
      nameOf,
      signal,
      ...(longSide !== undefined && { longSide }),
    })
    const looks = await lookAt(tools, files, signal)
    const chosen = files[looks.findIndex((look) => isBetter(look, middle))]
    if (chosen === undefined) return null
    const kept = `${temporary}.jpg`
    await copyFile(chosen, kept)
    return kept
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
