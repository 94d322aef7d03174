import { type FfmpegTools, resolveFfmpeg } from './platform/ffmpeg/index.ts'
import type { Log } from './platform/log/index.ts'

/** The ffmpeg to use; what a person should know of it is logged once. */
export function toolsOf(env: NodeJS.ProcessEnv, log: Log): () => Promise<FfmpegTools> {
  let told: string | null = null
  return async () => {
    const tools = await resolveFfmpeg(env)
    if (tools.warning !== told) log.warn({ ffmpeg: tools.ffmpeg, version: tools.version }, tools.warning ?? '')
    told = tools.warning
    return tools
  }
}
