import { resolve } from 'node:path'

/** Demuxers a video file may need. Playlists and scripts (hls, concat, dash…) name other files: they stay out. */
const FORMATS = 'mov,matroska,avi,asf,flv,mpeg,mpegts,ogg,mp3,wav,flac,aac'

/** Pixels of one picture at most: three times 8K. A larger picture, also in the middle of a video, is not decoded. */
export const MOST_PIXELS = 100_000_000

/** What every run begins with: nothing but files and pipes ever opened, no format that names other files, no huge picture. */
export const GUARD = [
  ...['-protocol_whitelist', 'file,pipe,crypto,data'],
  ...['-format_whitelist', FORMATS],
  ...['-max_pixels', String(MOST_PIXELS)],
] as const

/** A path as ffmpeg's file protocol spells it, so that `-x.mp4` is no option and `http:x.mp4` no address. */
export function fileUrl(path: string): string {
  return `file:${resolve(path)}`
}

/** Opens an untrusted video file; `options` (seek, decoder settings) stand before it. */
export function inputArguments(path: string, options: readonly string[] = []): string[] {
  return [...GUARD, ...options, '-i', fileUrl(path)]
}

/** The picture of an input, as `-map` and filters name it: its stream, or the first that is no cover where it is not known. */
export function pictureStream(stream: number | null | undefined): string {
  return `0:${stream ?? 'V:0'}`
}

/** A numbered series of picture files, `pattern` being like `%d.jpg`; a percent sign of the folder is no number. */
export function seriesUrl(folder: string, pattern: string): string {
  return `${fileUrl(folder).replaceAll('%', '%%')}/${pattern}`
}

/** A value within a filter's options: escaped once for the option and once for the graph around it. */
export function optionValue(text: string): string {
  return text.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&')
}
