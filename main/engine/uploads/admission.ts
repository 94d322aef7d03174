import { mediaUrl } from '../../contract/media-urls.ts'
import type { JobQueue } from '../jobs/index.ts'
import { type MediaUrls, metadataOf, type Videos } from '../library/index.ts'
import type { Completed, FinishedUpload } from './assembly.ts'
import type { CompletedVideo } from './handlers.ts'

export interface AdmissionOptions {
  readonly videos: Videos
  readonly jobs: JobQueue
  readonly mediaUrls: MediaUrls
}

/** How a finished upload becomes a video, and what its uploader is told of it. */
export class Admission {
  readonly #options: AdmissionOptions

  constructor(options: AdmissionOptions) {
    this.#options = options
  }

  /** Makes a video of a finished upload, in the transaction that ends the upload. */
  admit({ upload, sha256, probed, wish }: FinishedUpload): { analysisJobId: string | null } {
    const { jobs, videos } = this.#options
    const { analysisType, analysisProvider, analysisModel = null } = wish
    // Before the preview copy that adding may queue: scenes are what everything else waits for.
    const analysisJobId = wish.autoAnalyze
      ? jobs.enqueue('analysis', upload.media_id, { analysisType, analysisProvider, analysisModel }, upload.priority).id
      : null
    videos.add({
      videoId: upload.media_id,
      ownerId: upload.owner_id,
      title: wish.title?.trim() || (upload.title ?? titleOf(upload.filename)),
      filename: upload.filename,
      contentType: upload.content_type,
      sizeBytes: upload.size_bytes,
      sha256,
      tags: wish.tags ? JSON.stringify(wish.tags) : upload.tags,
      custom: wish.custom ? JSON.stringify(wish.custom) : upload.custom,
      probed,
    })
    return { analysisJobId }
  }

  /** Completing again answers the same, even after the video was deleted. */
  describe({ upload, analysisJobId }: Completed): CompletedVideo {
    const { jobs, mediaUrls, videos } = this.#options
    const row = videos.row(upload.media_id, { evenDeleted: true })
    const poster = mediaUrl.poster(row.id, row.poster)
    const status = analysisJobId === null ? 'completed' : jobs.get(analysisJobId).status
    return {
      metadata: metadataOf(row),
      videoUrl: mediaUrls.sign(mediaUrl.file(row.id)),
      thumbnailUrl: poster === null ? null : mediaUrls.sign(poster),
      processingStatus: status === 'pending' ? 'queued' : status === 'cancelled' ? 'failed' : status,
      createdAt: row.created_at,
    }
  }
}

/** A filename without its ending: what a person would call it until they call it something better. */
function titleOf(filename: string): string {
  return filename.replace(/\.[^.]{1,5}$/, '') || filename
}
