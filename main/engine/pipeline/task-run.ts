import { setTimeout as pause } from 'node:timers/promises'
import { monotonic } from '../../base/clock.ts'
import { asEngineError, EngineError, type FinishReason, type TaskRequest } from '../../contract/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Models } from '../models/index.ts'
import type { StreamArchive } from './archive.ts'
import { beforeFirst, ChunkWriter, type Ending, type StreamPosition } from './chunk-writer.ts'
import { TargetTracking } from './target-tracking.ts'
import type { Frame } from './frame.ts'
import type { OpenedVideo } from './opened-video.ts'
import { runPipeline } from './frame-pipeline.ts'
import { readRunState, writeRunState } from './run-state.ts'
import { select, unopenedStart, type Selection } from './sampling.ts'
import { stagesOf } from './steps.ts'
import { toStream } from './target.ts'

/** What a run needs of its task, and what it reports to. */
export interface RunCall {
  readonly taskId: string
  readonly request: TaskRequest
  readonly archive: StreamArchive
  readonly stateFile: string
  readonly signal: AbortSignal
  readonly open: () => Promise<OpenedVideo>
  /** Called when the video is open. */
  readonly onOpened: (video: OpenedVideo, dueFrames: number) => void
  /** Called with the number of frames in the archive. */
  readonly onProgress: (processedFrames: number) => void
}

export interface RunParts {
  readonly models: Models
  readonly tools: () => Promise<FfmpegTools>
  readonly folder: DataFolder
  readonly log: Log
}

/** Of failures that may be temporary (PI-16); counted from 0 again after every new frame. */
const RETRIES = 2
const RETRY_PAUSE_MS = 500
/** How often the tracker's state is saved: at most so much is tracked again after a crash. */
const STATE_EVERY_MS = 5000
/** Pixels of a decoded frame's longer side: for detection, and for reading text. */
const LONG_SIDE = 1280
const DETAILED_LONG_SIDE = 1920

/** One run of a task through its video, from where its archive ends. */
export class TaskRun {
  readonly #parts: RunParts
  readonly #call: RunCall
  readonly #writer: ChunkWriter
  readonly #facts
  #position: StreamPosition
  /** Milliseconds of earlier runs of this task, and when this one began. */
  #elapsedBefore = 0
  readonly #begunAt = monotonic()
  #stored = Promise.resolve()
  #stateAt = monotonic()

