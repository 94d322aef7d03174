import fs from 'node:fs/promises'
import path from 'node:path'
import { toInstant } from '../../base/clock.ts'
import { KeyedMutex } from '../../base/mutex.ts'
import { EngineError, type Roi, type StoredFile } from '../../contract/index.ts'
import { inputArguments, runFfmpeg, type FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type DataFolder, isMissing, sizeOf } from '../../platform/files/index.ts'
import type { Files } from '../library/index.ts'
import { makePictures, probeVideo } from '../media/index.ts'
import type { Checksums, ObjectStore } from '../objects/index.ts'
import { fit } from './frame-size.ts'
import type { Inputs } from './inputs.ts'
import type { TaskRows } from './task-rows.ts'
import { inputOf, type Tasks } from './tasks.ts'

export interface TaskFilesOptions {
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly objects: ObjectStore
  readonly libraryFiles: Files
  readonly inputs: Inputs
  readonly tasks: Tasks
  readonly rows: TaskRows
  readonly tools: () => Promise<FfmpegTools>
}

/** Pixels of the longer side of a whole frame, and of a part of it. */
const FRAME_LONG_SIDE = 1280
const PART_LONG_SIDE = 240

/** The video of a task, and pictures of its frames, for the window. */
export class TaskFiles {
  readonly #options: TaskFilesOptions
  /** Pictures of one task are made one after the other: a page requests dozens at once. */
  readonly #queue = new KeyedMutex()

  constructor(options: TaskFilesOptions) {
    this.#options = options
  }

  /** @throws EngineError `not_found`. */
  async video(taskId: string): Promise<StoredFile> {
    const { tasks, libraryFiles, objects, tools } = this.#options
    const row = tasks.row(taskId)
    if (row.media_id !== null) return await libraryFiles.play(row.media_id)
    if (row.sha256 === null) throw new EngineError('not_found', 'The video of this task is not fetched yet.')
    const file = objects.pathOf(row.sha256)
    const { metadata } = await probeVideo(await tools(), file)
    const contentType = metadata.formatName === 'webm' ? 'video/webm' : 'video/mp4'
    return await stat(file, contentType, `"${row.sha256}"`, row.title)
  }

  /** @throws EngineError `not_found`, `media_failed`. */
  async picture(taskId: string, frame: number, roi: Roi | null, signal: AbortSignal): Promise<StoredFile> {
    const { folder } = this.#options
    const name = roi ? `${frame}-${roi.left}-${roi.top}-${roi.width}-${roi.height}.jpg` : `${frame}.jpg`
    const file = path.join(folder.derivedOf(taskId), 'pictures', name)
    await this.#queue.run(taskId, async () => {
      if ((await sizeOf(file)) === null) await this.#make(taskId, frame, roi, file, signal)
    })
    return await stat(file, 'image/jpeg', `"${taskId}/${name}"`, name)
  }

  async #make(taskId: string, frame: number, roi: Roi | null, file: string, signal: AbortSignal): Promise<void> {
    const { tasks, inputs, rows } = this.#options
    const tools = await this.#options.tools()
    const row = tasks.row(taskId)
    if (row.media_id === null && row.sha256 === null) {
      throw new EngineError('not_found', 'The video of this task is not fetched yet.')
    }
    const { path: source, index, size } = await inputs.open(row, inputOf(row), rows, signal)
    if (frame >= index.count) throw new EngineError('not_found', `This video has no frame ${frame}.`)
    const folder = path.dirname(file)
    const whole = path.join(folder, `${frame}.jpg`)
    if ((await sizeOf(whole)) === null) {
      const pictures = { folder, nameOf: () => `${frame}.jpg`, longSide: FRAME_LONG_SIDE, frames: index, signal }
      await makePictures(tools, source, [index.timeOf(frame)], pictures)
      await this.#options.checksums.record(taskId, [`pictures/${frame}.jpg`])
    }
    if (!roi) return
    const scale = fit(size, FRAME_LONG_SIDE).width / size.width
    const part = [roi.width, roi.height, roi.left, roi.top].map((pixels) => Math.max(0, Math.round(pixels * scale)))
    const [width = 1, height = 1, left = 0, top = 0] = part
    const shown = fit({ width: Math.max(1, width), height: Math.max(1, height) }, PART_LONG_SIDE)
    const crop = `crop=${Math.max(1, width)}:${Math.max(1, height)}:${left}:${top}:exact=1`
    const filter = `format=yuvj444p,${crop},scale=${shown.width}:${shown.height}:flags=area`
    const temporary = `${file}.new`
    // Our own picture: its demuxer is not on the list that is allowed for untrusted files.
    const read = inputArguments(whole).filter((_argument, at, all) => !isWhitelist(all, at))
    await runFfmpeg(tools, [...read, '-vf', filter, '-q:v', '3', '-f', 'mjpeg', temporary], { signal })
    await fs.rename(temporary, file)
    await this.#options.checksums.record(taskId, [`pictures/${path.basename(file)}`])
  }
}

function isWhitelist(all: readonly string[], at: number): boolean {
  return all[at] === '-format_whitelist' || all[at - 1] === '-format_whitelist'
}

async function stat(file: string, contentType: string, etag: string, filename: string): Promise<StoredFile> {
  try {
    const { size, mtimeMs } = await fs.stat(file)
    return { path: file, sizeBytes: size, contentType, etag, modifiedAt: toInstant(mtimeMs), filename }
  } catch (error) {
    if (isMissing(error)) throw new EngineError('not_found', 'This file is missing from the library folder.')
    throw error
  }
}
