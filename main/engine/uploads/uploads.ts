import type { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import { EngineError, type uploadProgress } from '../../contract/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { Assembly, type AssemblyOptions } from './assembly.ts'
import { Parts, type PartsOptions } from './parts.ts'
import { UploadSessions, type UploadSessionsOptions } from './sessions.ts'
import type { UploadRow } from './rows.ts'

/** "INVALID_VIDEO … parts kept 24 h". */
const KEEP_FAILED_MS = 24 * 3_600_000
/** "never sweep a session with PUT activity in the last hour". */
const QUIET_MS = 3_600_000

type Progress = z.output<(typeof uploadProgress)['output']>

export interface UploadsOptions
  extends UploadSessionsOptions, Omit<PartsOptions, 'sessions'>, Omit<AssemblyOptions, 'sessions'> {
  readonly log: Log
}

/** Chunked uploads, whole: sessions, their parts, and what becomes of them. */
export class Uploads {
  readonly sessions: UploadSessions
  readonly parts: Parts
  readonly assembly: Assembly
  readonly #log: Log

  constructor(options: UploadsOptions) {
    this.sessions = new UploadSessions(options)
    this.parts = new Parts({ ...options, sessions: this.sessions })
    this.assembly = new Assembly({ ...options, sessions: this.sessions })
    this.#log = options.log
  }

  /** @throws EngineError `not_found`. */
  progress(mediaId: string): Progress {
    const upload = this.sessions.get(mediaId)
    const done = upload.status === 'completed'
    const counted = this.parts.progressOf(upload)
    return {
      mediaId,
      uploadId: upload.upload_id,
      status: upload.status,
      partsCompleted: done ? upload.total_parts : counted.partsCompleted,
      totalParts: upload.total_parts,
      bytesUploaded: done ? upload.size_bytes : counted.bytesUploaded,
      totalBytes: upload.size_bytes,
      progressPercent: done ? 100 : counted.progressPercent,
      estimatedSecondsLeft: done ? 0 : counted.estimatedSecondsLeft,
      currentPart: done ? null : counted.currentPart,
      failedParts: this.sessions.rows.failedParts(mediaId),
      lastUpdated: toInstant(upload.updated_at),
    }
  }

  /**
   * Gives an upload up. Repeating it answers 0 parts.
   * @throws EngineError `not_found`, `conflict` after it completed.
   */
  async abort(mediaId: string, uploadId: string): Promise<number> {
    return await this.assembly.alone(mediaId, async () => {
      const upload = this.sessions.get(mediaId, uploadId)
      if (upload.status === 'completed')
        throw new EngineError('conflict', 'This upload is complete; delete the video instead.')
      return await this.#discard(upload)
    })
  }

  /** At start: an assembly that was interrupted is open again; its bytes are where they were. */
  recover(): void {
    for (const upload of this.sessions.rows.unfinished()) {
      if (upload.status !== 'processing') continue
      this.sessions.rows.setStatus.run({
        mediaId: upload.media_id,
        status: 'uploading',
        errorMessage: null,
        now: upload.updated_at,
      })
    }
  }

  /** Hashes of files that moved into the object store before a crash, and whose upload will be completed again. */
  pendingObjects(): Set<string> {
    return new Set(this.sessions.rows.unfinished().flatMap(({ sha256 }) => sha256 ?? []))
  }

  /** Gives up what expired, and what failed a day ago. Run at start and every hour. */
  async sweep(now = Date.now()): Promise<void> {
    for (const upload of this.sessions.rows.unfinished()) {
      const failedLongAgo = upload.status === 'failed' && upload.updated_at < now - KEEP_FAILED_MS
      const expired = upload.expires_at < now && upload.updated_at < now - QUIET_MS
      if (!failedLongAgo && !expired) continue
      this.#log.info({ mediaId: upload.media_id, status: upload.status }, 'giving up a stale upload')
      await this.assembly.alone(upload.media_id, () => this.#discard(upload))
    }
  }

  async #discard(upload: UploadRow): Promise<number> {
    const mediaId = upload.media_id
    // "In-flight PUTs get 404": the status first, so that nothing new begins; then what runs is ended.
    this.sessions.rows.setStatus.run({ mediaId, status: 'aborted', errorMessage: null, now: Date.now() })
    await this.parts.stop(mediaId)
    // "chunks_removed = part files deleted, confirmed or not".
    const removed = this.sessions.rows.parts(mediaId).filter((part) => part.stored_at !== null).length
    await this.sessions.removeFiles(mediaId)
    this.sessions.rows.deleteParts.run({ mediaId })
    return removed
  }
}
