import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { ContentType } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, type DataFolder } from '../../platform/files/index.ts'
import type { Identity } from '../identity/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import type { MediaReader, Videos } from '../library/index.ts'
import type { ProbedVideo } from '../media/index.ts'
import type { ObjectStore, Sidecars, SidecarVideo } from '../objects/index.ts'
import { analysisJob } from '../scenes/index.ts'

/** A file whose hash is its name, with what its sidecar says of its videos. */
export interface RecoveredFile {
  readonly sha256: string
  readonly sizeBytes: number
  /** In the object store, or in quarantine. */
  readonly path: string
  readonly videos: readonly SidecarVideo[]
  /** When the file was last written, for a video of which nothing else is known; milliseconds since 1970. */
  readonly modifiedAt: number
}

export interface RecoveredVideosOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly objects: ObjectStore
  readonly sidecars: Sidecars
  readonly videos: Videos
  readonly media: MediaReader
  readonly jobs: JobQueue
  readonly identity: Identity
  /** An open upload of that id, as an older database has it, has become this video already. */
  readonly endUpload: (mediaId: string, analysisJobId: string) => void
  /** @throws EngineError `invalid_video`. */
  readonly probe: (file: string, signal?: AbortSignal) => Promise<ProbedVideo>
}

/** Only models of this machine: nothing is sent to a company unasked. */
const ANALYSIS = { analysisType: 'full_vlm', analysisProvider: 'local', analysisModel: null } as const

/** Makes videos of files that no row names. What the rows say is never changed. */
export class RecoveredVideos {
  readonly #options: RecoveredVideosOptions

  constructor(options: RecoveredVideosOptions) {
    this.#options = options
  }

  /** Whether the video is in the library with everything that its sidecar names. */
  isHere(sha256: string, videos: readonly SidecarVideo[]): boolean {
    return this.#options.objects.has(sha256) && this.#missing(videos).length === 0
  }

  /**
   * Under its old id where that is free, with its title, tags and times. Doing it twice changes nothing.
   * @returns how many videos it became. @throws EngineError `invalid_video`, `cancelled`.
   */
  async bring(file: RecoveredFile, signal?: AbortSignal): Promise<number> {
    const { objects, probe, sidecars, folder } = this.#options
    const { sha256, sizeBytes } = file
    const probed = await probe(file.path, signal)
    // Written before the file is moved: after a crash in between its title is known.
    await sidecars.putBack(sha256, sizeBytes, file.videos)
    let added = 0
    const refer = (): void => {
      added = this.#record(file, probed)
    }
    if (file.path === folder.object(sha256)) await objects.adopt(sha256, refer)
    else await objects.admit(file.path, sha256, sizeBytes, refer, { signal })
    crashPoint('rebuild.recorded')
    await sidecars.write(sha256)
    return added
  }

  #record(file: RecoveredFile, probed: ProbedVideo): number {
    const { database, objects } = this.#options
    return database.transaction(() => {
      const wasHere = objects.has(file.sha256)
      objects.record(file.sha256, file.sizeBytes)
      // Of a video without a sidecar one video is made, unless there is one of the same bytes. Where the object is new, an
      // id that is taken belongs to other bytes.
      const named = file.videos.length > 0 ? file.videos : [UNKNOWN]
      const missing = wasHere ? this.#missing(file.videos) : named
      for (const video of missing) this.#add(file, probed, video)
      return missing.length
    })
  }

  #add({ sha256, sizeBytes, modifiedAt }: RecoveredFile, probed: ProbedVideo, video: SidecarVideo): void {
    const { endUpload, identity, jobs, videos } = this.#options
    const { recordedAt } = probed.metadata
    const made = video.createdAt ?? (recordedAt === null ? modifiedAt : Date.parse(recordedAt))
    const contentType = video.contentType ?? contentTypeOf(probed)
    const title = video.title ?? (video.filename && path.parse(video.filename).name) ?? titleOf(made)
    const videoId = video.id !== null && !this.#isTaken(video.id) ? video.id : randomUUID()
    endUpload(videoId, jobs.enqueue(analysisJob, videoId, ANALYSIS).id)
    videos.add({
      ...{ videoId, title, contentType, sizeBytes, sha256, probed },
      ownerId: video.owner === null ? identity.ownerId() : identity.idOf(video.owner),
      filename: video.filename ?? `${title.replace(/[/\\]/g, '_').slice(0, 240)}${ENDINGS[contentType]}`,
      tags: JSON.stringify(video.tags),
      custom: JSON.stringify(video.custom),
      createdAt: video.createdAt ?? Math.trunc(made),
    })
  }

  /** Those that are not in the library. */
  #missing(videos: readonly SidecarVideo[]): SidecarVideo[] {
    return videos.filter(({ id }) => id === null || !this.#isTaken(id))
  }

  #isTaken(id: string): boolean {
    return this.#options.media.get(id, { evenDeleted: true }) !== null
  }
}

const UNKNOWN: SidecarVideo = {
  ...{ id: null, owner: null, title: null, filename: null, contentType: null },
  ...{ tags: [], custom: {}, createdAt: null, deletedAt: null },
}

const ENDINGS: Readonly<Record<ContentType, string>> = {
  'video/mp4': '.mp4',
  'video/quicktime': '.mov',
  'video/x-m4v': '.m4v',
  'video/webm': '.webm',
  'video/x-msvideo': '.avi',
}

const TYPES: Readonly<Record<string, ContentType>> = {
  mov: 'video/quicktime',
  webm: 'video/webm',
  matroska: 'video/webm',
  avi: 'video/x-msvideo',
}

function contentTypeOf({ metadata }: ProbedVideo): ContentType {
  return TYPES[metadata.formatName ?? ''] ?? 'video/mp4'
}

/** "Video of 2026-11-29 14:05", in UTC. */
function titleOf(instant: number): string {
  return `Video of ${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')}`
}
