import { asEngineError, EngineError, MAX_PART_RETRIES, type UploadPart } from '../../contract/index.ts'
import { monotonic } from '../../base/clock.ts'
import type { SlotLimits } from '../../base/slots.ts'
import { RateMeter } from '../../base/rate-meter.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, explainWriteFailure } from '../../platform/files/index.ts'
import { assertConfirmable, assertMd5, assertOpen, assertSameBytes, assertSize, normalizeEtag } from './part-checks.ts'
import type { PartDigest } from '../objects/index.ts'
import { PartTransfers } from './part-transfers.ts'
import type { PartWriters, PartWriting } from '../objects/index.ts'
import type { PartRow, UploadRow } from './rows.ts'
import type { UploadSessions } from './sessions.ts'
import type { PartGrant, PartTokens } from './token.ts'

export interface PartUpload {
  readonly token: string
  /** What the client announced, when it did. */
  readonly sizeBytes: number | null
  /** Base64, as the Content-MD5 header has it. */
  readonly contentMd5: string | null
  readonly body: AsyncIterable<Uint8Array>
}

export interface PartsOptions {
  readonly database: Database
  readonly sessions: UploadSessions
  readonly tokens: PartTokens
  readonly writers: PartWriters
  /** How many parts may come in at a time, over all uploads and into one. */
  readonly places?: SlotLimits
}

export interface Confirmation {
  readonly partsCompleted: number
  readonly totalParts: number
  readonly progressPercent: number
  readonly estimatedSecondsLeft: number | null
}

/** Receives, confirms and re-requests the parts of uploads. */
export class Parts {
  readonly #options: PartsOptions
  readonly #meters = new Map<string, RateMeter>()
  readonly #transfers: PartTransfers

  constructor(options: PartsOptions) {
    this.#options = options
    this.#transfers = new PartTransfers(options.places)
  }

