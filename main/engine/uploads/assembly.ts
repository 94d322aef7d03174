import { KeyedMutex } from '../../base/mutex.ts'
import { EngineError, type ErrorCode } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, explainWriteFailure, sizeOf } from '../../platform/files/index.ts'
import type { ProbedVideo } from '../media/index.ts'
import type { ObjectStore } from '../objects/index.ts'
import type { HashWatch, PartWriters } from './part-writers.ts'
import type { UploadRow } from './rows.ts'
import type { UploadSessions } from './sessions.ts'
import { Verification } from './verification.ts'

/** Verdicts on the file itself: no second try changes them. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['invalid_video', 'truncated_video'])

export interface AnalysisWish {
  readonly autoAnalyze: boolean
  readonly analysisProvider: string
  readonly analysisType: string
  readonly analysisModel?: string | null
  /** What replaces the words that the upload began with. */
  readonly title?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly custom?: Readonly<Record<string, unknown>> | undefined
  /** Take a file whose end is missing. */
  readonly keepTruncated?: boolean
}

/** A whole, probed file, on its way to be a video of the library. */
export interface FinishedUpload {
  readonly upload: UploadRow
  readonly sha256: string
  readonly probed: ProbedVideo
  readonly wish: AnalysisWish
}

export interface Completed {
  readonly upload: UploadRow
  readonly analysisJobId: string | null
  readonly deduplicated: boolean
}

export interface AssemblyOptions {
  readonly database: Database
  readonly sessions: UploadSessions
  readonly writers: PartWriters
  readonly objects: ObjectStore
  /** Reads the file's technical facts. @throws EngineError `invalid_video`. */
  readonly probe: (file: string) => Promise<ProbedVideo>
  /** Makes a video of it, inside the transaction that ends the upload; answers the id of the analysis it queued. */
  readonly admit: (finished: FinishedUpload) => { analysisJobId: string | null }
  /** Told when an upload has become a video. */
  readonly onCompleted: (mediaId: string) => void
}

/**
 * Turns a fully confirmed upload into a video.
 * Order, so that a crash at any point loses nothing and repeats harmlessly: read all again and hash it → probe → write
 * the hash down → move the file → one transaction with object, video, job and the upload's end → delete its folder.
 * That it is under way is known in memory only: after a crash the upload is simply open, with its bytes where they were.
 */
export class Assembly {
  readonly #options: AssemblyOptions
  /** "Parallel completes: one assembles, the other waits". */
  readonly #turns = new KeyedMutex()
  readonly #verification: Verification
  /** Bytes read so far of the uploads that are being assembled. */
  readonly #checked = new Map<string, number>()

  constructor(options: AssemblyOptions) {
    this.#options = options
    this.#verification = new Verification(options.sessions, options.writers)
  }

  /** Bytes of an upload that were read again so far; null while it is not being assembled. */
  bytesChecked(mediaId: string): number | null {
    return this.#checked.get(mediaId) ?? null
  }

