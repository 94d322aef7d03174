import type { VideoMetadata } from '../../contract/library/video.ts'

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
