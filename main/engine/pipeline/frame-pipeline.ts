import path from 'node:path'
import { raceAbort } from '../../base/abortable.ts'
import { partitionPoint } from '../../base/binary-search.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { DecodedFrame, Models } from '../models/index.ts'
import { decoderFor, type DecodeRun, decodeRunsOf, type VideoSource } from './decode-runs.ts'
import { DecoderTimestamps } from './decoder-timestamps.ts'
import { Frame } from './frame.ts'
import type { StepStages } from './steps.ts'
import type { TargetTracking } from './target-tracking.ts'

/** What frames go through, and where they come out. */
export interface FramePipeline {
  readonly models: Models
  readonly tools: FfmpegTools
  readonly video: VideoSource
  /** Pixels of a decoded frame's longer side, at most. */
  readonly longSide: number
  readonly stages: StepStages
  /** Null for targets without ids. */
  readonly tracking: TargetTracking | null
  /** For the decoder's timestamps. */
  readonly folder: string
  readonly name: string
  readonly signal: AbortSignal
  /** Takes a finished frame; frames come in order, the next one when this has resolved. */
  readonly onFrame: (number: number, frame: Frame) => Promise<void>
}

/**
 * Takes the due frames through the steps, in order. The stages overlap: while one frame is tracked and described, targets
 * are found in the next one, and a few more are decoded.
 * @throws EngineError `media_failed`, `unavailable` when the models' process died; AbortError.
 */
export async function runPipeline(pipeline: FramePipeline, due: readonly number[]): Promise<void> {
  for (const run of decodeRunsOf(pipeline.video.index, due)) await runOne(pipeline, run)
}

async function runOne(pipeline: FramePipeline, run: DecodeRun): Promise<void> {
  const { models, tools, video, longSide, signal, folder, name } = pipeline
  const timestampsFile = path.join(folder, `.${name}.times`)
  const timestamps = new DecoderTimestamps(timestampsFile)
  let before = Promise.resolve()
  try {
    for await (const decoded of models.decode(decoderFor(tools, video, run, longSide, timestampsFile), signal)) {
      const found = find(pipeline, run, decoded, timestamps)
      // Prevents unhandledRejection; awaited as part of `before`.
      found.catch(() => undefined)
      await raceAbort(before, signal)
      before = found.then((frame) => finish(pipeline, frame))
      before.catch(() => undefined)
    }
    await raceAbort(before, signal)
  } finally {
    await timestamps.close()
  }
}

type Found = readonly [number: number, frame: Frame] | null

/** @returns null for a decoded frame that is not due. */
async function find(
  { video, stages }: FramePipeline,
  { frames, startSeconds }: DecodeRun,
  decoded: DecodedFrame,
  timestamps: DecoderTimestamps,
): Promise<Found> {
  const frame = new Frame(decoded, video.size)
  try {
    const number = video.index.nearestTo(startSeconds + (await timestamps.of(decoded.position)))
    if (frames[partitionPoint(frames.length, (at) => (frames[at] ?? 0) < number)] === number) {
      await stages.find(frame)
      return [number, frame]
    }
  } catch (error) {
    frame.release()
    throw error
  }
  frame.release()
  return null
}

async function finish({ video, stages, tracking, signal, onFrame }: FramePipeline, found: Found): Promise<void> {
  if (!found) return
  const [number, frame] = found
  try {
    signal.throwIfAborted()
    if (tracking) await tracking.track(frame, video.index.timeOf(number))
    await stages.describe(frame)
    // After the abort the end of the task is reported: no frame may follow.
    signal.throwIfAborted()
    await onFrame(number, frame)
  } finally {
    frame.release()
  }
}
