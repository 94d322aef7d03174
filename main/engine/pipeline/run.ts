import { setTimeout as pause } from 'node:timers/promises'
import { monotonic } from '../../base/clock.ts'
import { asEngineError, EngineError, type FinishReason, type TaskRequest } from '../../contract/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { DataFolder } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Models } from '../models/index.ts'
import type { StreamArchive } from './archive.ts'
import { beforeFirst, ChunkWriter, type Ending, type Standing } from './chunk.ts'
import { Following } from './following.ts'
import type { Frame } from './frame.ts'
import type { OpenedVideo } from './media.ts'
import { runPipeline } from './pipeline.ts'
import { readRunState, writeRunState } from './run-state.ts'
import { select, unopenedStart, type Selection } from './sampling.ts'
import { stagesOf } from './steps.ts'
import { toStream } from './target.ts'

/** What a run is told of its task, and whom it tells. */
export interface RunCall {
  readonly taskId: string
  readonly request: TaskRequest
  readonly archive: StreamArchive
  readonly stateFile: string
  readonly signal: AbortSignal
  readonly open: () => Promise<OpenedVideo>
  /** The video is open, and so many frames are due. */
  readonly onOpened: (video: OpenedVideo, dueFrames: number) => void
  /** So many frames are in the archive. */
  readonly onProgress: (processedFrames: number) => void
}

export interface RunParts {
  readonly models: Models
  readonly tools: () => Promise<FfmpegTools>
  readonly folder: DataFolder
  readonly log: Log
}

/** "2 retries" of what may pass, counted anew with every frame that gets through. */
const RETRIES = 2
const RETRY_PAUSE_MS = 500
/** How much work a crash may cost that has to be done again. */
const STATE_EVERY_MS = 5000
/** Pixels of a picture's longer side: what finding needs, and what reading needs. */
const LONG_SIDE = 1280
const DETAILED_LONG_SIDE = 1920

/** One task on its way through its video, from wherever its archive ends. */
export class TaskRun {
  readonly #parts: RunParts
  readonly #call: RunCall
  readonly #writer: ChunkWriter
  readonly #facts
  #standing: Standing
  /** Milliseconds of earlier lives of this task, and when this one began. */
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
    this.#standing = beforeFirst(this.#facts.rangeStart, 0)
  }

  /** Takes up where the archive ends. */
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
    run.#standing = { frame, pts: pts ?? null, decoded, elapsedMs }
    const { total_frames: totalFrames, fps } = last.stream_info
    Object.assign(run.#facts, { totalFrames, fps, rangeStart: frame + 1 - decoded - dropped })
    return run
  }

  /**
   * Looks at every frame that is due.
   * @throws EngineError: whatever ends the task with an error, or `cancelled`.
   */
  async work(): Promise<FinishReason> {
    for (let failures = 0; ;) {
      const before = this.#standing.decoded
      try {
        return await this.#look()
      } catch (error) {
        await this.#stored.catch(() => undefined)
        failures = this.#standing.decoded > before ? 1 : failures + 1
        if (this.#call.signal.aborted || failures > RETRIES || !this.#mayPass(error)) throw error
        this.#parts.log.warn({ task: this.#call.taskId, err: error, failures }, 'a task goes on after a failure')
        await pause(RETRY_PAUSE_MS * failures, null, { signal: this.#call.signal })
      }
    }
  }

  /** The terminal events of the stream, in the words of the task's end. */
  end(ending: Ending): string {
    this.#standing = { ...this.#standing, elapsedMs: this.#elapsed() }
    return this.#writer.end(this.#standing, ending)
  }

  /** All that was written so far is on the disk. */
  async stored(): Promise<void> {
    await this.#stored
  }

  get standing(): Standing {
    return this.#standing
  }

  async #look(): Promise<FinishReason> {
    const { request, signal, onOpened } = this.#call
    const [input] = request.input
    if (!input) throw new EngineError('internal', 'This task has no input.')
    const video = await this.#call.open()
    const selection = await select(video.index, input, signal)
    this.#enter(video, selection)
    onOpened(video, selection.frames.length)
    await this.#pass(video, selection)
    await this.#stored
    // '"max_frames" only if at least one more was due, else "stop"'
    return selection.isCut ? 'max_frames' : 'stop'
  }

  #enter({ facts }: OpenedVideo, { range }: Selection): void {
    if (this.#standing.decoded > 0) return
    Object.assign(this.#facts, { totalFrames: facts.totalFrames, fps: facts.fps, rangeStart: range.start })
    this.#standing = beforeFirst(range.start, this.#elapsed())
  }

  async #pass(video: OpenedVideo, { frames }: Selection): Promise<void> {
    const { request, signal, taskId, stateFile } = this.#call
    const { models, tools, folder } = this.#parts
    const stages = stagesOf(request.steps)
    const follows = request.track !== false
    const told = this.#standing.decoded > 0 ? this.#standing.frame : -1
    const state = follows && told >= 0 ? await readRunState(stateFile) : null
    const usable = state && state.frame <= told ? state : null
    const following = follows ? new Following(stages.minimumConfidence, usable?.following ?? null) : null
    // Frames that were told already are followed again, so that numbers go on as if nothing had happened.
    const from = follows ? (usable?.frame ?? -1) : told
    await runPipeline(
      {
        ...{ models, following, stages, film: video, signal, name: taskId, folder: folder.streams },
        tools: await tools(),
        longSide: stages.needsDetail ? DETAILED_LONG_SIDE : LONG_SIDE,
        onFrame: (number, frame) => this.#tell(number, frame, video, following),
      },
      frames.filter((frame) => frame > from),
    )
  }

  async #tell(number: number, frame: Frame, video: OpenedVideo, following: Following | null): Promise<void> {
    const { archive, onProgress } = this.#call
    const isTold = this.#standing.decoded > 0 && number <= this.#standing.frame
    if (isTold) return
    // One event is on its way to the disk while the next one is made, and no more.
    await this.#stored
    const pts = Number(video.index.timeOf(number).toFixed(6))
    const decoded = this.#standing.decoded + 1
    this.#standing = { frame: number, pts, decoded, elapsedMs: this.#elapsed() }
    const targets = frame.targets.map((target) => toStream(target, video.size))
    this.#stored = archive.append(this.#writer.frame(this.#standing, targets)).then(() => onProgress(decoded))
    this.#stored.catch(() => undefined)
    if (following && monotonic() - this.#stateAt > STATE_EVERY_MS) await this.#note(number, following)
  }

  async #note(frame: number, following: Following): Promise<void> {
    this.#stateAt = monotonic()
    const state = { frame, following: following.state() }
    // It may not run ahead of the archive.
    await this.#stored
    await writeRunState(this.#call.stateFile, state)
  }

  /** "Pre-stream errors trigger failover, up to 2 retries. Mid-stream errors are terminal"; a process that died is started anew. */
  #mayPass(error: unknown): boolean {
    const { code } = asEngineError(error)
    return code === 'unavailable' || (code === 'media_failed' && this.#standing.decoded === 0)
  }

  #elapsed(): number {
    return Math.round(this.#elapsedBefore + monotonic() - this.#begunAt)
  }
}
