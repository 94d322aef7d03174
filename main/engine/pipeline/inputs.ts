import { rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { EngineError, SENT_VIDEO_BYTES, type SentVideo, type TaskInput } from '../../contract/index.ts'
import { Base64Decoder, NotBase64 } from '../../base/base64-decoder.ts'
import { checkUrl, download, hostOf } from '../../platform/download/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type DataFolder, explainWriteFailure } from '../../platform/files/index.ts'
import { probeVideo } from '../media/index.ts'
import { type FrameIndexStore, metadataOf, type Videos } from '../library/index.ts'
import type { Checksums, ObjectRefs, ObjectStore } from '../objects/index.ts'
import type { SentVideos } from './sent-videos.ts'
import { describeVideo, type OpenedVideo } from './opened-video.ts'
import type { TaskRow, TaskRows } from './task-rows.ts'

export interface InputsOptions {
  readonly folder: DataFolder
  readonly objects: ObjectStore
  readonly refs: ObjectRefs
  readonly checksums: Checksums
  readonly videos: Videos
  readonly frames: FrameIndexStore
  readonly sentVideos: SentVideos
  readonly tools: () => Promise<FfmpegTools>
  /** FIELDREEL_ALLOW_PRIVATE_URLS=1. */
  readonly allowPrivateUrls: boolean
}

/** An input of a new task. */
export interface Admitted {
  readonly title: string
  readonly mediaId: string | null
  /** As it is stored and shown: base64 is replaced (PI-52). */
  readonly input: TaskInput
  readonly staged: Staged | null
}

/** A file, synced, on its way into the object store. */
interface Staged {
  readonly file: string
  readonly sha256: string
  readonly sizeBytes: number
}

const STORE = 'store://'
/** Of references to objects. */
const OWNER_KIND = 'task'
/** As large as uploads may be. */
const MOST_DOWNLOAD_BYTES = 10_737_418_240
const DOWNLOAD_LIMIT_MS = 60 * 60_000
const STALL_MS = 30_000
const PROBE_LIMIT_MS = 30_000
const OPEN_LIMIT_MS = 60_000

/** Where tasks get their videos: the library, a URL, or the request itself. */
export class Inputs {
  readonly #options: InputsOptions

  constructor(options: InputsOptions) {
    this.#options = options
  }

  /** @throws EngineError `invalid_input`, `too_large`, `storage_full`. */
  async admit(input: TaskInput): Promise<Admitted> {
    if (input.type === 'video_base64') return await this.#stage(input)
    if (input.url.startsWith(STORE)) return this.#fromLibrary(input)
    const url = checkUrl(input.url, this.#options.allowPrivateUrls)
    const name = decodeURIComponentSafely(url.pathname.split('/').at(-1) ?? '')
    return { title: name || hostOf(url), mediaId: null, input, staged: null }
  }

  /** Moves a staged file into the object store; `refer` creates the task that refers to it. */
  async keep(taskId: string, { file, sha256, sizeBytes }: Staged, refer: () => void): Promise<void> {
    const { objects, refs } = this.#options
    await objects.admit(file, sha256, sizeBytes, () => {
      objects.record(sha256, sizeBytes)
      refs.put({ sha256, ownerKind: OWNER_KIND, ownerId: taskId, description: null })
      refer()
    })
  }

  /** Notes that a task is gone; part of the transaction that removes it. */
  forget(taskId: string): void {
    const { checksums, refs } = this.#options
    refs.remove(OWNER_KIND, taskId)
    checksums.forgetAll(taskId)
  }

  /** @throws EngineError when the video cannot be read. */
  async open(row: TaskRow, input: TaskInput, rows: TaskRows, signal: AbortSignal): Promise<OpenedVideo> {
    const { videos, frames, tools, objects } = this.#options
    if (row.media_id !== null) {
      const video = videos.row(row.media_id)
      return describeVideo(videos.sourceOf(video), metadataOf(video), await frames.of(video, signal))
    }
    const sha256 = row.sha256 ?? (await this.#fetch(row, input, rows, signal))
    const file = objects.pathOf(sha256)
    const { metadata, startSeconds } = await probeVideo(await tools(), file, { signal, timeLimitMs: OPEN_LIMIT_MS })
    return describeVideo(file, metadata, await frames.provide(row.id, file, { startSeconds, signal }))
  }

  /** Removes the files of a removed task. */
  async release({ id, sha256 }: TaskRow): Promise<void> {
    await rm(this.#options.folder.derivedOf(id), { recursive: true, force: true })
    if (sha256 !== null) await this.#options.objects.release(sha256)
  }

  async #fetch(row: TaskRow, input: TaskInput, rows: TaskRows, signal: AbortSignal): Promise<string> {
    const { allowPrivateUrls, folder } = this.#options
    if (input.type !== 'video_url') throw new EngineError('source_missing', 'The bytes of this request are gone.')
    const file = stagingFile(folder, row.id)
    const limits = { maxBytes: MOST_DOWNLOAD_BYTES, timeLimitMs: DOWNLOAD_LIMIT_MS, stallMs: STALL_MS }
    try {
      const call = { url: input.url, file, allowPrivate: allowPrivateUrls, signal, ...limits }
      const downloaded = await download(call)
      await this.#probe(file, signal)
      const { sha256 } = downloaded
      await this.keep(row.id, { file, ...downloaded }, () => rows.setObject.run({ id: row.id, sha256 }))
      return sha256
    } finally {
      await rm(file, { force: true })
    }
  }

  #fromLibrary(input: TaskInput & { type: 'video_url' }): Admitted {
    const mediaId = z.uuid().safeParse(input.url.slice(STORE.length).toLowerCase()).data
    const title = mediaId === undefined ? null : this.#options.videos.titleOf(mediaId)
    if (mediaId === undefined || title === null) throw invalid('url', 'There is no such video in the library.')
    return { title, mediaId, input, staged: null }
  }

  async #stage(input: TaskInput & { type: 'video_base64' }): Promise<Admitted> {
    const { data, ...rest } = input
    const { file, sha256, sizeBytes } = typeof data === 'string' ? await this.#receive(data) : data
    try {
      await this.#probe(file, AbortSignal.timeout(PROBE_LIMIT_MS)).catch((error: unknown) => {
        // PI-3
        throw error instanceof EngineError && error.code === 'invalid_video' ? invalid('data', error.message) : error
      })
    } catch (error) {
      await rm(file, { force: true })
      throw explainWriteFailure(error, file)
    }
    return {
      title: 'A video sent with the request',
      mediaId: null,
      input: { ...rest, data: `object:${sha256}` },
      staged: { file, sha256, sizeBytes },
    }
  }

  /** A video so short that the transport left it in the request. */
  async #receive(data: string): Promise<SentVideo> {
    const bytes = decode(data)
    const receiving = await this.#options.sentVideos.begin()
    try {
      await receiving.write(bytes)
      return await receiving.finish()
    } catch (error) {
      await receiving.drop()
      throw error
    }
  }

  async #probe(file: string, signal: AbortSignal): Promise<void> {
    await probeVideo(await this.#options.tools(), file, { signal, timeLimitMs: PROBE_LIMIT_MS })
  }
}

/** The dot marks files that are removed at the next start. */
function stagingFile(folder: DataFolder, taskId: string): string {
  return path.join(folder.streams, `.${taskId}.video`)
}

/** @throws EngineError `invalid_input`, `too_large`. */
function decode(data: string): Buffer {
  if (data.length > Math.ceil(SENT_VIDEO_BYTES / 3) * 4 + 300) throw tooLarge()
  const decoder = new Base64Decoder()
  try {
    const bytes = Buffer.concat([decoder.update(data), decoder.finish()])
    if (bytes.length <= SENT_VIDEO_BYTES) return bytes
  } catch (error) {
    throw error instanceof NotBase64 ? invalid('data', error.message) : error
  }
  throw tooLarge()
}

function tooLarge(): EngineError {
  return new EngineError(
    'too_large',
    'A video sent with its request has 64 MB at most. Upload it and name it as store://<media_id>.',
  )
}

function invalid(field: string, message: string): EngineError {
  return new EngineError('invalid_input', message, {
    fields: [{ in: 'body', field: `input.0.${field}`, reason: message }],
  })
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
