import path from 'node:path'
import { EngineError } from '../../contract/index.ts'
import type { CompletionOptions } from './completion.ts'
import type { ImportRow, ImportRows } from './import-rows.ts'
import { inspectAgain } from './import-source.ts'
import type { Videos } from '../library/index.ts'
import type { UploadRow } from './upload-rows.ts'
import type { Uploads } from './uploads.ts'

/** Imports are analysed by the models of this machine, not by a company's. */
const OPTIONS: CompletionOptions = { autoAnalyze: true, analysisProvider: 'local', analysisType: 'full_vlm' }
/** Parts copied at a time: while one is synced the next is read, and a card is still read forwards. */
const CONCURRENT_COPIES = 2
/** A disk that damages parts this often is broken. */
const MAX_ROUNDS = 3

export interface ImportCopyOptions {
  readonly uploads: Uploads
  readonly videos: Videos
  /** The user to whom imported videos belong. */
  readonly ownerId: string
}

/** How far one import is. */
export interface CopyProgress {
  stage: 'uploading' | 'checking'
  partsInFlight: number
  /** Bytes of the source read so far while it is compared with the library's videos; null in any other stage. */
  bytesCompared: number | null
}

export interface CopyCall {
  readonly signal: AbortSignal
  readonly progress: CopyProgress
  readonly onProgress: () => void
}

/** A video of the library with the bytes of the file. */
interface Duplicate {
  readonly videoId: string
  readonly sha256: string
  /** Its bytes were read and are right. */
  readonly isWhole: boolean
}

/** Brings one file of this machine into the library through the same sessions, parts and assembly as an HTTP upload. */
export class ImportCopy {
  readonly #uploads: Uploads
  readonly #rows: ImportRows
  readonly #options: ImportCopyOptions

  constructor(rows: ImportRows, options: ImportCopyOptions) {
    this.#uploads = options.uploads
    this.#rows = rows
    this.#options = options
  }

  /**
   * Goes on where it was; may be called again after any failure.
   * @returns the video that had these very bytes before, when there is one: then nothing was added. If its own bytes
   * were damaged or gone, they were put right by those of the file.
   * @throws EngineError `source_missing`, `source_changed`, `storage_full`, `storage_refused`, `invalid_video`,
   * `truncated_video`, `cancelled`.
   */
  async run(row: ImportRow, call: CopyCall): Promise<string | null> {
    // Completed, but the end of the import was not written down: its file is no longer needed.
    if (row.media_id !== null && this.#uploads.sessions.rows.get(row.media_id)?.status === 'completed') return null
    await assertUnchanged(row)
    const duplicate = await this.#findDuplicate(row, call)
    if (duplicate?.isWhole) {
      await this.#abort(row)
      return duplicate.videoId
    }
    const upload = await this.#session(row)
    try {
      return await this.#copyAndComplete(row, upload, call, duplicate)
    } catch (error) {
      this.#uploads.parts.interrupt(upload)
      throw error
    }
  }

  /** @returns the video whose damaged bytes were put right, when it was that; null when it became one of its own. */
  async #copyAndComplete(
    row: ImportRow,
    upload: UploadRow,
    call: CopyCall,
    duplicate: Duplicate | null,
  ): Promise<string | null> {
    for (let round = 1; ; round += 1) {
      await this.#copyParts(row, upload, call)
      try {
        if (duplicate && (await this.#heal(row, upload, call, duplicate))) return duplicate.videoId
        await this.#complete(row, upload, call)
        return null
      } catch (error) {
        if (!isDamage(error) || round === MAX_ROUNDS) throw error
      }
    }
  }

  /** The upload is not needed: as when a crash came right after it had repaired the duplicate. */
  async #abort(row: ImportRow): Promise<void> {
    await this.#uploads.abortIfOpen(row.media_id)
    this.#rows.setMedia.run({ id: row.id, mediaId: null })
  }

  /** The video that has these very bytes (UP-112). */
  async #findDuplicate(row: ImportRow, { signal, progress, onProgress }: CopyCall): Promise<Duplicate | null> {
    const { videos } = this.#options
    // Only if a video has just as many bytes is the file worth hashing before it is copied.
    if (!videos.hasSize(row.size_bytes)) return null
    progress.stage = 'checking'
    const { assembly } = this.#uploads
    // First the file, then the library's object: each is half of the work.
    const watch = (done: number) => ({
      signal,
      onProgress: (bytes: number): void => {
        progress.bytesCompared = Math.floor((done + bytes) / 2)
        onProgress()
      },
    })
    const { sha256 } = await assembly.hash(row.path, row.size_bytes, watch(0))
    const videoId = videos.idBySha256(sha256)
    const isWhole = videoId !== null && (await assembly.isProven(sha256, watch(row.size_bytes)))
    progress.bytesCompared = null
    return videoId === null ? null : { videoId, sha256, isWhole }
  }

