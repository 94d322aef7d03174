import { KeyedMutex } from '../../base/mutex.ts'
import { EngineError, type ErrorCode } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, explainWriteFailure, kindOf } from '../../platform/files/index.ts'
import type { ProbedVideo } from '../media/index.ts'
import type { HashWatch, ObjectStore, PartWriters, Sidecars } from '../objects/index.ts'
import type { Admission } from './admission.ts'
import type { Completed, CompletionOptions } from './completion.ts'
import type { UploadSessions } from './sessions.ts'
import type { UploadRow } from './upload-rows.ts'
import { Verification } from './verification.ts'

/** Faults of the file itself: a second try does not change them. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['invalid_video', 'truncated_video'])

export interface AssemblyOptions {
  readonly database: Database
  readonly sessions: UploadSessions
  readonly writers: PartWriters
  readonly objects: ObjectStore
  readonly sidecars: Sidecars
  /** Reads the file's technical facts. @throws EngineError `invalid_video`, `cancelled`. */
  readonly probe: (file: string, signal?: AbortSignal) => Promise<ProbedVideo>
  readonly admission: Admission
  /** Called when an upload has become a video. */
  readonly onCompleted: (mediaId: string) => void
}

/** How an upload is completed. */
export interface AssemblyCall {
  readonly signal?: AbortSignal | undefined
  /** Of the whole file, when all of its bytes were hashed just now as they were stored: then none is read again. */
  readonly sha256?: string | undefined
  /** What a file with the same bytes is, when that is known. */
  readonly probed?: ProbedVideo | null
}

/**
 * Turns a fully confirmed upload into a video.
 * The order, so that a crash at any point loses nothing: read all again and hash it → probe → write the hash down →
 * move the file → one transaction with object, video, job and the upload's end → delete its folder.
 * That it runs is known in memory only: after a crash the upload is open again, with its bytes where they were.
 */
