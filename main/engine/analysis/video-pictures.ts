import fs from 'node:fs/promises'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type DataFolder, explainWriteFailure } from '../../platform/files/index.ts'
import type { Checksums } from '../objects/index.ts'
import { DerivedFolder, type FrameIndexStore, metadataOf, type VideoRow, type Videos } from '../library/index.ts'
import { makePictures, makeScenePictures, pixelsOf, type SceneRange, type SpriteCall } from '../media/index.ts'

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

/** Makes the pictures of a video: its poster, one for each scene, and the sprite. */
export class VideoPictures {
  readonly #options: VideoPicturesOptions

  constructor(options: VideoPicturesOptions) {
    this.#options = options
  }

  /** At a tenth of the duration: after an opening from black. */
  async poster(row: VideoRow, signal: AbortSignal): Promise<void> {
    const derived = this.#derived(row)
    // Made first: the window steps by frames while scenes are still being detected.
    const frames = await this.#options.frames.of(row, signal)
    await this.#write(derived, ['poster.jpg'], async (tools) => {
      await makePictures(tools, this.#source(row), [(row.duration_seconds ?? 0) / 10], {
        folder: derived.root,
        nameOf: () => 'poster.jpg',
        longSide: POSTER_SIDE,
        frames,
        pixels: pixelsOf(metadataOf(row)),
        signal,
      })
    })
    this.#options.videos.notePoster(row.id)
  }

  /** The pictures of scenes (AN-20) and the sprite, in one decoding. */
  async make(
    row: VideoRow,
    { scenes, sprite: needsSprite }: { scenes: readonly ScenePictureRange[]; sprite: boolean },
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<void> {
    const derived = this.#derived(row)
    const frames = await this.#options.frames.of(row, signal)
    const call = needsSprite ? spriteCallOf(row, derived) : undefined
    const names = [...scenes.map(({ sceneId }) => `scenes/${sceneId}.jpg`), ...(call ? ['sprite.jpg'] : [])]
    const sprite = await this.#write(derived, names, (tools) =>
      makeScenePictures(tools, this.#source(row), scenes, {
        folder: derived.scenes,
        nameOf: (index) => `${scenes[index]?.sceneId}.jpg`,
        frames,
        pixels: pixelsOf(metadataOf(row)),
        sprite: call,
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
function spriteCallOf(row: VideoRow, { sprite }: DerivedFolder): SpriteCall | undefined {
  const { width, height } = metadataOf(row)
  const durationSeconds = row.duration_seconds
  if (width === null || height === null || durationSeconds === null) return undefined
  return { output: sprite, durationSeconds, width, height }
}