  /** The bytes of the duplicate are damaged or gone: the good file replaces them. */
  async #heal(row: ImportRow, upload: UploadRow, { signal, progress, onProgress }: CopyCall, duplicate: Duplicate) {
    progress.stage = 'checking'
    onProgress()
    const forget = (): void => void this.#rows.setMedia.run({ id: row.id, mediaId: null })
    return await this.#uploads.assembly.heal(upload, duplicate.sha256, forget, signal)
  }

  /** The upload this import fills: the one it began before, if it did. */
  async #session(row: ImportRow): Promise<UploadRow> {
    const { sessions } = this.#uploads
    const known = row.media_id === null ? undefined : sessions.rows.get(row.media_id)
    if (known && known.status !== 'aborted') return known
    const about = {
      filename: path.basename(row.path),
      contentType: row.content_type,
      sizeBytes: row.size_bytes,
      tags: [],
      custom: {},
      ownerId: this.#options.ownerId,
    }
    // Both or none: a session that no import knows of would keep its room for a week.
    const { mediaId } = await sessions.initiate(about, (mediaId) => this.#rows.setMedia.run({ id: row.id, mediaId }))
    return sessions.get(mediaId)
  }

  /** Several parts at a time, in order, so that a reading disk is read forwards. */
  async #copyParts(row: ImportRow, upload: UploadRow, { signal, progress, onProgress }: CopyCall): Promise<void> {
    const { parts, sessions } = this.#uploads
    progress.stage = 'uploading'
    const queue = sessions.partRows
      .list(upload.media_id)
      .filter((part) => part.confirmed_at === null)
      .values()
    const copyNext = async (): Promise<void> => {
      for (const part of queue) {
        signal.throwIfAborted()
        progress.partsInFlight += 1
        await parts.copy(upload, part, row.path, signal).finally(() => (progress.partsInFlight -= 1))
        onProgress()
      }
    }
    const ended = await Promise.allSettled(Array.from({ length: CONCURRENT_COPIES }, copyNext))
    for (const result of ended) if (result.status === 'rejected') throw result.reason
    // A file that was written to while it was read is neither its old self nor its new one.
    await assertUnchanged(row)
  }

  async #complete(row: ImportRow, upload: UploadRow, { signal, progress, onProgress }: CopyCall): Promise<void> {
    progress.stage = 'checking'
    onProgress()
    const keepTruncated = this.#rows.get(row.id)?.keep_truncated === 1
    await this.#uploads.assembly.complete(upload.media_id, upload.upload_id, { ...OPTIONS, keepTruncated }, signal)
  }
}

async function assertUnchanged(row: ImportRow): Promise<void> {
  const now = await inspectAgain(row.path)
  const name = path.basename(row.path)
  if (!now) throw new EngineError('source_missing', `${name} is no longer in ${path.dirname(row.path)}.`)
  if (now.sizeBytes === row.size_bytes && now.modifiedAt === row.modified_at) return
  throw new EngineError('source_changed', `${name} changed while it was imported. Retry imports it as it is now.`)
}

function isDamage(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'incomplete_upload' && error.details?.['damaged'] === true
}