export class Assembly {
  readonly #options: AssemblyOptions
  /** UP-84 */
  readonly #mutex = new KeyedMutex()
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
   * Completing twice returns the same, with the same job.
   * @throws EngineError `incomplete_upload` with `details.missing_chunks`, `conflict` when aborted, `invalid_video`,
   * `cancelled` when `signal` aborts.
   */
  async complete(
    mediaId: string,
    uploadId: string,
    options: CompletionOptions,
    call: AssemblyCall = {},
  ): Promise<Completed> {
    return await this.#mutex.run(mediaId, async () => {
      const upload = this.#options.sessions.get(mediaId, uploadId)
      if (upload.status === 'completed') return this.#answer(mediaId)
      this.#assertWhole(upload, options)
      return await this.#finish(upload, options, call)
    })
  }

  /**
   * Repairs the damaged object of a video with the file of an upload that has the same bytes. The upload ends without a
   * video of its own.
   * @param sha256 of the video; when the file turns out to be another one, nothing is done.
   * @param onHealed called within the transaction that ends the upload.
   * @returns whether the file was that one. @throws EngineError as `complete`.
   */
  async heal(upload: UploadRow, sha256: string, onHealed: () => void, call: AssemblyCall = {}): Promise<boolean> {
    const { media_id: mediaId, size_bytes: sizeBytes } = upload
    return await this.#mutex.run(mediaId, async () => {
      const { database, objects, sessions } = this.#options
      this.#assertWhole(upload, { autoAnalyze: false, analysisProvider: 'local', analysisType: 'full_vlm' })
      this.#checked.set(mediaId, 0)
      try {
        const found = call.sha256 ?? (await this.#verification.hash(upload, this.#watch(mediaId, call.signal)))
        if (found !== sha256) return false
        const end = (): void =>
          database.transaction(() => {
            objects.record(sha256, sizeBytes)
            sessions.rows.setStatus.run({ mediaId, status: 'aborted', errorMessage: null, now: Date.now() })
            onHealed()
          })
        await objects.admit(sessions.folders.dataOf(mediaId), sha256, sizeBytes, end, { signal: call.signal })
        this.#options.onCompleted(mediaId)
        await sessions.folders.remove(mediaId)
        sessions.partRows.deleteAll.run({ mediaId })
        return true
      } catch (error) {
        throw explainWriteFailure(error, 'the library folder')
      } finally {
        this.#checked.delete(mediaId)
      }
    })
  }

  /** Whether the object of a video is there, read whole just now. @throws EngineError `cancelled`. */
  async isProven(sha256: string, watch: HashWatch): Promise<boolean> {
    return (await this.#options.objects.prove(sha256, watch)) === 'proven'
  }

  /** What a file of this machine is; null when that cannot be found out, for whatever reason. */
  async probe(file: string, signal: AbortSignal): Promise<ProbedVideo | null> {
    return await this.#options.probe(file, signal).catch(() => null)
  }

  /** The sha-256 of any file of this machine, off the main thread. */
  async hash(file: string, sizeBytes: number, watch: HashWatch): Promise<{ sha256: string; sizeBytes: number }> {
    return await this.#options.writers.hash(file, sizeBytes, watch)
  }

  /** Runs `work` while nothing is assembled for that upload. */
  async alone<T>(mediaId: string, work: () => Promise<T>): Promise<T> {
    return await this.#mutex.run(mediaId, work)
  }

  async #finish(upload: UploadRow, options: CompletionOptions, call: AssemblyCall) {
    const { signal } = call
    const { media_id: mediaId, size_bytes: sizeBytes } = upload
    this.#checked.set(mediaId, 0)
    try {
      const { objects, sessions, sidecars } = this.#options
      const watch = this.#watch(mediaId, signal)
      const { sha256, file } = await this.#hash(upload, watch, call.sha256)
      crashPoint('complete.hashed')
      const probed = await this.#probe(file, options, call)
      sessions.rows.setSha256.run({ mediaId, sha256 })
      crashPoint('complete.hash-recorded')
      const commit = (wasHere: boolean): void => this.#commit(upload, sha256, probed, options, wasHere)
      await objects.admit(sessions.folders.dataOf(mediaId), sha256, sizeBytes, commit, { signal })
      crashPoint('complete.committed')
      await sidecars.write(sha256)
      this.#options.onCompleted(mediaId)
      await sessions.folders.remove(mediaId)
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
      // One of two readings may still report after the other has failed.
      if (this.#checked.has(mediaId)) this.#checked.set(mediaId, bytes)
    }
    return { signal, onProgress }
  }

  async #probe(file: string, { keepTruncated = false }: CompletionOptions, call: AssemblyCall): Promise<ProbedVideo> {
    const probed = call.probed ?? (await this.#options.probe(file))
    if (!probed.truncated || keepTruncated) return probed
    throw new EngineError(
      'truncated_video',
      'This file ends early: its last part is missing. Copy it from the camera again.',
      // UP-89
      { kept_until_seconds: probed.metadata.durationSeconds },
    )
  }

  /** Where the file is and what its bytes are now. After a crash it may have moved already: there it is read again. */
  async #hash(upload: UploadRow, watch: HashWatch, known?: string): Promise<{ sha256: string; file: string }> {
    const { objects, sessions } = this.#options
    const { media_id: mediaId, sha256: before } = upload
    const file = sessions.folders.dataOf(mediaId)
    if (known !== undefined) return { sha256: known, file }
    if (before !== null && (await kindOf(file)) === null) {
      if ((await objects.prove(before, watch)) === 'proven') return { sha256: before, file: objects.pathOf(before) }
      // Damaged or lost where it went: it has to be sent again.
      sessions.rows.setSha256.run({ mediaId, sha256: null })
    }
    return { sha256: await this.#verification.hash(upload, watch), file }
  }

  /** @param wasHere the object was there and every byte of it was read. */
  #commit(upload: UploadRow, sha256: string, probed: ProbedVideo, options: CompletionOptions, wasHere: boolean): void {
    this.#options.database.transaction(() => {
      const deduplicated = wasHere && this.#options.objects.has(sha256)
      this.#options.objects.record(sha256, upload.size_bytes)
      const { analysisJobId } = this.#options.admission.admit({ upload, sha256, probed, options })
      this.#options.sessions.rows.complete.run({
        mediaId: upload.media_id,
        analysisJobId,
        deduplicated: deduplicated ? 1 : 0,
        now: Date.now(),
      })
    })
  }

  /** UP-88; anything else may be tried again. */
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

  #assertWhole(upload: UploadRow, options: CompletionOptions): void {
    if (upload.status === 'aborted') throw new EngineError('conflict', 'This upload was aborted.')
    if (upload.status === 'failed' && !options.keepTruncated) {
      throw new EngineError('invalid_video', upload.error_message ?? 'This upload is not a video.')
    }
    const missing = this.#options.sessions.partRows.missing(upload.media_id)
    if (missing.length === 0) return
    throw new EngineError('incomplete_upload', 'Some chunks are not confirmed yet.', { missing_chunks: missing })
  }
}
