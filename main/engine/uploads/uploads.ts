import type { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import { EngineError, type uploadProgress } from '../../contract/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { Assembly, type AssemblyOptions } from './assembly.ts'
import type { ObjectStore, Swept } from '../objects/index.ts'
import { Parts, type PartsOptions } from './parts.ts'
import { UploadSessions, type UploadSessionsOptions } from './sessions.ts'
import type { UploadRow } from './upload-rows.ts'

/** UP-88 */
const KEEP_FAILED_MS = 24 * 3_600_000
/** UP-102 */
const INACTIVE_MS = 3_600_000

type Progress = z.output<(typeof uploadProgress)['output']>

const COMPLETE = {
  status: 'completed' as const,
  progressPercent: 100,
  estimatedSecondsLeft: 0,
  currentPart: null,
  failedParts: [],
}

function wholeOf({ total_parts: partsCompleted, size_bytes: bytesUploaded }: UploadRow) {
  return { partsCompleted, bytesUploaded }
}

export interface UploadsOptions
  extends UploadSessionsOptions, Omit<PartsOptions, 'sessions'>, Omit<AssemblyOptions, 'sessions' | 'onCompleted'> {
  readonly log: Log
}

/** Chunked uploads: their sessions, their parts, and their completion. */
export class Uploads {
  readonly sessions: UploadSessions
  readonly parts: Parts
  readonly assembly: Assembly
  readonly #log: Log
  readonly #objects: ObjectStore

  constructor(options: UploadsOptions) {
    this.sessions = new UploadSessions(options)
    this.parts = new Parts({ ...options, sessions: this.sessions })
    this.assembly = new Assembly({
      ...options,
      sessions: this.sessions,
      onCompleted: (mediaId) => this.parts.forget(mediaId),
    })
    this.#log = options.log
    this.#objects = options.objects
  }

  /** @throws EngineError `not_found`. */
  progress(mediaId: string): Progress {
    const upload = this.sessions.get(mediaId)
    const known = {
      mediaId,
      uploadId: upload.upload_id,
      totalParts: upload.total_parts,
      totalBytes: upload.size_bytes,
      lastUpdated: toInstant(upload.updated_at),
    }
    if (upload.status === 'completed') return { ...known, ...COMPLETE, ...wholeOf(upload) }
    const counted = this.parts.progressOf(upload)
    return {
      ...known,
      status: this.assembly.bytesChecked(mediaId) === null ? upload.status : 'processing',
      partsCompleted: counted.partsCompleted,
      bytesUploaded: counted.bytesUploaded,
      progressPercent: counted.progressPercent,
      estimatedSecondsLeft: counted.estimatedSecondsLeft,
      currentPart: counted.currentPart,
      failedParts: this.sessions.partRows.failed(mediaId),
    }
  }

  /**
   * Aborts an upload and deletes its bytes. Repeating it returns 0 parts.
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

  /** Aborts an upload that is neither complete nor aborted. */
  async abortIfOpen(mediaId: string | null): Promise<void> {
    const upload = mediaId === null ? undefined : this.sessions.rows.get(mediaId)
    if (!upload || upload.status === 'completed' || upload.status === 'aborted') return
    await this.abort(upload.media_id, upload.upload_id)
  }

  /** At start: the parts of files that were lost meanwhile are asked for again. */
  async recover(): Promise<void> {
    for (const upload of this.sessions.rows.unfinished()) {
      // Moved into the object store by an assembly that a crash cut off: there it is found.
      if (upload.sha256 === null) await this.sessions.ensureFile(upload)
    }
  }

  /** Clears away what ended uploads left, and finds the folders that no row names. */
  async sweepFolders(): Promise<Swept> {
    return await this.sessions.folders.sweep()
  }

  /** Hashes of files that moved into the object store before a crash, and whose upload will be completed again. */
  pendingObjects(): Set<string> {
    return new Set(this.sessions.rows.unfinished().flatMap(({ sha256 }) => sha256 ?? []))
  }

  /**
   * Aborts what expired, and what failed a day ago. Run at start and every hour.
   * @param isInUse uploads that something else still needs, such as a paused import.
   */
  async sweep(isInUse: (mediaId: string) => boolean): Promise<void> {
    const now = Date.now()
    this.sessions.partRows.deleteOld.run({ now })
    for (const upload of this.sessions.rows.unfinished()) {
      const failedLongAgo = upload.status === 'failed' && upload.updated_at < now - KEEP_FAILED_MS
      const expired = upload.expires_at < now && upload.updated_at < now - INACTIVE_MS
      if (!failedLongAgo && !expired) continue
      // By a clock that cannot be set: a wall clock that jumps ahead must not end an upload that is under way.
      if (isInUse(upload.media_id) || this.parts.rateOf(upload.media_id)?.isActive(INACTIVE_MS)) continue
      this.#log.info({ mediaId: upload.media_id, status: upload.status }, 'aborting a stale upload')
      await this.assembly.alone(upload.media_id, () => this.#discardStale(upload))
    }
  }

  /** While it waited for its turn the upload may have been completed, or moved on. */
  async #discardStale(upload: UploadRow): Promise<void> {
    const now = this.sessions.get(upload.media_id)
    if (now.status !== upload.status || now.updated_at !== upload.updated_at) return
    // Written to long after the row says: the database is an older copy, and the upload may have gone on since.
    if (await this.sessions.folders.isNewerThan(now.media_id, now.updated_at + INACTIVE_MS)) {
      await this.sessions.folders.setAside(now.media_id)
    }
    await this.#discard(now)
  }

  async #discard(upload: UploadRow): Promise<number> {
    const mediaId = upload.media_id
    // UP-40: the status first, so that nothing new begins; then transfers are ended.
    this.sessions.rows.setStatus.run({ mediaId, status: 'aborted', errorMessage: null, now: Date.now() })
    await this.parts.stop(mediaId)
    // UP-101
    const removed = this.sessions.partRows.list(mediaId).filter((part) => part.stored_at !== null).length
    await this.sessions.folders.remove(mediaId)
    // Its file may have moved already when a full disk interrupted its assembly: that space is freed as well.
    if (upload.sha256 !== null) await this.#objects.forget(upload.sha256, this.pendingObjects())
    this.sessions.partRows.deleteAll.run({ mediaId })
    return removed
  }
}
