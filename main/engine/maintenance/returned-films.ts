import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { type ContentType, EngineError } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, type DataFolder } from '../../platform/files/index.ts'
import type { Identity } from '../identity/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import type { Videos } from '../library/index.ts'
import type { ProbedVideo } from '../media/index.ts'
import type { ObjectStore, Sidecars, SidecarVideo } from '../objects/index.ts'
import { analysisJob } from '../scenes/index.ts'

/** Bytes that were read whole and are what their name says, with what is known of the videos they were. */
export interface Film {
  readonly sha256: string
  readonly sizeBytes: number
  /** In its place in the object store, or in quarantine. */
  readonly path: string
  readonly videos: readonly SidecarVideo[]
  /** When the file was last written, for a film of which nothing else is known; milliseconds since 1970. */
  readonly modifiedAt: number
}

export interface ReturnedFilmsOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly objects: ObjectStore
  readonly sidecars: Sidecars
  readonly videos: Videos
  readonly jobs: JobQueue
  readonly identity: Identity
  /** An open upload of that id, as an older database has it, has become this video already. */
  readonly endUpload: (mediaId: string, analysisJobId: string) => void
  /** @throws EngineError `invalid_video`. */
  readonly probe: (file: string, signal?: AbortSignal) => Promise<ProbedVideo>
}

/** Nobody asked for a company's model. */
const ANALYSIS = { analysisType: 'full_vlm', analysisProvider: 'local', analysisModel: null } as const

/** Makes videos again of films that no row names. What the rows say now is never changed. */
export class ReturnedFilms {
  readonly #options: ReturnedFilmsOptions

  constructor(options: ReturnedFilmsOptions) {
    this.#options = options
  }

  /** Whether the film is in the library with everything that its sidecar names. */
  isHere(sha256: string, videos: readonly SidecarVideo[]): boolean {
    return this.#options.objects.has(sha256) && this.#missing(videos).length === 0
  }

  /**
   * Under its old id where that is free, with its title, tags and times. Doing it twice changes nothing.
   * @returns how many videos it became. @throws EngineError `invalid_video`, `cancelled`.
   */
  async bring(film: Film, signal?: AbortSignal): Promise<number> {
    const { objects, probe, sidecars, folder } = this.#options
    const { sha256, sizeBytes } = film
    const probed = await probe(film.path, signal)
    // Beside its place before it gets there: a crash in between leaves a film whose title is known.
    await sidecars.putBack(sha256, sizeBytes, film.videos)
    let added = 0
    const refer = (): void => {
      added = this.#record(film, probed)
    }
    if (film.path === folder.object(sha256)) await objects.adopt(sha256, refer)
    else await objects.admit(film.path, sha256, sizeBytes, refer, { signal })
    crashPoint('rebuild.recorded')
    await sidecars.write(sha256)
    return added
  }

  #record(film: Film, probed: ProbedVideo): number {
    const { database, objects } = this.#options
    return database.transaction(() => {
      const wasHere = objects.has(film.sha256)
      objects.record(film.sha256, film.sizeBytes)
      // Of a film without a sidecar one video is made, unless there is one of the same bytes. Where the object is new, an
      // id that is taken belongs to other bytes.
      const named = film.videos.length > 0 ? film.videos : [UNKNOWN]
      const missing = wasHere ? this.#missing(film.videos) : named
      for (const video of missing) this.#add(film, probed, video)
      return missing.length
    })
  }

  #add({ sha256, sizeBytes, modifiedAt }: Film, probed: ProbedVideo, video: SidecarVideo): void {
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
    try {
      this.#options.videos.row(id, { evenDeleted: true })
      return true
    } catch (error) {
      if (error instanceof EngineError && error.code === 'not_found') return false
      throw error
    }
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

/** "Film of 2026-11-29 14:05", in UTC. */
function titleOf(instant: number): string {
  return `Film of ${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')}`
}
