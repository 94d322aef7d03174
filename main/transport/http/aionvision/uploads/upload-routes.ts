import * as contract from '../../../../contract/index.ts'
import { snakeKeys, withoutNulls } from '../../fields.ts'
import { route, type Route } from '../../route.ts'
import * as answers from './upload-answers.ts'
import * as requests from './upload-requests.ts'

export const uploadRoutes: readonly Route[] = [
  route({
    method: 'POST',
    id: 'initiateUpload',
    path: '/video-uploads/initiate',
    operation: contract.initiateUpload,
    request: { body: requests.InitiateBody },
    status: 201,
    response: answers.PlanBody,
    failures: ['storage_full', 'storage_refused'],
    toInput: ({ body }) => requests.initiateToInput(body),
    toWire: (plan, { baseUrl }) => answers.planToWire(plan, baseUrl),
  }),
  route({
    method: 'POST',
    id: 'confirmChunk',
    path: '/video-uploads/chunks/confirm',
    operation: contract.confirmPart,
    request: { body: requests.ConfirmBody },
    response: answers.ConfirmedBody,
    failures: ['not_found', 'conflict'],
    toInput: ({ body }) => ({
      mediaId: body.media_id,
      uploadId: body.upload_id,
      partNumber: body.chunk_number,
      etag: body.etag,
      sizeBytes: body.size_bytes,
    }),
    toWire: (confirmed) => ({
      ...{ ...snakeKeys(confirmed), ...partsToWire(confirmed) },
      chunk_number: confirmed.partNumber,
      status: 'completed' as const,
    }),
  }),
  route({
    method: 'GET',
    id: 'getUploadProgress',
    path: '/video-uploads/progress/:media_id',
    operation: contract.uploadProgress,
    request: { params: requests.MediaId },
    response: answers.ProgressBody,
    toInput: ({ params }) => ({ mediaId: params.media_id }),
    toWire: (progress) => ({
      ...{ ...snakeKeys(progress), ...partsToWire(progress) },
      current_chunk: progress.currentPart,
      failed_chunks: progress.failedParts,
    }),
  }),
  route({
    method: 'POST',
    id: 'retryChunk',
    path: '/video-uploads/chunks/retry',
    operation: contract.retryPart,
    request: { body: requests.ChunkRef },
    response: answers.RetriedBody,
    failures: ['not_found', 'conflict', 'max_retries_exceeded'],
    toInput: ({ body }) => ({ mediaId: body.media_id, uploadId: body.upload_id, partNumber: body.chunk_number }),
    toWire: ({ part, ...attempt }, { baseUrl }) => ({
      ...snakeKeys(attempt),
      chunk_number: part.partNumber,
      upload_url: answers.partUrl(baseUrl, part),
      expires_at: part.expiresAt,
    }),
  }),
  route({
    method: 'POST',
    id: 'abortUpload',
    path: '/video-uploads/abort',
    operation: contract.abortUpload,
    request: { body: requests.AbortBody },
    response: answers.AbortedBody,
    failures: ['not_found', 'conflict'],
    toInput: ({ body }) => ({
      mediaId: body.media_id,
      uploadId: body.upload_id,
      ...withoutNulls({ reason: body.reason }),
    }),
    toWire: ({ mediaId, partsRemoved }) => ({
      media_id: mediaId,
      status: 'aborted' as const,
      cleaned_up: true as const,
      chunks_removed: partsRemoved,
      s3_cleanup: true as const,
    }),
  }),
  route({
    method: 'GET',
    id: 'resumeUpload',
    path: '/video-uploads/:media_id/resume',
    operation: contract.resumeUpload,
    request: { params: requests.MediaId },
    response: answers.ResumedBody,
    failures: ['conflict'],
    toInput: ({ params }) => ({ mediaId: params.media_id }),
    toWire: (plan, { baseUrl }) => ({
      ...answers.planToWire(plan, baseUrl),
      stored_chunks: plan.storedParts.map((part) => ({
        ...snakeKeys(part),
        chunk_number: part.partNumber,
        etag: `"${part.etag}"`,
      })),
    }),
  }),
]

/** How far an upload is. */
function partsToWire(upload: { partsCompleted: number; totalParts: number; estimatedSecondsLeft: number | null }) {
  return {
    chunks_completed: upload.partsCompleted,
    total_chunks: upload.totalParts,
    estimated_time_remaining: upload.estimatedSecondsLeft,
  }
}
