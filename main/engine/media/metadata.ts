import type { VideoMetadata } from '../../contract/library/video.ts'
import { displaySizeOf, rotationOf } from './display.ts'
import { ratio, type FfprobeAnswer, type Stream } from './ffprobe-answer.ts'
import { formatNameOf } from './format-name.ts'
import type { Tracks } from './tracks.ts'

/**
 * ffprobe's answer as domain fields, in this one place.
 * @param durationSeconds when the last frame ends, on the player's clock.
 * @param head first bytes of the file.
 */
export function metadataOf(
  { answer, audio }: Pick<Tracks, 'answer' | 'audio'>,
  video: Stream,
  durationSeconds: number | null,
  head: Uint8Array,
): VideoMetadata {
  const size = displaySizeOf(video)
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
 * How long the picture is on the player's clock, in seconds, by what the file declares: the stream, else the container; null
 * when neither does. Only where packets have no times is it the duration (UP-91).
 */
export function declaredDuration(answer: FfprobeAnswer, video: Stream): number | null {
  const start = answer.format.start_time ?? 0
  // A stream's own duration counts from its first frame, which may come after the sound's beginning.
  if (isKnown(video.duration)) return video.duration + Math.max(0, (video.start_time ?? 0) - start)
  const known = [clockSeconds(video.tags['DURATION']), answer.format.duration].find(isKnown)
  if (known === undefined) return null
  // Matroska's counts from 0, wherever the file begins.
  return isMatroska(answer) && known > start ? known - start : known
}

/** What the packets say of the last frame, seconds. */
export interface LastFrame {
  /** Time stamp of the file. */
  readonly time: number
  /** Its own duration; 0 when the container does not say. */
  readonly lasting: number
  /** Time since the frame before; 0 when there is none. */
  readonly since: number
}

/** A last frame that lasts for less of the time since the one before is none: MP4 has times between decoding only. */
const LEAST_HELD = 0.2
/** One that is held longer than this many times the one before is no claim to believe. */
const MOST_HELD = 1.5

/**
 * How long the last frame is shown, seconds; as long as the one before where the file does not say. Matroska writes no
 * duration for a frame: what ffprobe gives is an average. Its stream says when it ends, though.
 */
export function lengthOfLast(answer: FfprobeAnswer, video: Stream, { time, lasting, since }: LastFrame): number {
  const isSaid = lasting > LEAST_HELD * since
  if (isSaid && !isMatroska(answer)) return lasting
  const ends = isMatroska(answer) ? [clockSeconds(video.tags['DURATION'])] : [video, answer.format].map(declaredEnd)
  const usual = isSaid ? lasting : since
  const most = MOST_HELD * Math.max(usual, since)
  return ends.map((end = 0) => end - time).find((length) => length > 0 && length <= most) ?? usual
}

function declaredEnd({ start_time: start = 0, duration = 0 }: Pick<Stream, 'start_time' | 'duration'>): number {
  return start + duration
}

/** No codec reorders frames by more than this many. */
const MOST_HELD_BACK = 16

/**
 * Seconds by which frames are shown later than their packets say: AVI has the times to decode them.
 * @param firstFrame when a decoder shows the first frame, on the player's clock.
 */
export function decoderDelay({ format }: FfprobeAnswer, video: Stream, firstFrame: number): number {
  const rate = format.format_name === 'avi' ? frameRateOf(video) : null
  return rate !== null && firstFrame > 0 && firstFrame <= MOST_HELD_BACK / rate ? firstFrame : 0
}

function isMatroska({ format }: FfprobeAnswer): boolean {
  return format.format_name.split(',').includes('matroska')
}

function isKnown(seconds: number | undefined): seconds is number {
  return seconds !== undefined && seconds > 0
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
