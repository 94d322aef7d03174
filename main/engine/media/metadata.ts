import type { VideoMetadata } from '../../contract/video.ts'
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

/** "duration: stream duration, else container, else last pts"; null leaves the last to the caller. */
export function declaredDuration(answer: FfprobeAnswer, video: Stream): number | null {
  const known = [video.duration, clockSeconds(video.tags['DURATION']), answer.format.duration]
  return known.find((seconds) => seconds !== undefined && seconds > 0) ?? null
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

/** The QuickTime tag knows the time zone of the camera; the plain one is UTC by rule. Unset clocks are left out. */
function recordedAtOf({ format }: FfprobeAnswer, video: Stream): string | null {
  const said =
    format.tags['com.apple.quicktime.creationdate'] ?? format.tags['creation_time'] ?? video.tags['creation_time']
  const instant = new Date(said ?? NaN)
  return instant.getTime() > 0 && instant.getUTCFullYear() < 10_000 ? instant.toISOString() : null
}