  /**
   * Completing twice answers the same, with the same job.
   * @throws EngineError `incomplete_upload` with `details.missing_chunks`, `conflict` when aborted, `invalid_video`,
   * `cancelled` when `signal` aborts.
   */
  async complete(mediaId: string, uploadId: string, wish: AnalysisWish, signal?: AbortSignal): Promise<Completed> {
    return await this.#turns.run(mediaId, async () => {
      const upload = this.#options.sessions.get(mediaId, uploadId)
      if (upload.status === 'completed') return this.#answer(mediaId)
      this.#assertWhole(upload, wish)
      return await this.#finish(upload, wish, signal)
    })
  }

  /** The sha-256 of any file of this machine, off the main thread. */
  async hash(file: string, sizeBytes: number, watch: HashWatch): Promise<{ sha256: string; sizeBytes: number }> {
    return await this.#options.writers.hash(file, sizeBytes, watch)
  }

  /** Runs `work` while nothing is assembled for that upload. */
  async alone<T>(mediaId: string, work: () => Promise<T>): Promise<T> {
    return await this.#turns.run(mediaId, work)
  }

  async #finish(upload: UploadRow, wish: AnalysisWish, signal: AbortSignal | undefined): Promise<Completed> {
    const { media_id: mediaId, size_bytes: sizeBytes } = upload
    this.#checked.set(mediaId, 0)
    try {
      const sha256 = upload.sha256 ?? (await this.#verification.hash(upload, this.#watch(mediaId, signal)))
      crashPoint('complete.hashed')
      const { objects, sessions } = this.#options
      const probed = await this.#probe(await this.#locate(upload, sha256), wish)
      sessions.rows.setSha256.run({ mediaId, sha256 })
      crashPoint('complete.hash-recorded')
      await objects.admit(sessions.fileOf(mediaId), sha256, sizeBytes, () => this.#commit(upload, sha256, probed, wish))
      crashPoint('complete.committed')
      this.#options.onCompleted(mediaId)
      await sessions.removeFiles(mediaId)
      crashPoint('upload.folder-removed')
      return this.#answer(mediaId)
    } catch (error) {
      throw this.#recordFailure(upload, error)
    } finally {
      this.#checked.delete(mediaId)
    }
  }

  #watch(mediaId: string, signal: AbortSignal | undefined): HashWatch {
    const onProgress = (bytes: number): void => {
      // One of two readings may still speak after the other has failed.
      if (this.#checked.has(mediaId)) this.#checked.set(mediaId, bytes)
    }
    return { signal, onProgress }
  }

  async #probe(file: string, { keepTruncated = false }: AnalysisWish): Promise<ProbedVideo> {
    const probed = await this.#options.probe(file)
    if (!probed.truncated || keepTruncated) return probed
    throw new EngineError(
      'truncated_video',
      'This file ends early: its last part is missing. Copy it from the camera again.',
    )
  }

  /** After a crash the file may have moved already. */
  async #locate(upload: UploadRow, sha256: string): Promise<string> {
    const before = this.#options.sessions.fileOf(upload.media_id)
    return (await sizeOf(before)) === null ? this.#options.objects.pathOf(sha256) : before
  }

  #commit(upload: UploadRow, sha256: string, probed: ProbedVideo, wish: AnalysisWish): void {
    this.#options.database.transaction(() => {
      const deduplicated = this.#options.objects.has(sha256)
      this.#options.objects.record(sha256, upload.size_bytes)
      const { analysisJobId } = this.#options.admit({ upload, sha256, probed, wish })
      this.#options.sessions.rows.complete.run({
        mediaId: upload.media_id,
        analysisJobId,
        deduplicated: deduplicated ? 1 : 0,
        now: Date.now(),
      })
    })
  }

  /** "not a video: 422 INVALID_VIDEO, progress status failed, parts kept 24 h"; anything else may be tried again. */
  #recordFailure(upload: UploadRow, error: unknown): unknown {
    const explained = explainWriteFailure(error, 'the library folder')
    if (explained instanceof EngineError && REFUSALS.has(explained.code)) {
      const { media_id: mediaId } = upload
      const errorMessage = explained.message
      this.#options.sessions.rows.setStatus.run({ mediaId, status: 'failed', errorMessage, now: Date.now() })
    }
    return explained
  }

  #answer(mediaId: string): Completed {
    const upload = this.#options.sessions.get(mediaId)
    return { upload, analysisJobId: upload.analysis_job_id, deduplicated: upload.deduplicated === 1 }
  }

  #assertWhole(upload: UploadRow, wish: AnalysisWish): void {
    if (upload.status === 'aborted') throw new EngineError('conflict', 'This upload was aborted.')
    if (upload.status === 'failed' && !wish.keepTruncated) {
      throw new EngineError('invalid_video', upload.error_message ?? 'This upload is not a video.')
    }
    const missing = this.#options.sessions.rows.missingParts(upload.media_id)
    if (missing.length === 0) return
    throw new EngineError('incomplete_upload', 'Some chunks are not confirmed yet.', { missing_chunks: missing })
  }
}
