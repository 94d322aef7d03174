import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { raceAbort } from '../../../base/abortable.ts'
import { toInstant } from '../../../base/clock.ts'
import { KeyedMutex } from '../../../base/mutex.ts'
import { RateMeter } from '../../../base/rate-meter.ts'
import {
  asEngineError,
  EngineError,
  type FrameIndex,
  type StoredFile,
  type TaskInput,
} from '../../../contract/index.ts'
import type { FfmpegTools } from '../../../platform/ffmpeg/index.ts'
import { type DataFolder, explainWriteFailure, sizeOf } from '../../../platform/files/index.ts'
import { type CopiedRange, makeAnnotatedCopy, seekTo } from '../../media/index.ts'
import type { Checksums } from '../../objects/index.ts'
import type { Archives } from '../archives.ts'
import type { Inputs } from '../inputs.ts'
import type { OpenedVideo } from '../opened-video.ts'
import { rangeOf } from '../sampling.ts'
import type { TaskRow, TaskRows } from '../task-rows.ts'
import { inputOf, type Tasks } from '../tasks.ts'
import { progressStream } from './progress-stream.ts'
import { type Sample, samplesOf } from './samples.ts'
import { AnnotationScript } from './script.ts'

export interface AnnotatedVideosOptions {
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly archives: Archives
  readonly inputs: Inputs
  readonly tasks: Tasks
  readonly rows: TaskRows
  readonly tools: () => Promise<FfmpegTools>
}

export interface AnnotationProgress {
  /** 0 to 1. */
  readonly fraction: number
  readonly secondsLeft: number | null
}

type Report = (progress: AnnotationProgress) => void

const VIDEO = 'annotated.mp4'
const SCRIPT = 'annotated.ass'
/** Characters of a script that are written at a time. */
const WRITE_CHARACTERS = 65_536

/**
 * The videos of ended tasks with their targets drawn over them (PI-71). Each is made when it is first needed, one at a
 * time, and kept beside the task's pictures until the task is removed.
 */
export class AnnotatedVideos {
  readonly #options: AnnotatedVideosOptions
  readonly #queue = new KeyedMutex()
  #making: { readonly taskId: string; readonly aborter: AbortController; readonly done: Promise<void> } | null = null
  #isClosed = false

  constructor(options: AnnotatedVideosOptions) {
    this.#options = options
  }

