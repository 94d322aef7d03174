import { toInstant } from '../../base/clock.ts'
import {
  abortUpload,
  completeUpload,
  confirmPart,
  EngineError,
  initiateBatch,
  initiateUpload,
  MAX_PART_RETRIES,
  resumeUpload,
  retryPart,
  storePart,
  uploadProgress,
  type VideoMetadata,
} from '../../contract/index.ts'
import { type Caller, type Operations } from '../operations.ts'
import type { Completed } from './assembly.ts'
import { beginBatch } from './batch.ts'
import type { Uploads } from './uploads.ts'

/** The part of the answer to `complete` that describes the video and its analysis. */
export interface CompletedVideo {
  readonly metadata: VideoMetadata
  readonly videoUrl: string
  readonly thumbnailUrl: string | null
  readonly processingStatus: 'pending' | 'queued' | 'processing' | 'completed' | 'failed'
  readonly createdAt: number
}

export interface UploadHandlersOptions {
  readonly uploads: Uploads
  readonly ownerId: () => string
  readonly describe: (completed: Completed) => CompletedVideo
}

/** Answers the operations of contract/upload.ts. */
export function implementUploads(operations: Operations, { uploads, ownerId, describe }: UploadHandlersOptions): void {
  operations
    .implement(initiateUpload, (input, { caller }) =>
      uploads.sessions.initiate({ ...input, ownerId: userOf(caller, ownerId) }),
    )
    .implement(initiateBatch, (input, { caller }) => beginBatch(uploads.sessions, input, userOf(caller, ownerId)))
    .implement(storePart, (input) => uploads.parts.store(input))
    .implement(confirmPart, ({ mediaId, uploadId, partNumber, etag, sizeBytes }) => ({
      partNumber,
      ...uploads.parts.confirm(mediaId, uploadId, partNumber, etag, sizeBytes),
    }))
    .implement(completeUpload, async ({ mediaId, uploadId, autoAnalyze, ...options }) => {
      const { auto_process: autoProcess } = uploads.sessions.get(mediaId, uploadId)
      const completed = await uploads.assembly.complete(mediaId, uploadId, {
        ...options,
        autoAnalyze: autoAnalyze ?? autoProcess === 1,
      })
      const { createdAt, ...video } = describe(completed)
      return {
        mediaId,
        ...video,
        analysisJobId: completed.analysisJobId,
        deduplicated: completed.deduplicated,
        createdAt: toInstant(createdAt),
      }
    })
    .implement(uploadProgress, ({ mediaId }) => uploads.progress(mediaId))
    .implement(retryPart, ({ mediaId, uploadId, partNumber }) => ({
      ...uploads.parts.retry(mediaId, uploadId, partNumber),
      maxRetries: MAX_PART_RETRIES,
    }))
    .implement(abortUpload, async ({ mediaId, uploadId }) => ({
      mediaId,
      partsRemoved: await uploads.abort(mediaId, uploadId),
    }))
    .implement(resumeUpload, ({ mediaId }) => {
      const upload = uploads.sessions.get(mediaId)
      // An empty plan would say that all of it is stored.
      if (upload.status === 'aborted') throw new EngineError('conflict', 'This upload was aborted. Begin a new one.')
      return { ...uploads.sessions.plan(upload), storedParts: uploads.sessions.storedParts(upload) }
    })
}

function userOf(caller: Caller, ownerId: () => string): string {
  return caller.userId ?? ownerId()
}
