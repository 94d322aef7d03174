import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { initiateBatch } from '../../contract/index.ts'
import type { UploadSessions } from './sessions.ts'

/** The pace that the vendor's example assumes: 314,572,800 bytes take 30.0 s. */
const BYTES_PER_SECOND = 10 * 1024 * 1024

type Batch = z.output<(typeof initiateBatch)['input']>
type BatchPlan = z.output<(typeof initiateBatch)['output']>

/**
 * Begins every upload of a batch, or none of them.
 * @throws EngineError `storage_full` when there is no room for all, `storage_refused`.
 */
export async function beginBatch(sessions: UploadSessions, batch: Batch, ownerId: string): Promise<BatchPlan> {
  const { videos, autoProcess, processingPriority } = batch
  const options = { batchId: randomUUID(), autoProcess, priority: processingPriority }
  const plans = await sessions.initiateAll(videos.map((video) => ({ ...video, ownerId, batch: options })))
  const totalSizeBytes = videos.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return {
    batchId: options.batchId,
    plans,
    totalSizeBytes,
    estimatedSeconds: totalSizeBytes / BYTES_PER_SECOND,
    processingPriority,
  }
}