  private constructor(parts: RunParts, call: RunCall, isFirst: boolean) {
    const { taskId, request } = call
    this.#parts = parts
    this.#call = call
    this.#facts = {
      ...{ taskId, model: request.model ?? null, totalFrames: null as number | null, fps: 0 },
      rangeStart: unopenedStart(request.input[0]?.range),
    }
    this.#writer = new ChunkWriter(this.#facts, isFirst)
    this.#position = beforeFirst(this.#facts.rangeStart, 0)
  }

  /** Continues where the archive ends. */
  static async resume(parts: RunParts, call: RunCall): Promise<TaskRun> {
    const last = await call.archive.lastChunk()
    const run = new TaskRun(parts, call, last === null)
    if (!last) return run
    const {
      frame_index: frame,
      decoded_frames: decoded,
      dropped_frames: dropped,
      elapsed_ms: elapsedMs,
      pts,
    } = last.stream_info
    run.#elapsedBefore = elapsedMs
    run.#position = { frame, pts: pts ?? null, decoded, elapsedMs }
    const { total_frames: totalFrames, fps } = last.stream_info
    Object.assign(run.#facts, { totalFrames, fps, rangeStart: frame + 1 - decoded - dropped })
    return run
  }

  /**
   * Processes every frame that is due.
   * @throws what ends the task with an error; AbortError.
   */
  async work(): Promise<FinishReason> {
    for (let failures = 0; ;) {
      const before = this.#position.decoded
      try {
        return await this.#process()
      } catch (error) {
        await this.#stored.catch(() => undefined)
        failures = this.#position.decoded > before ? 1 : failures + 1
        if (this.#call.signal.aborted || failures > RETRIES || !this.#isTemporary(error)) throw error
        this.#parts.log.warn({ task: this.#call.taskId, err: error, failures }, 'a task continues after a failure')
        await pause(RETRY_PAUSE_MS * failures, null, { signal: this.#call.signal })
      }
    }
  }

  /** The last events of the stream. */
  end(ending: Ending): string {
    this.#position = { ...this.#position, elapsedMs: this.#elapsed() }
    return this.#writer.end(this.#position, ending)
  }

  /** Resolves when all events so far are on the disk. */
  async stored(): Promise<void> {
    await this.#stored
  }

  get position(): StreamPosition {
    return this.#position
  }

  async #process(): Promise<FinishReason> {
    const { request, signal, onOpened } = this.#call
    const [input] = request.input
    if (!input) throw new EngineError('internal', 'This task has no input.')
    const video = await this.#call.open()
    const selection = await select(video.index, input, signal)
    this.#begin(video, selection)
    onOpened(video, selection.frames.length)
    await this.#runFrames(video, selection)
    await this.#stored
    // PI-24
    return selection.isCut ? 'max_frames' : 'stop'
  }

  #begin({ facts }: OpenedVideo, { range }: Selection): void {
    if (this.#position.decoded > 0) return
    Object.assign(this.#facts, { totalFrames: facts.totalFrames, fps: facts.fps, rangeStart: range.start })
    this.#position = beforeFirst(range.start, this.#elapsed())
  }

  async #runFrames(video: OpenedVideo, { frames }: Selection): Promise<void> {
    const { request, signal, taskId, stateFile } = this.#call
    const { models, tools, folder } = this.#parts
    const stages = stagesOf(request.steps)
    const isTracked = request.track !== false
    const lastReported = this.#position.decoded > 0 ? this.#position.frame : -1
    const state = isTracked && lastReported >= 0 ? await readRunState(stateFile) : null
    const usable = state && state.frame <= lastReported ? state : null
    const tracking = isTracked ? new TargetTracking(stages.minimumConfidence, usable?.tracker ?? null) : null
    // Frames after the saved state are tracked again, so that track ids continue, but get no second event.
    const from = isTracked ? (usable?.frame ?? -1) : lastReported
    await runPipeline(
      {
        ...{ models, tracking, stages, video, signal, name: taskId, folder: folder.streams },
        tools: await tools(),
        longSide: stages.needsDetail ? DETAILED_LONG_SIDE : LONG_SIDE,
        onFrame: (number, frame) => this.#report(number, frame, video, tracking),
      },
      frames.filter((frame) => frame > from),
    )
  }

  async #report(number: number, frame: Frame, video: OpenedVideo, tracking: TargetTracking | null): Promise<void> {
    const { archive, onProgress } = this.#call
    const isReported = this.#position.decoded > 0 && number <= this.#position.frame
    if (isReported) return
    // At most one event is being written while the next one is made.
    await this.#stored
    const pts = Number(video.index.timeOf(number).toFixed(6))
    const decoded = this.#position.decoded + 1
    this.#position = { frame: number, pts, decoded, elapsedMs: this.#elapsed() }
    const targets = frame.targets.map((target) => toStream(target, video.size))
    this.#stored = archive.append(this.#writer.frame(this.#position, targets)).then(() => onProgress(decoded))
    this.#stored.catch(() => undefined)
    if (tracking && monotonic() - this.#stateAt > STATE_EVERY_MS) await this.#saveState(number, tracking)
  }

  async #saveState(frame: number, tracking: TargetTracking): Promise<void> {
    this.#stateAt = monotonic()
    const state = { frame, tracker: tracking.state() }
    // The state must never be ahead of the archive.
    await this.#stored
    await writeRunState(this.#call.stateFile, state)
  }

  /** Whether to try again: PI-16; the models' process is also started again in the middle of a stream. */
  #isTemporary(error: unknown): boolean {
    const { code } = asEngineError(error)
    return code === 'unavailable' || (code === 'media_failed' && this.#position.decoded === 0)
  }

  #elapsed(): number {
    return Math.round(this.#elapsedBefore + monotonic() - this.#begunAt)
  }
}
