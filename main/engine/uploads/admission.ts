import type { VideoMetadata } from '../../contract/index.ts'
import { mediaPath } from '../../contract/media-urls.ts'
import type { JobQueue } from '../jobs/index.ts'
import { type MediaUrls, metadataOf, type Videos } from '../library/index.ts'
import { analysisJob } from '../scenes/index.ts'
import type { Completed, FinishedUpload } from './completion.ts'

export interface AdmissionOptions {
  readonly videos: Videos
  readonly jobs: JobQueue
  readonly mediaUrls: MediaUrls
}

/** The part of the answer to `complete` that describes the video and its analysis. */
export interface CompletedVideo {
  readonly metadata: VideoMetadata
  readonly videoUrl: string
  readonly thumbnailUrl: string | null
  readonly processingStatus: 'pending' | 'queued' | 'processing' | 'completed' | 'failed'
  readonly createdAt: number
}

/** Makes a video of a finished upload, and describes it to the uploader. */
export class Admission {
  readonly #options: AdmissionOptions

  constructor(options: AdmissionOptions) {
    this.#options = options
  }

  /** Makes a video of a finished upload, in the transaction that ends the upload. */
  admit({ upload, sha256, probed, options }: FinishedUpload): { analysisJobId: string | null } {
    const { jobs, videos } = this.#options
    const { analysisType, analysisProvider, analysisModel = null } = options
    // Before the preview copy that adding may queue: everything else waits for the scenes.
    const analysisJobId = options.autoAnalyze
      ? jobs.enqueue(analysisJob, upload.media_id, { analysisType, analysisProvider, analysisModel }, upload.priority)
          .id
      : null
    videos.add({
      videoId: upload.media_id,
      ownerId: upload.owner_id,
      title: options.title?.trim() || (upload.title ?? titleOf(upload.filename)),
      filename: upload.filename,
      contentType: upload.content_type,
      sizeBytes: upload.size_bytes,
      sha256,
      tags: options.tags ? JSON.stringify(options.tags) : upload.tags,
      custom: options.custom ? JSON.stringify(options.custom) : upload.custom,
      probed,
      ...(options.addedAt !== undefined && { createdAt: options.addedAt }),
    })
    return { analysisJobId }
  }

  /** Completing again returns the same, even after the video was deleted. */
  describe({ upload, analysisJobId }: Completed): CompletedVideo {
    const { jobs, mediaUrls, videos } = this.#options
    const row = videos.row(upload.media_id, { evenDeleted: true })
    const poster = mediaPath.poster(row.id, row.poster)
    const status = analysisJobId === null ? 'completed' : jobs.get(analysisJobId).status
    return {
      metadata: metadataOf(row),
      videoUrl: mediaUrls.sign(mediaPath.file(row.id)),
      thumbnailUrl: poster === null ? null : mediaUrls.sign(poster),
      processingStatus: status === 'pending' ? 'queued' : status === 'cancelled' ? 'failed' : status,
      createdAt: row.created_at,
    }
  }
}

/** A filename without its extension. */
function titleOf(filename: string): string {
  return filename.replace(/\.[^.]{1,5}$/, '') || filename
}
