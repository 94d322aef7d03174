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
} from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { Admission } from './admission.ts'
import { beginBatch } from './batch.ts'
import type { Uploads } from './uploads.ts'

export interface UploadHandlersOptions {
  readonly uploads: Uploads
  readonly ownerId: string
  readonly admission: Admission
}

/** Answers the operations of contract/upload.ts. */
export function implementUploads(operations: Operations, { uploads, ownerId, admission }: UploadHandlersOptions): void {
  operations
    .implement(initiateUpload, (input, { caller }) =>
      uploads.sessions.initiate({ ...input, ownerId: caller.userId ?? ownerId }),
    )
    .implement(initiateBatch, (input, { caller }) => beginBatch(uploads.sessions, input, caller.userId ?? ownerId))
    .implement(storePart, (input) => uploads.parts.store(input))
    .implement(confirmPart, async ({ mediaId, uploadId, partNumber, etag, sizeBytes }) => ({
      partNumber,
      ...(await uploads.parts.confirm(mediaId, uploadId, partNumber, etag, sizeBytes)),
    }))
    .implement(completeUpload, async ({ mediaId, uploadId, autoAnalyze, ...options }) => {
      const { auto_process: autoProcess } = uploads.sessions.get(mediaId, uploadId)
      const completed = await uploads.assembly.complete(mediaId, uploadId, {
        ...options,
        autoAnalyze: autoAnalyze ?? autoProcess === 1,
      })
      const { createdAt, ...video } = admission.describe(completed)
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
