import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { toInstant } from '../../../base/clock.ts'
import { KeyedMutex } from '../../../base/mutex.ts'
import { RateMeter } from '../../../base/rate-meter.ts'
import { EngineError, type FrameIndex, type StoredFile, type TaskInput } from '../../../contract/index.ts'
import type { FfmpegTools } from '../../../platform/ffmpeg/index.ts'
import { type DataFolder, explainWriteFailure, isMissing } from '../../../platform/files/index.ts'
import type { Checksums } from '../../objects/index.ts'
import { makeAnnotated, type Part } from '../../media/index.ts'
import type { Archives } from '../archives.ts'
import type { Inputs } from '../inputs.ts'
import type { OpenedVideo } from '../media.ts'
import { rangeOf } from '../sampling.ts'
import type { TaskRow, TaskRows } from '../task-rows.ts'
import { requestOf, type Tasks } from '../tasks.ts'
import { samplesOf, type Sample } from './samples.ts'
import { AnnotationScript } from './script.ts'
import { told } from './told.ts'

export interface AnnotatedFilmsOptions {
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

type Tell = (progress: AnnotationProgress) => void

const FILM = 'annotated.mp4'
const SCRIPT = 'annotated.ass'
/** Nearer to the start than this, decoding begins there: AVI answers a seek to its first frames with its last ones. */
const FIRST_SEEK_SECONDS = 1
/** Characters of a script that are written at a time. */
const AT_ONCE = 65_536

/**
 * The videos of ended tasks with what was seen drawn over them. Each is made when it is first wanted, one at a time,
 * and kept beside the task's pictures until the task is removed.
 */
export class AnnotatedFilms {
  readonly #options: AnnotatedFilmsOptions
  readonly #turns = new KeyedMutex()
  #making: { readonly taskId: string; readonly aborter: AbortController; readonly done: Promise<void> } | null = null
  #isClosed = false

  constructor(options: AnnotatedFilmsOptions) {
    this.#options = options
  }

  /** Makes it when it is not there, and tells how far that is. @throws EngineError as `open`. */
  make(taskId: string, signal: AbortSignal): AsyncGenerator<AnnotationProgress, void> {
    return told<AnnotationProgress>((tell, until) => this.#provide(taskId, tell, until), signal)
  }

  /**
   * The film, made when it is not there.
   * @throws EngineError `conflict` when the task has not ended, or looked at no frame; `not_found`, `unavailable`,
   * `media_failed`, `storage_full`, `cancelled`.
   */
  async open(taskId: string, signal: AbortSignal): Promise<StoredFile> {
    await this.#provide(taskId, () => undefined, signal)
    const file = this.#film(taskId)
    const { size, mtimeMs } = await stat(file)
    const { title } = this.#options.tasks.row(taskId)
    return {
      ...{ path: file, sizeBytes: size, contentType: 'video/mp4', modifiedAt: toInstant(mtimeMs) },
      etag: `"${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}"`,
      filename: `${stemOf(title)} annotated.mp4`,
    }
  }

  /** Ends what is being made of a task that goes. */
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
      await rm(`${this.#film(name)}.making`, { force: true })
      await rm(this.#script(name), { force: true })
    }
  }

  async #provide(taskId: string, tell: Tell, signal: AbortSignal): Promise<void> {
    this.#assertReady(taskId)
    if (await isThere(this.#film(taskId))) return
    if (signal.aborted) throw cancelled()
    await orAborted(
      this.#turns.run('', () => this.#takeTurn(taskId, tell, signal)),
      signal,
    )
  }

  async #takeTurn(taskId: string, tell: Tell, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#isClosed) throw cancelled()
    const row = this.#assertReady(taskId)
    if (await isThere(this.#film(taskId))) return
    const aborter = new AbortController()
    const made = this.#make(row, tell, AbortSignal.any([signal, aborter.signal]))
    const done = made.catch(() => undefined)
    this.#making = { taskId, aborter, done }
    try {
      await made
    } finally {
      this.#making = null
    }
  }

  async #make(row: TaskRow, tell: Tell, signal: AbortSignal): Promise<void> {
    const { inputs, rows, folder } = this.#options
    const [input] = requestOf(row).input
    if (!input) throw new EngineError('internal', 'This task has no input.')
    const tools = await this.#options.tools()
    const video = await inputs.open(row, input, rows, signal)
    const part = partOf(video.index, input)
    const script = this.#script(row.id)
    try {
      await mkdir(folder.derivedOf(row.id), { recursive: true })
      await this.#write(script, row.id, video, part, signal)
      const length = part.lengthSeconds ?? video.facts.durationSeconds - part.startSeconds
      const call = { part, signal, durationSeconds: length, onProgress: withTimeLeft(tell) }
      await makeAnnotated(tools, video.path, this.#film(row.id), script, call)
      await this.#options.checksums.record(row.id, [FILM])
    } catch (error) {
      throw explainWriteFailure(error, folder.root)
    } finally {
      await rm(script, { force: true })
    }
  }

  async #write(file: string, taskId: string, video: OpenedVideo, part: Part, signal: AbortSignal): Promise<void> {
    const script = new AnnotationScript(video.size, part.startSeconds)
    const handle = await open(file, 'w', 0o600)
    try {
      let text = script.head
      const end = part.startSeconds + (part.lengthSeconds ?? Infinity)
      await this.#options.archives.with(taskId, async (archive) => {
        let sample: Sample | null = null
        for await (const next of samplesOf(archive.chunks(signal), video.index)) {
          if (sample) text += script.from(sample, next, end)
          sample = next
          if (text.length < AT_ONCE) continue
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
    throw new EngineError('conflict', 'This task looked at no frame: there is nothing to draw.', { status })
  }

  #film(taskId: string): string {
    return path.join(this.#options.folder.derivedOf(taskId), FILM)
  }

  #script(taskId: string): string {
    return path.join(this.#options.folder.derivedOf(taskId), SCRIPT)
  }
}

/** The task's range, which may be a minute of hours; from a frame's very time on, down to the microsecond. */
function partOf(index: FrameIndex, { range }: TaskInput): Part {
  const { start, end } = rangeOf(index, range)
  const first = index.timeOf(start)
  const startSeconds = first < FIRST_SEEK_SECONDS ? 0 : Math.floor(first * 1e6) / 1e6
  if (end >= index.count) return { startSeconds, lengthSeconds: null }
  // Between the last frame and the one after it: neither is in doubt.
  return { startSeconds, lengthSeconds: (index.timeOf(end - 1) + index.endOf(end - 1)) / 2 - startSeconds }
}

function withTimeLeft(tell: Tell): (fraction: number) => void {
  const rate = new RateMeter()
  rate.begin(Date.now())
  let told = 0
  return (fraction) => {
    rate.add(fraction - told, Date.now())
    told = fraction
    tell({ fraction, secondsLeft: rate.secondsLeft(1 - fraction, Date.now()) })
  }
}

/** Whoever is called off need not wait for his turn. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop: () => void = () => undefined
  const aborted = new Promise<void>((_resolve, reject) => {
    stop = () => reject(cancelled())
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function cancelled(): EngineError {
  return new EngineError('cancelled', 'Cancelled.')
}

/** A title as part of a file name, on every system. */
function stemOf(title: string): string {
  const stem = title.replace(/[\p{C}\\/:*?"<>|]+/gu, ' ').replace(/\.(mp4|mov|qt|m4v|webm|avi|mkv)$/i, '')
  return stem.slice(0, 80).trim() || 'task'
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
