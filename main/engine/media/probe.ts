import { open, stat } from 'node:fs/promises'
import { monotonic } from '../../base/clock.ts'
import { EngineError } from '../../contract/errors.ts'
import type { VideoMetadata } from '../../contract/library/video.ts'
import {
  FrameTimes,
  inputArguments,
  isRefusal,
  isTooMuch,
  memoryFor,
  pictureStream,
  runFfmpeg,
  type FfmpegTools,
} from '../../platform/ffmpeg/index.ts'
import { assertPictureSize, assertWithinBudget, pixelsOf } from './budget.ts'
import { bytesOf } from '../../platform/files/index.ts'
import { declaredSize } from './declared-size.ts'
import type { FfprobeAnswer, Stream } from './ffprobe-answer.ts'
import { declaredDuration, decoderDelay, metadataOf } from './metadata.ts'
import { pictureEnd } from './picture-end.ts'
import { isPlayable, isPlayedWhole } from './playable.ts'
import { readTracks, type Tracks } from './tracks.ts'

/** A video file of which at least one frame was decoded. */
export interface ProbedVideo {
  metadata: VideoMetadata
  /** Timestamp that is 0 on the player's clock, in seconds: it is subtracted from every timestamp of the file. */
  startSeconds: number
  /** ffprobe's `pix_fmt`. */
  pixelFormat: string | null
  /** Whether Chromium plays the file as it is. */
  playable: boolean
  /** The container declares more bytes than the file has. */
  truncated: boolean
}

export interface ProbeCall {
  signal?: AbortSignal | undefined
  /** Limit for all of the work together, see `WorkLimit`. */
  timeLimitMs?: number
}

interface Probe {
  tools: FfmpegTools
  path: string
  signal: AbortSignal | undefined
  /** On the monotonic clock. */
  deadline: number
  leastMs: number
  fileBytes: number
  /** Null until ffprobe has answered. */
  pixels: number | null
  /** The picture's, as `-map` counts; null until it is chosen. */
  stream: number | null
}

const HEAD_BYTES = 4096
/** Least share of the limit for each program, even for one that starts late: the machine may be slow, and not the file. */
const LEAST_SHARE = 0.2
/** ffprobe decodes at most the first frame of each stream. */
const FFPROBE_PIXELS = 1920 * 1080

/**
 * Reads what a video file is, and decodes its first frame to be sure that it is one.
 * @throws EngineError `invalid_video` in words for a person, `cancelled`, or `media_failed` past the time limit.
 */
