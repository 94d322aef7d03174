import path from 'node:path'
import { toInstant, toInstantOrNull } from '../../base/clock.ts'
import type { Import } from '../../contract/index.ts'
import type { ImportRow } from './import-rows.ts'
import type { Uploads } from './uploads.ts'

/** What is known of an import besides its row. */
export interface ImportFacts {
  /** Of the upload it fills; null before it has one and after that was given up. */
  readonly progress: ReturnType<Uploads['progress']> | null
  readonly bytesPerSecond: number | null
  readonly partsInFlight: number
  /** Title of the video that had these bytes before. */
  readonly twinTitle: string | null
}

/** An import as the contract shows it. */
export function describeImport(row: ImportRow, facts: ImportFacts): Import {
  const { progress, twinTitle } = facts
  const uploading = row.status === 'uploading'
  return {
    importId: row.id,
    filename: path.basename(row.path),
    folder: path.dirname(row.path),
    sizeBytes: row.size_bytes,
    status: row.status,
    bytesStored: progress?.bytesUploaded ?? 0,
    totalParts: progress?.totalParts ?? 0,
    partsStored: progress?.partsCompleted ?? 0,
    partsInFlight: facts.partsInFlight,
    bytesPerSecond: uploading ? facts.bytesPerSecond : null,
    secondsLeft: uploading ? (progress?.estimatedSecondsLeft ?? null) : null,
    mediaId: row.status === 'completed' ? (row.duplicate_of ?? row.media_id) : null,
    duplicateOf: row.duplicate_of && twinTitle !== null ? { videoId: row.duplicate_of, title: twinTitle } : null,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    addedAt: toInstant(row.added_at),
    finishedAt: toInstantOrNull(row.finished_at),
  }
}
