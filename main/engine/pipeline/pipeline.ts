import path from 'node:path'
import { EngineError } from '../../contract/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import type { Models, Picture } from '../models/index.ts'
import { decoderOf, stretchesOf, type Film, type Stretch } from './decoding.ts'
import { Frame } from './frame.ts'
import { GivenTimes } from './given-times.ts'
import type { Following } from './following.ts'
import type { Stages } from './steps.ts'

/** What frames go through, and where they come out. */
export interface Pipeline {
  readonly models: Models
  readonly tools: FfmpegTools
  readonly film: Film
  /** Pixels of a picture's longer side, at most. */
  readonly longSide: number
  readonly stages: Stages
  /** Null for targets without numbers. */
  readonly following: Following | null
  /** For the decoder's notes. */
  readonly folder: string
  readonly name: string
  readonly signal: AbortSignal
  /** Takes a frame that is done; frames come in order, the next one when this has resolved. */
  readonly onFrame: (number: number, frame: Frame) => Promise<void>
}

/**
 * Takes the due frames through a pipeline, in order. Decoding, finding, and what follows on it overlap: while one frame
 * is followed and described the next is looked through, and a few more are decoded.
 * @throws EngineError `media_failed`, `unavailable` when the models' process died, `cancelled`.
 */
export async function runPipeline(pipeline: Pipeline, due: readonly number[]): Promise<void> {
  for (const stretch of stretchesOf(pipeline.film.index, due)) await runStretch(pipeline, stretch)
}

async function runStretch(pipeline: Pipeline, stretch: Stretch): Promise<void> {
  const { models, tools, film, longSide, signal, folder, name } = pipeline
  const timesFile = path.join(folder, `.${name}.times`)
  const times = new GivenTimes(timesFile)
  let before = Promise.resolve()
  try {
    for await (const picture of models.decode(decoderOf(tools, film, stretch, longSide, timesFile), signal)) {
      const found = find(pipeline, stretch, picture, times)
      // A failure is met below; until then it must not count as nobody's.
      found.catch(() => undefined)
      await orAborted(before, signal)
      before = found.then((frame) => finish(pipeline, frame))
      before.catch(() => undefined)
    }
    await orAborted(before, signal)
  } finally {
    await times.close()
  }
}

type Found = readonly [number: number, frame: Frame] | null

/** @returns null for a picture that is of no due frame. */
async function find(
  { film, stages }: Pipeline,
  { frames, startSeconds }: Stretch,
  picture: Picture,
  times: GivenTimes,
): Promise<Found> {
  const frame = new Frame(picture, film.size)
  try {
    const number = film.index.nearestTo(startSeconds + (await times.of(picture.position)))
    if (includes(frames, number)) {
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

async function finish({ film, stages, following, signal, onFrame }: Pipeline, found: Found): Promise<void> {
  if (!found) return
  const [number, frame] = found
  try {
    signal.throwIfAborted()
    if (following) await following.follow(frame, film.index.timeOf(number))
    await stages.describe(frame)
    // Whoever was told that it has ended gets no more of it.
    signal.throwIfAborted()
    await onFrame(number, frame)
  } finally {
    frame.release()
  }
}

/** What is under way in the models' process is not waited for when nobody wants it any more. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop: () => void = () => undefined
  const aborted = new Promise<void>((_resolve, reject) => {
    stop = () => reject(new EngineError('cancelled', 'Cancelled.'))
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    signal.throwIfAborted()
    await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Whether an ascending list holds a number. */
function includes(ascending: readonly number[], wanted: number): boolean {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] ?? Infinity) < wanted) low = middle + 1
    else high = middle
  }
  return ascending[low] === wanted
}