export async function probeVideo(tools: FfmpegTools, path: string, call: ProbeCall = {}): Promise<ProbedVideo> {
  const timeLimitMs = call.timeLimitMs ?? 10_000
  const [deadline, leastMs] = [monotonic() + timeLimitMs, timeLimitMs * LEAST_SHARE]
  const { size: fileBytes } = await stat(path)
  const probe: Probe = { tools, path, signal: call.signal, deadline, leastMs, fileBytes, pixels: null, stream: null }
  const head = await headOf(path)
  if (head.length === 0) throw invalid('This file is empty.')
  const tracks = await ask(probe, head)
  const { answer, video } = tracks
  if (!video) throw withoutVideo(answer)
  assertWithinBudget(video)
  probe.pixels = pixelsOf(video)
  probe.stream = video.index
  const firstFrame = await decodeFirstFrame(probe)
  const truncated = await isTruncated(probe)
  const duration = await durationOf(probe, answer, video, { firstFrame, truncated })
  const metadata = metadataOf(tracks, video, duration, head)
  const pixelFormat = video.pix_fmt ?? null
  return {
    metadata,
    startSeconds: answer.format.start_time ?? 0,
    pixelFormat,
    playable: isPlayable(metadata, pixelFormat) && isPlayedWhole({ answer, video, truncated }, duration),
    truncated,
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function ask(probe: Probe, head: Uint8Array): Promise<Tracks> {
  try {
    return await readTracks(probe.tools, probe.path, limits(probe))
  } catch (error) {
    if (isTooMuch(error)) throw invalid(error.message, error)
    if (!isRefusal(error)) throw error
    const message = isIsoFile(head)
      ? 'This file is cut short: its index is missing, so nothing in it can be played.'
      : 'This is not a video, or a kind that Fieldreel does not read.'
    throw invalid(message, error)
  }
}

/** Begins like an MP4 or MOV. ffmpeg trusts the file name, and reports a missing index for a renamed text file. */
function isIsoFile(head: Uint8Array): boolean {
  return ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(Buffer.from(head.subarray(4, 8)).toString('latin1'))
}

function limits({ signal, deadline, leastMs, fileBytes, pixels }: Probe) {
  const timeLimitMs = Math.max(leastMs, deadline - monotonic())
  return { signal, timeLimitMs, memoryBytes: memoryFor(pixels ?? FFPROBE_PIXELS, fileBytes) }
}

function withoutVideo({ streams }: FfprobeAnswer): EngineError {
  if (streams.some((stream) => stream.codec_type === 'video')) {
    return invalid('This file holds sound and a cover picture, but no video.')
  }
  const sound = streams.some((stream) => stream.codec_type === 'audio')
  return invalid(sound ? 'This file holds sound only.' : 'This file holds no video.')
}

/** @returns its time, in seconds on the player's clock. */
async function decodeFirstFrame(probe: Probe): Promise<number> {
  const damaged = 'No picture can be read from this file: it is damaged or cut short.'
  const frames: number[] = []
  try {
    // At its own time: with a constant frame rate it would be 0.
    const once = ['-frames:v', '1', ...probe.tools.keepFrameTimes, '-enc_time_base', '-1']
    await readTimes(probe, once, (seconds) => frames.push(seconds))
  } catch (error) {
    if (isTooMuch(error)) throw invalid(error.message, error)
    if (!isRefusal(error)) throw error
    // The size in the container may differ from that of the frames.
    const [, width, height] = /Picture size (\d+)x(\d+) is invalid/.exec(String(error.details?.['stderr'])) ?? []
    if (width && height) assertPictureSize(Number(width), Number(height))
    throw invalid(damaged, error)
  }
  if (frames[0] === undefined) throw invalid(damaged)
  return frames[0]
}

/** When the last frame ends on the player's clock, in seconds; null when unknown (UP-91). */
async function durationOf(
  probe: Probe,
  answer: FfprobeAnswer,
  video: Stream,
  { firstFrame, truncated }: { firstFrame: number; truncated: boolean },
): Promise<number | null> {
  const { fileBytes } = probe
  const call = { answer, video, truncated, fileBytes, run: limits(probe) }
  const end = await pictureEnd(probe.tools, probe.path, call).catch((error: unknown) => {
    // It cannot be read in time: the frame index will say it (UP-87).
    if (error instanceof EngineError && error.code === 'media_failed' && !isTooMuch(error)) return null
    throw error
  })
  const duration =
    end === null
      ? declaredDuration(answer, video)
      : end - (answer.format.start_time ?? 0) + decoderDelay(answer, video, firstFrame)
  return duration === null ? null : Math.round(Math.max(0, duration) * 1e6) / 1e6
}

/** Whether the file is as long as its container says; null when the container does not say. */
export async function isWhole(path: string): Promise<boolean | null> {
  const declared = await declaredSize(path)
  return declared === null ? null : declared <= (await stat(bytesOf(path))).size
}

/** Whether the end of the film is missing. */
async function isTruncated({ path, fileBytes }: Probe): Promise<boolean> {
  return ((await declaredSize(path, 'film')) ?? 0) > fileBytes
}

async function readTimes(probe: Probe, output: readonly string[], onTime: (seconds: number) => void): Promise<void> {
  const picture = pictureStream(probe.stream)
  const args = [...inputArguments(probe.path), '-map', picture, ...output, '-f', 'framecrc', 'pipe:1']
  await runFfmpeg(probe.tools, args, { ...limits(probe), onStdout: new FrameTimes(onTime).add })
}

function invalid(message: string, cause?: EngineError): EngineError {
  return new EngineError('invalid_video', message, cause?.details ?? null, cause ? { cause } : {})
}
