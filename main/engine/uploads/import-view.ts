import path from 'node:path'
import { toInstant, toInstantOrNull } from '../../base/clock.ts'
import { type Import, PART_BYTES } from '../../contract/index.ts'
import { readablePath } from '../../platform/files/index.ts'
import type { CopyProgress } from './import-copy.ts'
import type { ImportRow } from './import-rows.ts'
import type { Uploads } from './uploads.ts'
import type { WaitReason } from './wait-reason.ts'

type UploadProgress = ReturnType<Uploads['progress']>

/** What is known of an import besides its row. */
export interface ImportFacts {
  /** Of the upload it fills; null before it has one and after that was given up. */
  readonly progress: UploadProgress | null
  readonly bytesPerSecond: number | null
  /** null while it does not run. */
  readonly running: CopyProgress | null
  /** Bytes of the finished file that were read again; null while that is not done. */
  readonly bytesAssembled: number | null
  readonly waitReason: WaitReason | null
  /** Title of the video that had these bytes before. */
  readonly duplicateTitle: string | null
  /** Whether this process continued what an earlier one had begun. */
  readonly pickedUp: boolean
}

/** An import as the contract shows it. */
export function describeImport(row: ImportRow, facts: ImportFacts): Import {
  const status = row.status === 'waiting' && facts.running ? facts.running.stage : row.status
  return {
    importId: row.id,
    filename: path.basename(readablePath(row.path)),
    folder: path.dirname(readablePath(row.path)),
    sizeBytes: row.size_bytes,
    status,
    ...stored(row, facts.progress),
    partsInFlight: facts.running?.isCopying ? 1 : 0,
    ...pace(status, facts),
    ...outcome(row, facts.duplicateTitle),
    bytesChecked: status === 'checking' ? (facts.running?.bytesCompared ?? facts.bytesAssembled ?? 0) : null,
    ...waiting(status, facts.waitReason),
    pickedUp: facts.pickedUp,
    addedAt: toInstant(row.added_at),
    finishedAt: toInstantOrNull(row.finished_at),
  }
}

function stored(
  row: ImportRow,
  progress: UploadProgress | null,
): Pick<Import, 'bytesStored' | 'totalParts' | 'partsStored'> {
  if (row.status === 'completed' && row.duplicate_of === null) {
    const parts = Math.ceil(row.size_bytes / PART_BYTES)
    return { bytesStored: row.size_bytes, totalParts: parts, partsStored: parts }
  }
  if (!progress) return { bytesStored: 0, totalParts: 0, partsStored: 0 }
  const { bytesUploaded: bytesStored, totalParts, partsCompleted: partsStored } = progress
  return { bytesStored, totalParts, partsStored }
}

function pace(status: Import['status'], { progress, bytesPerSecond }: ImportFacts) {
  if (status !== 'uploading') return { bytesPerSecond: null, secondsLeft: null }
  return { bytesPerSecond, secondsLeft: progress?.estimatedSecondsLeft ?? null }
}

function outcome(row: ImportRow, title: string | null) {
  const { duplicate_of: videoId, error_code: errorCode, error_message: errorMessage } = row
  return {
    mediaId: row.status === 'completed' ? (videoId ?? row.media_id) : null,
    duplicateOf: videoId !== null && title !== null ? { videoId, title } : null,
    errorCode,
    errorMessage,
  }
}

function waiting(status: Import['status'], reason: WaitReason | null): Pick<Import, 'waitingFor' | 'waitingMessage'> {
  if (status !== 'waiting' || !reason) return { waitingFor: null, waitingMessage: null }
  return { waitingFor: reason.waitingFor, waitingMessage: reason.message }
}
