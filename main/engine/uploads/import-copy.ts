import path from 'node:path'
import { EngineError } from '../../contract/index.ts'
import { isText, kindOf, readablePath } from '../../platform/files/index.ts'
import type { AssemblyCall } from './assembly.ts'
import type { CompletionOptions } from './completion.ts'
import type { ImportRow, ImportRows } from './import-rows.ts'
import { inspectAgain } from './import-source.ts'
import { isLikelyAmong } from './likely-duplicates.ts'
import type { Videos } from '../library/index.ts'
import type { UploadRow } from './upload-rows.ts'
import type { Uploads } from './uploads.ts'

/** Imports are analysed by the models of this machine, not by a company's. */
const OPTIONS: CompletionOptions = { autoAnalyze: true, analysisProvider: 'local', analysisType: 'full_vlm' }
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
  /** Whether bytes are being copied. */
  isCopying: boolean
  /** Bytes of the source read so far while it is compared with the library's videos; null in any other stage. */
  bytesCompared: number | null
}

export interface CopyCall {
  readonly signal: AbortSignal
  readonly progress: CopyProgress
  readonly onProgress: () => void
}

/** What copying found out: nothing of a file that had moved before. */
type Copied = Pick<AssemblyCall, 'sha256' | 'probed'>

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
    const duplicate = await this.#findWholeDuplicate(row, call)
    if (duplicate !== null) {
      await this.#abort(row)
      return duplicate
    }
    return await this.#copyAndComplete(row, await this.#session(row), call)
  }

  /** @returns the video that had these bytes before; null when it became one of its own. */
  async #copyAndComplete(row: ImportRow, upload: UploadRow, call: CopyCall): Promise<string | null> {
    for (let round = 1; ; round += 1) {
      const copied = (await this.#hasMoved(upload)) ? {} : await this.#copyFile(row, upload, call)
      try {
        const duplicate = await this.#heal(row, upload, call, copied)
        if (duplicate === null) await this.#complete(row, upload, call, copied)
        return duplicate
      } catch (error) {
        if (!isDamage(error) || round === MAX_ROUNDS) throw error
      }
    }
  }

  /** A crash came after the file had moved into the object store and before that was written down. */
  async #hasMoved({ media_id: mediaId }: UploadRow): Promise<boolean> {
    const { folders, rows } = this.#uploads.sessions
    const sha256 = rows.get(mediaId)?.sha256 ?? null
    return sha256 !== null && (await kindOf(folders.dataOf(mediaId))) === null
  }

  /** The upload is not needed: as when a crash came right after it had repaired the duplicate. */
  async #abort(row: ImportRow): Promise<void> {
    await this.#uploads.abortIfOpen(row.media_id)
    this.#rows.setMedia.run({ id: row.id, mediaId: null })
  }

  /** The video that has these very bytes, all of them read (UP-112): then nothing has to be copied. */
  async #findWholeDuplicate(row: ImportRow, { signal, progress, onProgress }: CopyCall): Promise<string | null> {
    const { videos } = this.#options
    // Only if something in the library looks the same is the file worth hashing before it is copied.
    const likely = await isLikelyAmong(videos.filesOfSize(row.size_bytes), row.path, row.size_bytes)
    if (!likely) return null
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
    return isWhole ? videoId : null
  }

  /**
   * Ends the upload when a video has these bytes already. Where the video's own are damaged or gone, the file replaces them.
   * @returns that video.
   */
  async #heal(row: ImportRow, upload: UploadRow, call: CopyCall, { sha256 }: Copied): Promise<string | null> {
    const { signal, progress, onProgress } = call
    const videoId = sha256 === undefined ? null : this.#options.videos.idBySha256(sha256)
    if (sha256 === undefined || videoId === null) return null
    progress.stage = 'checking'
    onProgress()
    const forget = (): void => void this.#rows.setMedia.run({ id: row.id, mediaId: null })
    const isHealed = await this.#uploads.assembly.heal(upload, sha256, forget, { signal, sha256 })
    return isHealed ? videoId : null
  }

  /** The upload this import fills: the one it began before, if it did. */
  async #session(row: ImportRow): Promise<UploadRow> {
    const { sessions } = this.#uploads
    const known = row.media_id === null ? undefined : sessions.rows.get(row.media_id)
    if (known && known.status !== 'aborted') return known
    const about = {
      filename: path.basename(readablePath(row.path)),
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

  /** Every byte was hashed on its way, or read again. What the file is was found out meanwhile. */
  async #copyFile(row: ImportRow, upload: UploadRow, { signal, progress, onProgress }: CopyCall): Promise<Copied> {
    const { assembly, parts } = this.#uploads
    const ended = new AbortController()
    const onCompared = (bytes: number | null): void => {
      progress.stage = bytes === null ? 'uploading' : 'checking'
      progress.bytesCompared = bytes
      onProgress()
    }
    progress.stage = 'uploading'
    progress.isCopying = true
    try {
      // One whose path is no text is probed where it is copied to.
      const probing = isText(row.path) ? assembly.probe(row.path, AbortSignal.any([signal, ended.signal])) : null
      const sha256 = await parts.copy(upload, row.path, { signal, onCompared, onConfirmed: onProgress })
      const probed = await probing
      // A file that was written to while it was read is neither its old self nor its new one.
      await assertUnchanged(row)
      return { sha256, probed }
    } finally {
      ended.abort()
      progress.isCopying = false
      progress.bytesCompared = null
    }
  }

  async #complete(row: ImportRow, upload: UploadRow, call: CopyCall, copied: Copied): Promise<void> {
    const { signal, progress, onProgress } = call
    progress.stage = 'checking'
    onProgress()
    const keepTruncated = this.#rows.get(row.id)?.keep_truncated === 1
    const { media_id: mediaId, upload_id: uploadId } = upload
    const options = { ...OPTIONS, keepTruncated, addedAt: row.added_at }
    await this.#uploads.assembly.complete(mediaId, uploadId, options, { signal, ...copied })
  }
}

async function assertUnchanged(row: ImportRow): Promise<void> {
  const now = await inspectAgain(row.path)
  const name = path.basename(readablePath(row.path))
  if (!now) throw new EngineError('source_missing', `${name} is no longer in ${path.dirname(readablePath(row.path))}.`)
  if (now.sizeBytes === row.size_bytes && now.modifiedAt === row.modified_at) return
  throw new EngineError('source_changed', `${name} changed while it was imported. Retry imports it as it is now.`)
}

function isDamage(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'incomplete_upload' && error.details?.['damaged'] === true
}
