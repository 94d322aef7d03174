import { EngineError, MAX_PART_RETRIES, type UploadPart } from '../../contract/index.ts'
import { RateMeter } from '../../base/rate-meter.ts'
import type { SlotLimits } from '../../base/slots.ts'
import { crashPoint } from '../../platform/files/index.ts'
import { assertConfirmable, assertOpen, normalizeEtag } from './part-checks.ts'
import { type CopyCall, PartCopies } from './part-copies.ts'
import { PartReceiver, type PartReceiverOptions } from './part-receiver.ts'
import { keyOf, type PartRow } from './part-rows.ts'
import { PartTransfers } from './part-transfers.ts'
import type { PartGrant, PartTokens } from './token.ts'
import type { UploadRow } from './upload-rows.ts'

export interface PartUpload {
  readonly token: string
  /** What the client announced, when it did. */
  readonly sizeBytes: number | null
  /** Base64, as the Content-MD5 header has it. */
  readonly contentMd5: string | null
  readonly body: AsyncIterable<Uint8Array>
}

export interface PartsOptions extends PartReceiverOptions {
  readonly tokens: PartTokens
  /** How many parts may come in at a time, over all uploads and into one. */
  readonly slots?: SlotLimits
}

export interface Confirmation {
  readonly partsCompleted: number
  readonly totalParts: number
  readonly progressPercent: number
  readonly estimatedSecondsLeft: number | null
}

/** Receives, confirms and re-requests the parts of uploads. */
export class Parts {
  /** How fast the bytes of each upload come in, by its media id. */
  readonly #rates = new Map<string, RateMeter>()
  readonly #options: PartsOptions
  readonly #receiver: PartReceiver
  readonly #copies: PartCopies
  readonly #transfers: PartTransfers

  constructor(options: PartsOptions) {
    this.#options = options
    this.#receiver = new PartReceiver(options)
    this.#copies = new PartCopies(options)
    this.#transfers = new PartTransfers(options.slots)
  }

  /**
   * Stores one part. Answers only when bytes and row are durable.
   * @throws EngineError `url_refused` for a bad, expired or replaced URL, `not_found` for an aborted or unknown upload,
   * `body_mismatch` (`details.reason` is S3's name for it), `conflict` when other bytes were confirmed, `storage_full`,
   * `unavailable` when too many parts are coming in.
   */
  async store({ token, sizeBytes, contentMd5, body }: PartUpload): Promise<{ etag: string; partNumber: number }> {
    const grant = this.#options.tokens.verify(token, Date.now())
    if (sizeBytes !== null) this.#receiver.assertAnnounced(this.#granted(grant).part, sizeBytes)
    const digest = await this.#transfers.run(grant, async ({ signal, counted }) => {
      // Read only now: an earlier transfer may have stored the part meanwhile, and its sender confirmed it.
      const { upload, part } = this.#granted(grant)
      this.#rate(upload.media_id).begin()
      return await this.#receiver.receive(upload, part, { pieces: counted(body), contentMd5, signal })
    })
    return { etag: digest.md5, partNumber: grant.partNumber }
  }

  /**
   * Copies a file of this machine into an upload and confirms its parts.
   * @returns the sha-256 of the whole file. @throws EngineError as `PartCopies.copy`.
   */
  async copy(upload: UploadRow, source: string, call: CopyCall): Promise<string> {
    const rate = this.#rate(upload.media_id)
    rate.begin()
    const onConfirmed = (bytes: number): void => {
      rate.add(bytes)
      call.onConfirmed(bytes)
    }
    return await this.#copies.copy(upload, source, { ...call, onConfirmed })
  }

  /**
   * Confirms a stored part, and resolves once that is on the disk. Confirming it twice is no error.
   * @throws EngineError `not_found`, `conflict` on an ended upload or another etag than the confirmed one,
   * `invalid_input` with `details.expected` and `details.actual`.
   */
  async confirm(
    mediaId: string,
    uploadId: string,
    partNumber: number,
    etag: string,
    sizeBytes: number,
  ): Promise<Confirmation> {
    const { sessions, database } = this.#options
    const upload = sessions.get(mediaId, uploadId)
    assertOpen(upload)
    const part = sessions.part(upload, partNumber)
    assertConfirmable(part, normalizeEtag(etag), sizeBytes)
    if (part.confirmed_at === null) {
      database.unsynced(() => {
        sessions.partRows.confirm.run({ ...keyOf(part), now: Date.now() })
        sessions.rows.touch.run({ mediaId, now: Date.now() })
      })
      crashPoint('part.confirmed')
      this.#rate(mediaId).add(part.size_bytes)
    }
    // UP-52; of a repeated confirmation the first one may not be on the disk yet.
    await database.synced()
    return this.progressOf(upload)
  }

  /** Counted over the rows, now. */
  progressOf(upload: UploadRow): Confirmation & { bytesUploaded: number; currentPart: number | null } {
    const { media_id: mediaId, total_parts: totalParts, size_bytes: sizeBytes } = upload
    const { completed, bytes, current } = this.#options.sessions.partRows.counts(mediaId)
    return {
      partsCompleted: completed,
      totalParts,
      progressPercent: Math.round((completed / totalParts) * 10_000) / 100,
      bytesUploaded: bytes,
      currentPart: current,
      estimatedSecondsLeft: sizeBytes === bytes ? 0 : (this.rateOf(mediaId)?.secondsLeft(sizeBytes - bytes) ?? null),
    }
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
      if (part.confirmed_at !== null) throw new EngineError('conflict', `Chunk ${partNumber} is already confirmed.`)
      if (part.retry_attempt >= MAX_PART_RETRIES) {
        throw new EngineError(
          'max_retries_exceeded',
          `Chunk ${partNumber} was retried ${MAX_PART_RETRIES} times. Resume the upload for fresh URLs.`,
          { chunk_number: partNumber, max_retries: MAX_PART_RETRIES },
        )
      }
      sessions.partRows.countRetry.run(keyOf(part))
      const renewed = sessions.part(upload, partNumber)
      return { part: sessions.grant(upload, renewed), retryAttempt: renewed.retry_attempt }
    })
  }

  /** Ends every transfer into an upload and waits until its file is closed. */
  async stop(mediaId: string): Promise<void> {
    // UP-40
    await this.#transfers.stop(mediaId, new EngineError('not_found', 'This upload was ended.'))
    this.forget(mediaId)
  }

  /** Drops what is remembered of an upload that has ended. */
  forget(mediaId: string): void {
    this.#rates.delete(mediaId)
  }

  /** How fast its bytes come in; undefined while none did. */
  rateOf(mediaId: string): RateMeter | undefined {
    return this.#rates.get(mediaId)
  }

  #rate(mediaId: string): RateMeter {
    const rate = this.#rates.get(mediaId) ?? new RateMeter()
    this.#rates.set(mediaId, rate)
    return rate
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
}
