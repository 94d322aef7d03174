import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { isFlat, type PictureQuality, measurePictures } from './picture-quality.ts'
import { makePictures, type Pictures } from './pictures.ts'
import { middleOf, othersOf, type SceneRange, type WantedPicture } from './scene-frames.ts'
import { type Sprite, type SpriteCall, spriteCells, spriteOf, tileSprite } from './sprite.ts'

/** Pictures of some frames that were made while the video was searched. */
export interface DecodedPictures {
  /** Ascending. */
  readonly frames: readonly number[]
  readonly fileOf: (frame: number) => string
}

export interface ScenePictures extends Omit<Pictures, 'frames'> {
  readonly frames: FrameIndex
  /** Used where one is near enough: then nothing is decoded for it. */
  readonly decoded?: DecodedPictures | undefined
  readonly sprite?: SpriteCall | undefined
}

/** Below this sharpness a picture may be blurred; it is, if a frame near it is much sharper. */
const SOFT_SHARPNESS = 1.2
/** How much sharper another frame has to be for the midpoint to count as blurred. */
const CLEARLY_SHARPER = 1.6
/** Scenes that are tried again at a time: a few hundred pictures, some megabytes on the disk. */
const RETRY_BATCH = 48
/** Share of the progress for the first pictures. */
const FIRST_SHARE = 0.8

/**
 * Makes one picture for each scene (AN-20): of a frame at its midpoint, or, where that one is flat or blurred, of
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
  const { folder, nameOf, onProgress } = pictures
  await mkdir(folder, { recursive: true })
  const temporary = await mkdtemp(join(folder, '.making-'))
  try {
    const maker = new ScenePictureMaker(tools, path, temporary, pictures)
    const sprite = await maker.make(scenes)
    for (const [index, file] of maker.files.entries()) {
      const copy = join(temporary, 'copy.jpg')
      await copyFile(file, copy)
      await rename(copy, join(folder, nameOf(index)))
    }
    onProgress?.(1)
    return sprite
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

class ScenePictureMaker {
  /** The picture of each scene. */
  files: string[] = []
  #made = 0

  constructor(
    private readonly tools: FfmpegTools,
    private readonly path: string,
    private readonly temporary: string,
    private readonly pictures: ScenePictures,
  ) {}

  async make(scenes: readonly SceneRange[]): Promise<Sprite | null> {
    const { frames, sprite: call, signal } = this.pictures
    const middles = scenes.map((scene) => middleOf(frames, scene))
    const sprite = call ? spriteOf(call) : null
    const cells = call && sprite ? spriteCells(call, sprite.count, frames) : []
    const all = await this.#provide([...middles, ...cells], (fraction) => this.#report(fraction * FIRST_SHARE))
    if (call && sprite)
      await tileSprite(this.tools, all.slice(scenes.length), sprite, call.output, this.temporary, signal)
    this.files = all.slice(0, scenes.length)
    await this.#improve(scenes, middles)
    return sprite
  }

  #report(fraction: number): void {
    this.pictures.onProgress?.(fraction)
  }

  /** The file of each picture: what is decoded already where it is near enough, else the frame itself. */
  async #provide(wanted: readonly WantedPicture[], onProgress: (fraction: number) => void): Promise<string[]> {
    const { frames, decoded, sprite: _sprite, ...pictures } = this.pictures
    const files = wanted.map((one) => (decoded ? nearestOf(decoded, frames, one) : null))
    const missing = [...files.keys()].filter((at) => files[at] === null)
    if (missing.length === 0) return files.flatMap((file) => file ?? [])
    const nameOf = (index: number): string => `${this.#made + index}.jpg`
    const made = await makePictures(
      this.tools,
      this.path,
      missing.map((at) => wanted[at]?.time ?? 0),
      { ...pictures, folder: this.temporary, nameOf, frames, onProgress },
    )
    this.#made += missing.length
    for (const [index, at] of missing.entries()) files[at] = made[index] ?? null
    return files.flatMap((file) => file ?? [])
  }

  /** Replaces each picture that may show too little by the first of its alternatives that shows more. */
  async #improve(scenes: readonly SceneRange[], middles: readonly WantedPicture[]): Promise<void> {
    const { frames, signal } = this.pictures
    const qualities = await measurePictures(this.tools, this.files, signal)
    const suspects = scenes.flatMap((scene, index) => {
      const [quality, middle] = [qualities[index], middles[index]]
      if (!quality || !middle || !isSuspect(quality)) return []
      return [{ index, quality, others: this.#worthMaking(othersOf(frames, scene, middle), quality) }]
    })
    for (let at = 0; at < suspects.length; at += RETRY_BATCH) {
      const group = suspects.slice(at, at + RETRY_BATCH)
      await this.#improveSome(group, (fraction) =>
        this.#report(FIRST_SHARE + ((1 - FIRST_SHARE) * (at + fraction * group.length)) / suspects.length),
      )
    }
  }

  /** Of a picture that is only soft, others are not decoded: those that the search made have to do. */
  #worthMaking(others: readonly WantedPicture[], quality: PictureQuality): readonly WantedPicture[] {
    const { decoded, frames } = this.pictures
    if (!decoded) return others
    const made = others.filter((one) => nearestOf(decoded, frames, one) !== null)
    return made.length > 0 || !isFlat(quality) ? made : others
  }

  async #improveSome(suspects: readonly Suspect[], onProgress: (fraction: number) => void): Promise<void> {
    const wanted = suspects.flatMap(({ others }) => others)
    if (wanted.length === 0) return
    const files = await this.#provide(wanted, onProgress)
    const qualities = await measurePictures(this.tools, files, this.pictures.signal)
    let at = 0
    for (const { index, quality, others } of suspects) {
      const chosen = qualities.slice(at, at + others.length).findIndex((other) => isBetter(other, quality))
      const better = chosen < 0 ? undefined : files[at + chosen]
      if (better !== undefined) this.files[index] = better
      at += others.length
    }
  }
}

/** A scene's picture that may show too little, and what to try instead, the nearest first. */
interface Suspect {
  readonly index: number
  readonly quality: PictureQuality
  readonly others: readonly WantedPicture[]
}

/** The nearest of the decoded pictures that will do, or null. */
function nearestOf(
  { frames: numbers, fileOf }: DecodedPictures,
  frames: FrameIndex,
  { time, from, to, within }: WantedPicture,
): string | null {
  const fits = numbers.filter((frame) => {
    const at = frames.timeOf(frame)
    return at >= from && at < to && Math.abs(at - time) <= within
  })
  const distance = (frame: number): number => Math.abs(frames.timeOf(frame) - time)
  const [first, ...others] = fits
  if (first === undefined) return null
  return fileOf(others.reduce((best, other) => (distance(other) < distance(best) ? other : best), first))
}

function isSuspect(quality: PictureQuality): boolean {
  return isFlat(quality) || quality.sharpness < SOFT_SHARPNESS
}

/** Whether `other` shows more than the midpoint. */
function isBetter(other: PictureQuality, middle: PictureQuality): boolean {
  return !isFlat(other) && (isFlat(middle) || other.sharpness > middle.sharpness * CLEARLY_SHARPER)
}
