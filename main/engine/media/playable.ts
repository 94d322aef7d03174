import type { VideoMetadata } from '../../contract/library/video.ts'
import type { FfprobeAnswer, Stream } from './ffprobe-answer.ts'

const CONTAINERS = new Set(['mp4', 'mov', 'webm'])
const VIDEO = new Set(['h264', 'vp8', 'vp9', 'av1'])
const AUDIO = new Set(['aac', 'mp3', 'opus', 'vorbis', 'flac'])
/** Chromium decodes H.264 only as 8-bit 4:2:0. */
const H264_PIXELS = new Set(['yuv420p', 'yuvj420p'])

/**
 * Whether Chromium plays a file as it is; others need a preview copy.
 * @param pixelFormat ffprobe's `pix_fmt`, when known.
 */
export function isPlayable(
  metadata: Pick<VideoMetadata, 'formatName' | 'videoCodec' | 'audioCodec'>,
  pixelFormat: string | null = null,
): boolean {
  const { formatName, videoCodec, audioCodec } = metadata
  if (formatName === null || videoCodec === null) return false
  if (videoCodec === 'h264' && pixelFormat !== null && !H264_PIXELS.has(pixelFormat)) return false
  return CONTAINERS.has(formatName) && VIDEO.has(videoCodec) && (audioCodec === null || AUDIO.has(audioCodec))
}

/** A file that Chromium could play by its codecs. */
export interface PlayedFile {
  readonly answer: FfprobeAnswer
  /** The picture that was chosen. */
  readonly video: Stream
  readonly truncated: boolean
}

/** Chromium keeps its own clock within a file; it need not know of the very last frames. */
const MOST_SHORT_SECONDS = 0.25

/**
 * Whether Chromium shows what the frame index tells, to its end (UP-95). It stalls where bytes are missing.
 * @param durationSeconds when the last frame ends; null when unknown.
 */
export function isPlayedWhole({ answer, video, truncated }: PlayedFile, durationSeconds: number | null): boolean {
  return !truncated && isShown(answer, video) && reachesEnd(answer, durationSeconds ?? 0)
}

/** Whether Chromium chooses the same picture: the first by default of those that it decodes. */
function isShown({ streams }: FfprobeAnswer, video: Stream): boolean {
  const pictures = streams.filter(
    ({ codec_type: type, codec_name: codec = '' }) => type === 'video' && VIDEO.has(codec),
  )
  return (pictures.find(({ disposition }) => disposition.default) ?? pictures[0])?.index === video.index
}

/**
 * Whether Chromium can seek to the end: it believes the longest of the streams' durations, and seeks no further. Its clock
 * begins at 0, wherever the file does.
 */
function reachesEnd({ format, streams }: FfprobeAnswer, durationSeconds: number): boolean {
  const start = format.start_time ?? 0
  const ends = streams.flatMap(({ duration, start_time: begin = 0 }) => (duration ? [begin + duration - start] : []))
  // Only Matroska says nothing of its streams. Without any duration it is as long as Chromium finds.
  const declared = ends.length > 0 ? Math.max(...ends) : (format.duration ?? Infinity)
  return declared >= start + durationSeconds - MOST_SHORT_SECONDS
}
