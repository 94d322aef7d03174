import fs from 'node:fs/promises'
import { KeyedMutex } from '../../base/mutex.ts'
import type { FrameIndex } from '../../contract/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type DataFolder, explainWriteFailure, sizeOf } from '../../platform/files/index.ts'
import type { Checksums } from '../objects/index.ts'
import { DerivedFolder, type FrameIndexStore, metadataOf, type VideoRow, type Videos } from '../library/index.ts'
import {
  type DecodedPictures,
  makePoster,
  makeScenePictures,
  pictureFilter,
  type PictureOutput,
  picturesWhileSearching,
  pixelsOf,
  readColours,
  type SceneRange,
} from '../media/index.ts'
import type { Detected } from '../scenes/index.ts'

/** Pixels of the longer side. */
const POSTER_SIDE = 960

export interface ScenePictureRange extends SceneRange {
  readonly sceneId: string
}

export interface VideoPicturesOptions {
  readonly videos: Videos
  readonly frames: FrameIndexStore
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly tools: () => Promise<FfmpegTools>
}

export interface MissingPictures {
  readonly scenes: readonly ScenePictureRange[]
  readonly sprite: boolean
  /** The candidates that the scenes were cut from; null when they are not known any more. */
  readonly detected: Detected | null
  /** Pictures that were made while the video was searched. */
  readonly decoded?: DecodedPictures | undefined
}

/** Makes the pictures of a video: its poster, one for each scene, and the sprite. */
export class VideoPictures {
  readonly #options: VideoPicturesOptions
  /** The job that only makes the poster, and the analysis, may come at the same time. */
  readonly #posters = new KeyedMutex()

  constructor(options: VideoPicturesOptions) {
    this.#options = options
  }

  /**
   * Makes the poster where there is none; the frame index first, which the window steps by.
   * @param which `anew`: also where there is one.
   */
  async poster(row: VideoRow, signal: AbortSignal, which: 'missing' | 'anew' = 'missing'): Promise<void> {
    const derived = this.#derived(row)
    const { videos, frames } = this.#options
    await this.#posters.run(row.id, async () => {
      const isThere = videos.row(row.id).poster > 0 && (await sizeOf(derived.poster)) !== null
      if (isThere && which === 'missing') return
      const index = await frames.of(row, signal)
      const pictures = { pixels: pixelsOf(metadataOf(row)), frames: index, signal, longSide: POSTER_SIDE }
      await this.#write(derived, ['poster.jpg'], (tools) =>
        makePoster(tools, this.#source(row), row.duration_seconds ?? 0, derived.poster, pictures),
      )
      videos.notePoster(row.id)
    })
  }

  /** What to make of frames that the search decodes; see `picturesWhileSearching`. */
  async whileSearching(
    row: VideoRow,
    frames: FrameIndex,
    folder: string,
    signal: AbortSignal,
  ): Promise<PictureOutput | undefined> {
    const size = displayOf(row)
    if (!size) return undefined
    const colours = await readColours(await this.#options.tools(), this.#source(row), signal)
    return picturesWhileSearching(size, frames, { folder, filter: pictureFilter(colours) }) ?? undefined
  }

  /** The pictures of scenes (AN-20) and the sprite. */
  async make(
    row: VideoRow,
    { scenes, sprite: needsSprite, detected, decoded }: MissingPictures,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<void> {
    const derived = this.#derived(row)
    const frames = await this.#options.frames.of(row, signal)
    const size = displayOf(row)
    const changes = detected?.candidates.map(({ time }) => time)
    const call = needsSprite && size ? { ...size, output: derived.sprite, changes } : undefined
    const names = [...scenes.map(({ sceneId }) => `scenes/${sceneId}.jpg`), ...(call ? ['sprite.jpg'] : [])]
    const sprite = await this.#write(derived, names, (tools) =>
      makeScenePictures(tools, this.#source(row), scenes, {
        folder: derived.scenes,
        nameOf: (index) => `${scenes[index]?.sceneId}.jpg`,
        frames,
        pixels: pixelsOf(metadataOf(row)),
        sprite: call,
        decoded,
        signal,
        onProgress,
      }),
    )
    if (sprite === null) return
    this.#options.videos.noteSprite(row.id, JSON.stringify(sprite))
  }

  /** Deletes the pictures of all other scenes. */
  async removeOthers(row: VideoRow, scenes: readonly ScenePictureRange[]): Promise<void> {
    const derived = this.#derived(row)
    const kept = new Set(scenes.map(({ sceneId }) => `${sceneId}.jpg`))
    for (const name of await fs.readdir(derived.scenes)) {
      if (kept.has(name)) continue
      await fs.rm(`${derived.scenes}/${name}`, { recursive: true, force: true })
      this.#options.checksums.forget(row.id, [`scenes/${name}`])
    }
  }

  #derived(row: VideoRow): DerivedFolder {
    return new DerivedFolder(this.#options.folder, row.id)
  }

  #source(row: VideoRow): string {
    return this.#options.videos.sourceOf(row)
  }

  /** @param names what `work` makes, below the folder of the video. */
  async #write<T>(
    derived: DerivedFolder,
    names: readonly string[],
    work: (tools: FfmpegTools) => Promise<T>,
  ): Promise<T> {
    const tools = await this.#options.tools()
    try {
      await derived.prepare()
      this.#options.checksums.forget(derived.videoId, names)
      const made = await work(tools)
      await this.#options.checksums.record(derived.videoId, names)
      return made
    } catch (error) {
      throw explainWriteFailure(error, derived.root)
    }
  }
}

/** Undefined for a video of unknown size or duration. */
function displayOf(row: VideoRow) {
  const { width, height } = metadataOf(row)
  const durationSeconds = row.duration_seconds
  return width === null || height === null || durationSeconds === null ? undefined : { durationSeconds, width, height }
}
