import { createRequire } from 'node:module'
import { type FfmpegTools, resolveFfmpeg } from '../../main/platform/ffmpeg/index.ts'

const requireModule = createRequire(import.meta.url)

/** The builds that npm ships, which are from 2018; null where these optional packages are not installed. */
export async function npmTools(): Promise<FfmpegTools | null> {
  try {
    const path = (name: string): string => (requireModule(name) as { path: string }).path
    const [ffmpeg, ffprobe] = [path('@ffmpeg-installer/ffmpeg'), path('@ffprobe-installer/ffprobe')]
    return await resolveFfmpeg({ ...process.env, FFMPEG_BIN: ffmpeg, FFPROBE_BIN: ffprobe })
  } catch {
    return null
  }
}
