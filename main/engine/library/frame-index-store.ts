import fs from 'node:fs'
import { EngineError, FrameIndex } from '../../contract/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { crashPoint, type DataFolder, explainWriteFailure, isMissing } from '../../platform/files/index.ts'
import type { Checksums } from '../objects/index.ts'
import { type FrameIndexCall, pixelsOf, readFrameIndex } from '../media/index.ts'
import { DerivedFolder } from './files.ts'
import { metadataOf, type VideoRow } from './media-rows.ts'

export interface FrameIndexStoreOptions {
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly tools: () => Promise<FfmpegTools>
  readonly sourceOf: (row: VideoRow) => string
  /** Takes over what the index says of a video, where its container said something else. */
  readonly noteTimes: (row: VideoRow, index: FrameIndex) => void
}

/** The frame index of each video: made once, kept beside its pictures, and made again when it went missing. */
export class FrameIndexStore {
  readonly #options: FrameIndexStoreOptions
  #made = 0

  constructor(options: FrameIndexStoreOptions) {
    this.#options = options
  }

  /** The index of a video of the library, whose row says the same from now on. @throws EngineError as `provide`. */
  async of(row: VideoRow, signal?: AbortSignal): Promise<FrameIndex> {
    const call = { startSeconds: row.start_seconds, pixels: pixelsOf(metadataOf(row)), signal }
    const index = await this.provide(row.id, this.#options.sourceOf(row), call)
    this.#options.noteTimes(row, index)
    return index
  }

  /**
   * The index in the derived folder of `id`, made now when there is none.
   * @throws EngineError `media_failed`, `storage_full`, `cancelled`.
   */
  async provide(id: string, file: string, call: FrameIndexCall): Promise<FrameIndex> {
    const known = this.stored(id)
    if (known) return known
    const index = await readFrameIndex(await this.#options.tools(), file, call)
    this.#store(id, index)
    return index
  }

  /** The index as it was kept, or null; a few bytes to read for a steady video, and at most a megabyte. */
  stored(videoId: string): FrameIndex | null {
    try {
      const bytes = fs.readFileSync(new DerivedFolder(this.#options.folder, videoId).frames)
      // One other bit may still be an index, of other times.
      return this.#options.checksums.matches(videoId, 'frames', bytes) === false ? null : FrameIndex.unpack(bytes)
    } catch (error) {
      // A damaged one is as good as none: it is made again.
      if (isMissing(error) || error instanceof RangeError) return null
      throw new EngineError('internal', 'The frame index of this video cannot be read.', null, { cause: error })
    }
  }

  #store(videoId: string, index: FrameIndex): void {
    const { frames, root } = new DerivedFolder(this.#options.folder, videoId)
    const temporary = `${root}/.frames-${process.pid}-${(this.#made += 1)}`
    try {
      fs.mkdirSync(root, { recursive: true })
      const bytes = index.pack()
      fs.writeFileSync(temporary, bytes)
      crashPoint('index.written')
      this.#options.checksums.forget(videoId, ['frames'])
      fs.renameSync(temporary, frames)
      crashPoint('index.renamed')
      this.#options.checksums.recordBytes(videoId, 'frames', bytes)
    } catch (error) {
      fs.rmSync(temporary, { force: true })
      throw explainWriteFailure(error, root)
    }
  }
}
