import type { VideoMetadata } from '../../contract/library/video.ts'
import { displaySizeOf, rotationOf } from './display.ts'
import { audioStreamOf, ratio, type FfprobeAnswer, type Stream } from './ffprobe-answer.ts'
import { formatNameOf } from './format-name.ts'

/**
 * ffprobe's answer as domain fields, in this one place.
 * @param durationSeconds what `declaredDuration` found, or the last frame's time.
 * @param head first bytes of the file.
 */
export function metadataOf(
  answer: FfprobeAnswer,
  video: Stream,
  durationSeconds: number | null,
  head: Uint8Array,
): VideoMetadata {
  const size = displaySizeOf(video)
  const audio = audioStreamOf(answer)
  return {
    durationSeconds,
    resolution: size && `${size.width}x${size.height}`,
    width: size?.width ?? null,
    height: size?.height ?? null,
    frameRate: frameRateOf(video),
    videoCodec: video.codec_name ?? null,
    audioCodec: audio?.codec_name ?? null,
    bitrateKbps: bitrateOf(answer, durationSeconds),
    fileSizeBytes: answer.format.size ?? null,
    formatName: formatNameOf(answer, head),
    rotation: rotationOf(video),
    audioChannels: audio?.channels ?? null,
    audioSampleRate: audio?.sample_rate ?? null,
    recordedAt: recordedAtOf(answer, video),
  }
}

/**
 * When the picture ends on the player's clock, in seconds, by what the file declares: the stream, else
 * the container; null when neither does (UP-91).
 * @param firstFrame when a decoder shows the first frame, on that clock.
 */
export function declaredDuration(answer: FfprobeAnswer, video: Stream, firstFrame: number): number | null {
  const start = answer.format.start_time ?? 0
  const [stream, tag, container] = [video.duration, clockSeconds(video.tags['DURATION']), answer.format.duration]
  // A stream's own duration counts from its first frame, which may come after the sound's beginning.
  if (isKnown(stream)) return toMicrosecond(stream + beginOf(answer, video, firstFrame))
  const known = [tag, container].find(isKnown)
  if (known === undefined) return null
  // Matroska's counts from 0, wherever the file begins.
  return isMatroska(answer) && known > start ? toMicrosecond(known - start) : known
}

/** Whether the declared duration is uncertain: some writers of Matroska count from the first frame. */
export function isDurationUncertain(answer: FfprobeAnswer): boolean {
  return isMatroska(answer) && Math.abs(answer.format.start_time ?? 0) > UNCERTAIN_START_SECONDS
}

const UNCERTAIN_START_SECONDS = 0.05
/** No codec reorders frames by more than this many. */
const MOST_HELD_BACK = 16

function beginOf({ format }: FfprobeAnswer, video: Stream, firstFrame: number): number {
  if (format.format_name !== 'avi') return Math.max(0, (video.start_time ?? 0) - (format.start_time ?? 0))
  // AVI has decoding times; a frame is shown later by the decoder's delay.
  const rate = frameRateOf(video)
  return rate !== null && firstFrame > 0 && firstFrame <= MOST_HELD_BACK / rate ? firstFrame : 0
}

function isMatroska({ format }: FfprobeAnswer): boolean {
  return format.format_name.split(',').includes('matroska')
}

function isKnown(seconds: number | undefined): seconds is number {
  return seconds !== undefined && seconds > 0
}

function toMicrosecond(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}

/** Matroska writes a stream's duration as a tag, `00:00:05.005000000`. */
function clockSeconds(clock: string | undefined): number | undefined {
  const [hours, minutes, seconds] = (clock ?? '').split(':').map(Number)
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined
  const total = hours * 3600 + minutes * 60 + seconds
  return Number.isFinite(total) ? total : undefined
}

/** Average frames per second, to a thousandth. */
export function frameRateOf(video: Stream): number | null {
  const rate = ratio(video.avg_frame_rate) ?? ratio(video.r_frame_rate)
  return rate === null ? null : Math.round(rate * 1000) / 1000
}

function bitrateOf({ format }: FfprobeAnswer, durationSeconds: number | null): number | null {
  if (format.bit_rate !== undefined) return Math.round(format.bit_rate / 1000)
  if (format.size === undefined || !durationSeconds) return null
  return Math.round((format.size * 8) / durationSeconds / 1000)
}

/** The QuickTime tag has the camera's time zone; the other one is UTC. Unset clocks are ignored. */
function recordedAtOf({ format }: FfprobeAnswer, video: Stream): string | null {
  const said =
    format.tags['com.apple.quicktime.creationdate'] ?? format.tags['creation_time'] ?? video.tags['creation_time']
  const instant = new Date(said ?? NaN)
  return instant.getTime() > 0 && instant.getUTCFullYear() < 10_000 ? instant.toISOString() : null
}
