import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type Look, lookAt } from './picture-look.ts'
import { makePictures, type Pictures } from './pictures.ts'
import { type Sprite, type SpriteCall, type SpriteCell, spriteCells, spriteOf, tileSprite } from './sprite.ts'

/** Half-open, seconds on the player's clock. */
export interface SceneStretch {
  readonly startTime: number
  readonly endTime: number
  /** The part of it that no transition reaches into; all of it when not said. */
  readonly quietFrom?: number | undefined
  readonly quietTo?: number | undefined
}

/** What all of a video's pictures are made by. */
export interface ScenePictures extends Omit<Pictures, 'frames'> {
  readonly frames: FrameIndex
  /** The sheet to scrub through, made of the same decode. */
  readonly sprite?: SpriteCall | undefined
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
/** Scenes looked at for a second time in one go: a few hundred pictures, some megabytes on disk. */
const SECOND_LOOKS = 48
/** Share of the work that the first pictures are. */
const FIRST_LOOK = 0.8

/**
 * Makes one picture a scene: of the frame nearest to its midpoint, or, where that one is flat or blurred, of the nearest
 * of six around it that is not; and the sprite, when asked for. The same file gives the same pictures.
 * @returns how the sprite is laid out, or null without one.
 * @throws EngineError as `makePictures` does.
 */
export async function makeScenePictures(
  tools: FfmpegTools,
  path: string,
  scenes: readonly SceneStretch[],
  pictures: ScenePictures,
): Promise<Sprite | null> {
  const { frames, sprite: call, signal, onProgress } = pictures
  const middles = scenes.map((scene) => middleOf(frames, scene))
  const sprite = call ? spriteOf(call) : null
  const cells = call && sprite ? spriteCells(call, sprite.count, frames, middles) : []
  const first = (fraction: number): void => onProgress?.(fraction * FIRST_LOOK)
  const files = await makeFirst(tools, path, middles, cells, { ...pictures, onProgress: first }, async (cellFiles) => {
    if (call && sprite) await tileSprite(tools, cellFiles, sprite, call.output, signal)
  })
  const looks = await lookAt(tools, files, signal)
  const suspects = scenes.flatMap((scene, index) => {
    const [look, file, middle] = [looks[index], files[index], middles[index]]
    if (!look || !file || middle === undefined || !isSuspect(look)) return []
    return [{ file, look, times: candidatesOf(frames, scene, middle) }]
  })
  for (let at = 0; at < suspects.length; at += SECOND_LOOKS) {
    const group = suspects.slice(at, at + SECOND_LOOKS)
    const second = (fraction: number): void =>
      onProgress?.(FIRST_LOOK + ((1 - FIRST_LOOK) * (at + fraction * group.length)) / suspects.length)
    await makeBetter(tools, path, group, { ...pictures, onProgress: second })
  }
  onProgress?.(1)
  return sprite
}

/** The pictures of the scenes, and, while they last, those that are for the sprite only. */
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

/** When the frame begins that shows a scene (AN-20): away from motion where the midpoint is in it. */
function middleOf(frames: FrameIndex, scene: SceneStretch): number {
  const middle = (scene.startTime + scene.endTime) / 2
  const { startTime, endTime } = quietOf(scene)
  const isQuiet = middle >= startTime && middle < endTime
  return frameTime(frames, quietOf(scene), isQuiet ? middle : (startTime + endTime) / 2)
}

/** The part free of transitions; all of a scene that is nothing but transitions. */
function quietOf({ startTime, endTime, quietFrom, quietTo }: SceneStretch): SceneStretch {
  const [from, to] = [Math.max(startTime, quietFrom ?? startTime), Math.min(endTime, quietTo ?? endTime)]
  return from < to ? { startTime: from, endTime: to } : { startTime, endTime }
}

/** When the frame nearest to a time within a scene begins. */
function frameTime(frames: FrameIndex, { startTime, endTime }: SceneStretch, time: number): number {
  const first = frames.frameAt(startTime)
  const last = Math.max(first, frames.frameAt(endTime) - 1)
  return frames.timeOf(Math.min(last, Math.max(first, frames.nearestTo(time))))
}

function candidatesOf(frames: FrameIndex, scene: SceneStretch, middle: number): number[] {
  const edge = Math.min(EDGE_SECONDS, (scene.endTime - scene.startTime) * EDGE)
  const quiet = quietOf(scene)
  const [from, to] = [Math.max(scene.startTime + edge, quiet.startTime), Math.min(scene.endTime - edge, quiet.endTime)]
  const times = ELSEWHERE.map((step) => middle + step)
    .filter((time) => time >= from && time <= to)
    .map((time) => frameTime(frames, quiet, time))
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

/** A picture that may show too little, and where else to look, the nearest first. */
interface Suspect {
  readonly file: string
  readonly look: Look
  readonly times: readonly number[]
}

/** Puts in the place of each picture the first of its others that shows more, if one does. */
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
      folder: temporary,
      nameOf,
      signal,
      frames,
      pixels,
      onProgress,
      ...size,
    })
    const looks = await lookAt(tools, files, signal)
    let at = 0
    for (const { file, look, times: own } of suspects) {
      const chosen = looks.slice(at, at + own.length).findIndex((other) => isBetter(other, look))
      const better = chosen < 0 ? undefined : files[at + chosen]
      if (better !== undefined) await rename(better, file)
      at += own.length
    }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
