import fs from 'node:fs/promises'
import path from 'node:path'
import { toInstant } from '../../base/clock.ts'
import { EngineError, type StoredFile } from '../../contract/index.ts'
import { isMissing, type DataFolder } from '../../platform/files/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { analysisJob, picturesJob, type SceneStore } from '../scenes/index.ts'
import { previewJob } from './preview-job.ts'
import type { VideoRow } from './media-rows.ts'
import type { Videos } from './videos.ts'

export type Derived = 'poster' | 'sprite' | 'preview'

/** Where the files made from a video lie. */
export class DerivedFolder {
  readonly root: string
  readonly videoId: string

  constructor(folder: DataFolder, videoId: string) {
    this.videoId = videoId
    this.root = folder.derivedOf(videoId)
  }

  /** Makes the folder, and clears away what work that a crash cut off had begun in it. @throws Error of the file system. */
  async prepare(): Promise<void> {
    await fs.mkdir(this.scenes, { recursive: true })
    for (const folder of [this.root, this.scenes]) {
      for (const name of await fs.readdir(folder)) {
        const entry = path.join(folder, name)
        if (name.startsWith('.') && (await isOlderThanUs(entry))) await fs.rm(entry, { recursive: true, force: true })
      }
    }
  }

  get poster(): string {
    return path.join(this.root, 'poster.jpg')
  }

  get sprite(): string {
    return path.join(this.root, 'sprite.jpg')
  }

  get preview(): string {
    return path.join(this.root, 'preview')
  }

  get frames(): string {
    return path.join(this.root, 'frames')
  }

  get scenes(): string {
    return path.join(this.root, 'scenes')
  }

  scene(sceneId: string): string {
    return path.join(this.scenes, `${sceneId}.jpg`)
  }
}

/** Left by an earlier process; what this one began may be under way. */
async function isOlderThanUs(entry: string): Promise<boolean> {
  return (await fs.stat(entry)).mtimeMs < performance.timeOrigin
}

export interface FilesOptions {
  readonly folder: DataFolder
  readonly videos: Videos
  readonly scenes: SceneStore
  readonly jobs: JobQueue
}

/** Finds the files that transports stream. What was made from a video and went missing is made again. */
export class Files {
  readonly #options: FilesOptions

  constructor(options: FilesOptions) {
    this.#options = options
  }

  /** @throws EngineError `not_found`. */
  async video(videoId: string): Promise<StoredFile> {
    const { videos } = this.#options
    const row = videos.row(videoId)
    const file = { contentType: row.content_type, etag: `"${row.sha256}"`, filename: row.filename }
    return await this.#stat(
      videos.sourceOf(row),
      file,
      () => 'The bytes of this video are missing from the library folder.',
    )
  }

  /** @throws EngineError `not_found` while it is not made. */
  async derived(videoId: string, which: Derived): Promise<StoredFile> {
    const row = this.#options.videos.row(videoId)
    const derived = new DerivedFolder(this.#options.folder, videoId)
    const stem = path.parse(row.filename).name
    if (which === 'preview') {
      const contentType = row.preview ?? 'application/octet-stream'
      const filename = `${stem}_preview.${contentType === 'video/webm' ? 'webm' : 'mp4'}`
      return await this.#stat(derived.preview, { contentType, filename }, () => this.#remakePreview(row))
    }
    const filename = `${stem}_${which}.jpg`
    return await this.#stat(derived[which], { contentType: 'image/jpeg', filename }, () => this.#remakePictures(row))
  }

  /** What of a video every browser plays. @throws EngineError `not_found` while there is none. */
  async play(videoId: string): Promise<StoredFile> {
    const isPlayable = this.#options.videos.row(videoId).playable === 1
    return isPlayable ? await this.video(videoId) : await this.derived(videoId, 'preview')
  }

  /** @throws EngineError `not_found`. */
  async sceneThumbnail(sceneId: string): Promise<StoredFile> {
    const scene = this.#options.scenes.get(sceneId)
    const row = this.#options.videos.row(scene.videoId)
    const file = new DerivedFolder(this.#options.folder, scene.videoId).scene(sceneId)
    const known = { contentType: 'image/jpeg', etag: `"${sceneId}"`, filename: `scene_${sceneId}.jpg` }
    return await this.#stat(file, known, () => this.#remakePictures(row))
  }

  async #stat(
    file: string,
    known: { contentType: string; etag?: string; filename: string },
    onMissing: () => string,
  ): Promise<StoredFile> {
    try {
      const { size, mtimeMs } = await fs.stat(file)
      const etag = known.etag ?? `"${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}"`
      return {
        path: file,
        sizeBytes: size,
        contentType: known.contentType,
        etag,
        modifiedAt: toInstant(mtimeMs),
        filename: known.filename,
      }
    } catch (error) {
      if (isMissing(error)) throw new EngineError('not_found', onMissing())
      throw error
    }
  }

  #remakePictures(row: VideoRow): string {
    const { jobs } = this.#options
    // While the analysis runs, its pictures are on their way already.
    const isBusy = jobs.isBusy(row.id, analysisJob, picturesJob)
    if (!isBusy && row.poster > 0) jobs.enqueue(picturesJob, row.id, {}, 'high')
    return 'This picture is not made yet.'
  }

  #remakePreview(row: VideoRow): string {
    const { jobs } = this.#options
    if (jobs.latest(row.id, previewJob)?.status === 'completed') jobs.enqueue(previewJob, row.id, {}, 'high')
    return 'The preview copy is not made yet.'
  }
}