  /**
   * Stores one part. Answers only when bytes and row are durable.
   * @throws EngineError `url_refused` for a bad, expired or replaced URL, `not_found` for an aborted or unknown upload,
   * `body_mismatch` (`details.reason` is S3's name for it), `conflict` when other bytes were confirmed, `storage_full`,
   * `unavailable` when too many parts are coming in.
   */
  async store({ token, sizeBytes, contentMd5, body }: PartUpload): Promise<{ etag: string; partNumber: number }> {
    const grant = this.#options.tokens.verify(token, Date.now())
    if (sizeBytes !== null) assertSize(sizeBytes, this.#granted(grant).part.size_bytes)
    const digest = await this.#transfers.run(grant, async ({ signal, counted }) => {
      // Looked up only now: the transfer before may have stored the part meanwhile, and its sender confirmed it.
      const { upload, part } = this.#granted(grant)
      return await this.#receive(upload, part, counted(body), contentMd5, signal)
    })
    return { etag: digest.md5, partNumber: grant.partNumber }
  }

  /**
   * Copies one part from a file of this machine and confirms it: the import's way in, without a network in between.
   * @throws EngineError as `store`, and `source_missing` when the file ends too early.
   */
  async copy(upload: UploadRow, part: PartRow, source: string, signal: AbortSignal): Promise<void> {
    const offset = (part.part_number - 1) * upload.part_bytes
    await this.#options.sessions.ensureFile(upload)
    const digest = await this.#write(() =>
      this.#options.writers.copy(
        { source, file: this.#options.sessions.fileOf(upload.media_id), offset, sizeBytes: part.size_bytes },
        signal,
      ),
    )
    if (digest.sizeBytes !== part.size_bytes) {
      throw new EngineError('source_changed', 'The file became shorter while it was read. Retry takes it as it is now.')
    }
    crashPoint('part.stored')
    this.#options.database.transaction(() => {
      this.#recordStored(upload, part, digest)
      this.#options.sessions.rows.confirmPart.run({ ...keyOf(part), now: Date.now() })
    })
    crashPoint('part.confirmed')
    await this.#options.sessions.notePart(part, digest.md5)
    this.#meter(upload.media_id).add(part.size_bytes, monotonic())
  }

  /**
   * Confirms a stored part. Saying it twice is no error.
   * @throws EngineError `not_found`, `conflict` on an ended upload or another etag than the confirmed one,
   * `invalid_input` with `details.expected` and `details.actual`.
   */
  confirm(mediaId: string, uploadId: string, partNumber: number, etag: string, sizeBytes: number): Confirmation {
    const { sessions } = this.#options
    const upload = sessions.get(mediaId, uploadId)
    assertOpen(upload)
    const part = sessions.part(upload, partNumber)
    assertConfirmable(part, normalizeEtag(etag), sizeBytes)
    if (part.confirmed_at === null) {
      this.#options.database.transaction(() => {
        sessions.rows.confirmPart.run({ ...keyOf(part), now: Date.now() })
        sessions.rows.touch.run({ mediaId, now: Date.now() })
      })
      crashPoint('part.confirmed')
      this.#meter(mediaId).add(part.size_bytes, monotonic())
    }
    return this.progressOf(upload)
  }

  /** Counted over the rows, at this moment. */
  progressOf(upload: UploadRow): Confirmation & { bytesUploaded: number; currentPart: number | null } {
    const counts = this.#options.sessions.rows.counts(upload.media_id)
    return {
      partsCompleted: counts.completed,
      totalParts: upload.total_parts,
      progressPercent: Math.round((counts.completed / upload.total_parts) * 10_000) / 100,
      bytesUploaded: counts.bytes,
      currentPart: counts.current,
      estimatedSecondsLeft: counts.bytes === upload.size_bytes ? 0 : this.#secondsLeft(upload, counts.bytes),
    }
  }

  /** Bytes per second of late, or null. */
  rateOf(mediaId: string): number | null {
    return this.#meters.get(mediaId)?.bytesPerSecond(monotonic()) ?? null
  }

  /** Whether a part came in within the last so many milliseconds. */
  isActive(mediaId: string, withinMs: number): boolean {
    return this.#meters.get(mediaId)?.isActive(withinMs, monotonic()) ?? false
  }

  /**
   * A new URL for a part that failed; the old one is void.
   * @throws EngineError `conflict` on a confirmed part or ended upload, `max_retries_exceeded` at the 4th call.
   */
  retry(mediaId: string, uploadId: string, partNumber: number): { part: UploadPart; retryAttempt: number } {
    const { sessions, database } = this.#options
    return database.transaction(() => {
      const upload = sessions.get(mediaId, uploadId)
      assertOpen(upload)
      const part = sessions.part(upload, partNumber)
      if (part.confirmed_at !== null) throw new EngineError('conflict', `Chunk ${partNumber} is confirmed already.`)
      if (part.retry_attempt >= MAX_PART_RETRIES) {
        throw new EngineError(
          'max_retries_exceeded',
          `Chunk ${partNumber} was retried ${MAX_PART_RETRIES} times. Resume the upload for fresh URLs.`,
          { chunk_number: partNumber, max_retries: MAX_PART_RETRIES },
        )
      }
      sessions.rows.countRetry.run(keyOf(part))
      const renewed = sessions.part(upload, partNumber)
      return { part: sessions.grant(upload, renewed), retryAttempt: renewed.retry_attempt }
    })
  }

  /** Ends every transfer into an upload and waits until its file is closed. */
  async stop(mediaId: string): Promise<void> {
    // "In-flight PUTs get 404".
    await this.#transfers.stop(mediaId, new EngineError('not_found', 'This upload was ended.'))
    this.forget(mediaId)
  }

  /** Copying into an upload stopped before its end: its bytes may be anything by the time it goes on. */
  interrupt(upload: UploadRow): void {
    this.#options.writers.interrupt(this.#options.sessions.fileOf(upload.media_id))
  }

  /** Drops what is remembered of an upload that has ended. */
  forget(mediaId: string): void {
    this.#meters.delete(mediaId)
  }

  #granted(grant: PartGrant): { upload: UploadRow; part: PartRow } {
    const { sessions } = this.#options
    const upload = sessions.get(grant.mediaId, grant.uploadId)
    if (upload.status === 'aborted' || upload.status === 'failed') {
      throw new EngineError('not_found', 'This upload was ended.')
    }
    const part = sessions.part(upload, grant.partNumber)
    // A resumed upload hands out URLs without spending a retry, so only a higher attempt voids an older URL.
    if (grant.retryAttempt < part.retry_attempt) throw new EngineError('url_refused', 'A newer URL replaced this one.')
    return { upload, part }
  }

  async #receive(
    upload: UploadRow,
    part: PartRow,
    body: AsyncIterable<Uint8Array>,
    contentMd5: string | null,
    signal: AbortSignal,
  ): Promise<PartDigest> {
    const confirmed = part.confirmed_at !== null || upload.status === 'completed'
    if (!confirmed) {
      if (part.stored_at !== null) this.#options.sessions.rows.clearPart.run(keyOf(part))
      await this.#options.sessions.ensureFile(upload)
    }
    this.#meter(upload.media_id).begin(monotonic())
    try {
      const digest = await this.#write(() => this.#pour(upload, part, confirmed, body, contentMd5, signal))
      crashPoint('part.stored')
      if (confirmed) assertSameBytes(part, digest)
      else {
        this.#options.database.transaction(() => this.#recordStored(upload, part, digest))
        crashPoint('part.recorded')
        await this.#options.sessions.notePart(part, digest.md5)
      }
      return digest
    } catch (error) {
      this.#options.sessions.rows.failPart.run(keyOf(part))
      throw error
    }
  }

  /** Streams the body into its place; nothing counts as stored before all of it was checked and synced. */
  async #pour(
    upload: UploadRow,
    part: PartRow,
    compareOnly: boolean,
    body: AsyncIterable<Uint8Array>,
    contentMd5: string | null,
    signal: AbortSignal,
  ): Promise<PartDigest> {
    const file = compareOnly ? null : this.#options.sessions.fileOf(upload.media_id)
    const offset = (part.part_number - 1) * upload.part_bytes
    const writing = await this.#options.writers.begin({ file, offset, sizeBytes: part.size_bytes })
    try {
      const received = await pump(body, writing, part.size_bytes, signal)
      assertSize(received, part.size_bytes)
      const digest = await writing.finish()
      assertMd5(contentMd5, digest.md5)
      return digest
    } catch (error) {
      await writing.drop()
      throw error
    }
  }

  #recordStored(upload: UploadRow, part: PartRow, digest: PartDigest): void {
    const { rows } = this.#options.sessions
    // An abort may have come in between: then there is nothing to store any more.
    if (rows.upload(upload.media_id)?.status !== 'uploading')
      throw new EngineError('not_found', 'This upload was ended.')
    rows.storePart.run({ ...keyOf(part), md5: digest.md5, now: Date.now() })
    rows.touch.run({ mediaId: upload.media_id, now: Date.now() })
  }

  async #write<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw explainWriteFailure(error, 'the library folder')
    }
  }

  #secondsLeft(upload: UploadRow, bytesDone: number): number | null {
    return this.#meters.get(upload.media_id)?.secondsLeft(upload.size_bytes - bytesDone, monotonic()) ?? null
  }

  #meter(mediaId: string): RateMeter {
    const known = this.#meters.get(mediaId)
    if (known) return known
    const meter = new RateMeter()
    this.#meters.set(mediaId, meter)
    return meter
  }
}

/** Hands the body on piece by piece; returns its length. Stops reading as soon as it is longer than it may be. */
async function pump(
  body: AsyncIterable<Uint8Array>,
  writing: PartWriting,
  limit: number,
  signal: AbortSignal,
): Promise<number> {
  const pieces = body[Symbol.asyncIterator]()
  try {
    for (let received = 0; ;) {
      // A sender that says nothing must not keep a newer transfer, or an abort, waiting.
      const piece = await unlessAborted(pieces.next(), signal)
      if (piece.done === true) return received
      received += piece.value.length
      if (received > limit) return received
      await writing.append(piece.value)
      signal.throwIfAborted()
    }
  } finally {
    // Not waited for: it ends only when the sender speaks again.
    pieces.return?.().catch(() => undefined)
  }
}

/**
 * What `promise` brings, or the signal's reason. Racing every piece against one promise of the abort would not do: that
 * promise would keep each of them, the whole part, in memory for as long as the part comes in.
 */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(asEngineError(signal.reason))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function keyOf(part: PartRow): { mediaId: string; partNumber: number } {
  return { mediaId: part.media_id, partNumber: part.part_number }
}
