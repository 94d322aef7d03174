import type { VideoMetadata } from '../../../main/contract/index.ts'
import { size } from './size.ts'

const CODECS: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  vp8: 'VP8',
  vp9: 'VP9',
  mpeg4: 'MPEG-4',
  mpeg2video: 'MPEG-2',
  mjpeg: 'Motion JPEG',
  prores: 'ProRes',
  dnxhd: 'DNxHD',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  ac3: 'AC-3',
}

/** `h264` as people write it; a codec without a name here as ffmpeg calls it. */
export function codecName(codec: string): string {
  return CODECS[codec] ?? (codec.startsWith('pcm_') ? 'PCM' : codec.toUpperCase())
}

/** `1280 × 720, 25 fps, H.264`; only what is known. */
export function pictureLine({ width, height, frameRate, videoCodec }: VideoMetadata): string {
  return listed([
    width !== null && height !== null ? `${width} × ${height}` : null,
    frameRate === null ? null : `${number(frameRate)} fps`,
    videoCodec === null ? null : codecName(videoCodec),
  ])
}

/** `AAC, 2 channels, 48 kHz`, or `None` */
export function soundLine({ audioCodec, audioChannels, audioSampleRate }: VideoMetadata): string {
  if (audioCodec === null) return 'None'
  const channels = audioChannels === 1 ? 'mono' : `${audioChannels} channels`
  return listed([
    codecName(audioCodec),
    audioChannels === null ? null : channels,
    audioSampleRate === null ? null : `${number(audioSampleRate / 1000)} kHz`,
  ])
}

/** `412 MB, 8.2 Mb/s` */
export function sizeLine(sizeBytes: number, bitrateKbps: number | null): string {
  return listed([size(sizeBytes), bitrateKbps === null ? null : bitrate(bitrateKbps)])
}

function bitrate(kbps: number): string {
  return kbps >= 1000 ? `${(kbps / 1000).toFixed(1)} Mb/s` : `${kbps} kb/s`
}

/** At most two decimals, none that are zero. */
function number(value: number): string {
  return String(Number(value.toFixed(2)))
}

function listed(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ')
}