  /** Makes it when it does not exist, and reports progress. @throws EngineError as `open`. */
  make(taskId: string, signal: AbortSignal): AsyncGenerator<AnnotationProgress, void> {
    return progressStream<AnnotationProgress>((report, either) => this.#provide(taskId, report, either), signal)
  }

  /**
   * The video, made when it does not exist.
   * @throws EngineError `conflict` when the task has not ended or has no frame; `not_found`, `unavailable`,
   * `media_failed`, `storage_full`, `cancelled`.
   */
  async open(taskId: string, signal: AbortSignal): Promise<StoredFile> {
    await this.#provide(taskId, () => undefined, signal)
    const file = this.#pathOf(taskId, VIDEO)
    const { size, mtimeMs } = await stat(file)
    const { title } = this.#options.tasks.row(taskId)
    return {
      ...{ path: file, sizeBytes: size, contentType: 'video/mp4', modifiedAt: toInstant(mtimeMs) },
      etag: `"${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}"`,
      filename: `${stemOf(title)} annotated.mp4`,
    }
  }

  /** Stops making the video of a task that is about to be removed. */
  async stop(taskId: string): Promise<void> {
    if (this.#making?.taskId !== taskId) return
    this.#making.aborter.abort()
    await this.#making.done
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#making?.aborter.abort()
    await this.#making?.done
  }

  /** Removes what a crash left half-made. Run at start. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#options.folder.derived)) {
      if (!name.startsWith('vt_')) continue
      await rm(`${this.#pathOf(name, VIDEO)}.making`, { force: true })
      await rm(this.#pathOf(name, SCRIPT), { force: true })
    }
  }

  async #provide(taskId: string, report: Report, signal: AbortSignal): Promise<void> {
    this.#assertReady(taskId)
    if (await this.#exists(taskId)) return
    // An aborted call does not wait for its turn.
    const made = this.#queue.run('', () => this.#makeInTurn(taskId, report, signal))
    await raceAbort(made, signal).catch((error: unknown) => {
      throw asEngineError(error)
    })
  }

  async #makeInTurn(taskId: string, report: Report, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#isClosed) throw new EngineError('cancelled', 'Cancelled.')
    const row = this.#assertReady(taskId)
    if (await this.#exists(taskId)) return
    const aborter = new AbortController()
    const made = this.#make(row, report, AbortSignal.any([signal, aborter.signal]))
    const done = made.catch(() => undefined)
    this.#making = { taskId, aborter, done }
    try {
      await made
    } finally {
      this.#making = null
    }
  }

  async #make(row: TaskRow, report: Report, signal: AbortSignal): Promise<void> {
    const { inputs, rows, folder } = this.#options
    const input = inputOf(row)
    const tools = await this.#options.tools()
    const video = await inputs.open(row, input, rows, signal)
    const range = copiedRangeOf(video.index, input)
    const script = this.#pathOf(row.id, SCRIPT)
    try {
      await mkdir(folder.derivedOf(row.id), { recursive: true })
      await this.#writeScript(script, row.id, video, range, signal)
      const durationSeconds = range.lengthSeconds ?? video.facts.durationSeconds - range.startSeconds
      const call = { range, signal, durationSeconds, onProgress: withTimeLeft(report) }
      await makeAnnotatedCopy(tools, video.path, this.#pathOf(row.id, VIDEO), script, call)
      await this.#options.checksums.record(row.id, [VIDEO])
    } catch (error) {
      throw explainWriteFailure(error, folder.root)
    } finally {
      await rm(script, { force: true })
    }
  }

  async #writeScript(file: string, taskId: string, video: OpenedVideo, range: CopiedRange, signal: AbortSignal) {
    const script = new AnnotationScript(video.size, range.startSeconds)
    const handle = await open(file, 'w', 0o600)
    try {
      let text = script.head
      const end = range.startSeconds + (range.lengthSeconds ?? Infinity)
      await this.#options.archives.with(taskId, async (archive) => {
        let sample: Sample | null = null
        for await (const next of samplesOf(archive.chunks(signal), video.index)) {
          if (sample) text += script.from(sample, next, end)
          sample = next
          if (text.length < WRITE_CHARACTERS) continue
          await handle.writeFile(text)
          text = ''
        }
        if (sample) text += script.from(sample, null, Math.min(end, video.index.endOf(video.index.count - 1)))
      })
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
  }

  #assertReady(taskId: string): TaskRow {
    const row = this.#options.tasks.row(taskId)
    const { status } = row
    if (row.completed_at === null) {
      throw new EngineError('conflict', `This task has not ended: it is ${status}.`, { status })
    }
    if (row.processed_frames > 0) return row
    throw new EngineError('conflict', 'This task processed no frame: there is nothing to draw.', { status })
  }

  async #exists(taskId: string): Promise<boolean> {
    return (await sizeOf(this.#pathOf(taskId, VIDEO))) !== null
  }

  #pathOf(taskId: string, name: typeof VIDEO | typeof SCRIPT): string {
    return path.join(this.#options.folder.derivedOf(taskId), name)
  }
}

/** The task's range, from the exact time of its first frame. */
function copiedRangeOf(index: FrameIndex, { range }: TaskInput): CopiedRange {
  const { start, end } = rangeOf(index, range)
  const startSeconds = seekTo(index.timeOf(start))
  if (end >= index.count) return { startSeconds, lengthSeconds: null }
  // It ends between the last frame and the next one, so that rounding adds or drops no frame.
  return { startSeconds, lengthSeconds: (index.timeOf(end - 1) + index.endOf(end - 1)) / 2 - startSeconds }
}

function withTimeLeft(report: Report): (fraction: number) => void {
  const rate = new RateMeter()
  rate.begin(Date.now())
  let reported = 0
  return (fraction) => {
    rate.add(fraction - reported, Date.now())
    reported = fraction
    report({ fraction, secondsLeft: rate.secondsLeft(1 - fraction, Date.now()) })
  }
}

/** A title as part of a file name, on every system. */
function stemOf(title: string): string {
  const stem = title.replace(/[\p{C}\\/:*?"<>|]+/gu, ' ').replace(/\.(mp4|mov|qt|m4v|webm|avi|mkv)$/i, '')
  return stem.slice(0, 80).trim() || 'task'
}
