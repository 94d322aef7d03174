import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type PictureQuality, measurePictures } from './picture-quality.ts'
import { makePictures, type Pictures } from './pictures.ts'
import { type Sprite, type SpriteCall, type SpriteCell, spriteCells, spriteOf, tileSprite } from './sprite.ts'

/** Half-open, seconds on the player's clock. */
export interface SceneRange {
  readonly startTime: number
  readonly endTime: number
  /** The part without transitions; all of it when left out. */
  readonly stableFrom?: number | undefined
  readonly stableTo?: number | undefined
}

export interface ScenePictures extends Omit<Pictures, 'frames'> {
  readonly frames: FrameIndex
  /** The sprite, made in the same decoding. */
  readonly sprite?: SpriteCall | undefined
}

/** Below this range a picture is black, white, or nearly one colour. */
const FLAT_RANGE = 24
/** Below this sharpness a picture may be blurred; it is, if a frame near it is much sharper. */
const SOFT_SHARPNESS = 1.2
/** How much sharper another frame has to be for the midpoint to count as blurred. */
const CLEARLY_SHARPER = 1.6
/** Other frames to try, seconds from the midpoint, the nearest first. */
const OFFSETS = [-0.4, 0.4, -0.8, 0.8, -1.6, 1.6] as const
/** Share of a scene at both ends that may be part of a transition, and seconds of it at most. */
const EDGE = 0.2
const EDGE_SECONDS = 1
/** Scenes that are tried again at a time: a few hundred pictures, some megabytes on the disk. */
const RETRY_BATCH = 48
/** Share of the progress for the first pictures. */
const FIRST_SHARE = 0.8

/**
 * Makes one picture for each scene (AN-20): of the frame nearest to its midpoint, or, where that one is flat or blurred, of
 * the nearest of six around it that is not. Also makes the sprite, when requested. Deterministic.
 * @returns how the sprite is laid out, or null without one.
 * @throws EngineError as `makePictures` does.
 */
export async function makeScenePictures(
  tools: FfmpegTools,
  path: string,
  scenes: readonly SceneRange[],
  pictures: ScenePictures,
): Promise<Sprite | null> {
  const { frames, sprite: call, signal, onProgress } = pictures
  const middles = scenes.map((scene) => middleOf(frames, scene))
  const sprite = call ? spriteOf(call) : null
  const cells = call && sprite ? spriteCells(call, sprite.count, frames, middles) : []
  const first = (fraction: number): void => onProgress?.(fraction * FIRST_SHARE)
  const files = await makeFirst(tools, path, middles, cells, { ...pictures, onProgress: first }, async (cellFiles) => {
    if (call && sprite) await tileSprite(tools, cellFiles, sprite, call.output, signal)
  })
  const qualities = await measurePictures(tools, files, signal)
  const suspects = scenes.flatMap((scene, index) => {
    const [quality, file, middle] = [qualities[index], files[index], middles[index]]
    if (!quality || !file || middle === undefined || !isSuspect(quality)) return []
    return [{ file, quality, times: candidatesOf(frames, scene, middle) }]
  })
  for (let at = 0; at < suspects.length; at += RETRY_BATCH) {
    const group = suspects.slice(at, at + RETRY_BATCH)
    const second = (fraction: number): void =>
      onProgress?.(FIRST_SHARE + ((1 - FIRST_SHARE) * (at + fraction * group.length)) / suspects.length)
    await makeBetter(tools, path, group, { ...pictures, onProgress: second })
  }
  onProgress?.(1)
  return sprite
}

/** The pictures of the scenes, and temporary ones for the sprite only. */
async function makeFirst(
  tools: FfmpegTools,
  path: string,
  middles: readonly number[],
  cells: readonly SpriteCell[],
  pictures: Pictures,
  useCells: (files: readonly string[]) => Promise<void>,
): Promise<string[]> {
  const { folder, nameOf } = pictures
  const own = cells.flatMap((cell) => ('time' in cell ? [cell.time] : []))
  if (own.length === 0 && cells.length === 0) return await makePictures(tools, path, middles, pictures)
  await mkdir(folder, { recursive: true })
  const temporary = await mkdtemp(join(folder, '.sprite-'))
  try {
    const made = await makePictures(tools, path, [...middles, ...own], {
      ...pictures,
      nameOf: (index) => (index < middles.length ? nameOf(index) : join(basename(temporary), `${index}.jpg`)),
    })
    let next = middles.length
    await useCells(cells.map((cell) => made['time' in cell ? next++ : cell.scene] ?? ''))
    return made.slice(0, middles.length)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Time of the frame nearest to a scene's midpoint, or to that of its stable part when the midpoint is in a transition. */
function middleOf(frames: FrameIndex, scene: SceneRange): number {
  const middle = (scene.startTime + scene.endTime) / 2
  const { startTime, endTime } = stableOf(scene)
  const isStable = middle >= startTime && middle < endTime
  return frameTime(frames, stableOf(scene), isStable ? middle : (startTime + endTime) / 2)
}

/** The part without transitions; all of a scene that has no other part. */
function stableOf({ startTime, endTime, stableFrom, stableTo }: SceneRange): SceneRange {
  const [from, to] = [Math.max(startTime, stableFrom ?? startTime), Math.min(endTime, stableTo ?? endTime)]
  return from < to ? { startTime: from, endTime: to } : { startTime, endTime }
}

/** When the frame nearest to a time within a scene begins. */
function frameTime(frames: FrameIndex, { startTime, endTime }: SceneRange, time: number): number {
  const first = frames.frameAt(startTime)
  const last = Math.max(first, frames.frameAt(endTime) - 1)
  return frames.timeOf(Math.min(last, Math.max(first, frames.nearestTo(time))))
}

function candidatesOf(frames: FrameIndex, scene: SceneRange, middle: number): number[] {
  const edge = Math.min(EDGE_SECONDS, (scene.endTime - scene.startTime) * EDGE)
  const stable = stableOf(scene)
  const [from, to] = [
    Math.max(scene.startTime + edge, stable.startTime),
    Math.min(scene.endTime - edge, stable.endTime),
  ]
  const times = OFFSETS.map((step) => middle + step)
    .filter((time) => time >= from && time <= to)
    .map((time) => frameTime(frames, stable, time))
  return [...new Set(times)].filter((time) => time !== middle)
}

function isFlat({ range }: PictureQuality): boolean {
  return range < FLAT_RANGE
}

function isSuspect(quality: PictureQuality): boolean {
  return isFlat(quality) || quality.sharpness < SOFT_SHARPNESS
}

/** Whether `other` shows more than the midpoint. */
function isBetter(other: PictureQuality, middle: PictureQuality): boolean {
  return !isFlat(other) && (isFlat(middle) || other.sharpness > middle.sharpness * CLEARLY_SHARPER)
}

/** A picture that may show too little, and the times to try instead, the nearest first. */
interface Suspect {
  readonly file: string
  readonly quality: PictureQuality
  readonly times: readonly number[]
}

/** Replaces each picture by the first of its alternatives that shows more, if there is one. */
async function makeBetter(
  tools: FfmpegTools,
  path: string,
  suspects: readonly Suspect[],
  { folder, signal, longSide, frames, pixels, onProgress }: ScenePictures,
): Promise<void> {
  const times = suspects.flatMap((suspect) => suspect.times)
  if (times.length === 0) return
  const temporary = await mkdtemp(join(folder, '.better-'))
  try {
    const nameOf = (index: number): string => `${index}.jpg`
    const size = longSide === undefined ? {} : { longSide }
    const files = await makePictures(tools, path, times, {
      ...{ folder: temporary, nameOf, signal, frames, pixels, onProgress },
      ...size,
    })
    const qualities = await measurePictures(tools, files, signal)
    let at = 0
    for (const { file, quality, times: own } of suspects) {
      const chosen = qualities.slice(at, at + own.length).findIndex((other) => isBetter(other, quality))
      const better = chosen < 0 ? undefined : files[at + chosen]
      if (better !== undefined) await rename(better, file)
      at += own.length
    }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
