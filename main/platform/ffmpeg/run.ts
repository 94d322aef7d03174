import { EngineError } from '../../contract/errors.ts'
import { type PipeReader, type ProgramResult, runProgram } from './program.ts'
import { progressReader } from './progress.ts'
import type { FfmpegTools } from './tools.ts'

/** How one run of ffmpeg is fed, watched and ended. */
export interface FfmpegRun {
  signal?: AbortSignal | undefined
  /** Ends the run when it has worked for this long, or has waited for what never comes; see `WorkLimit`. */
  timeLimitMs?: number
  /** Ends the run when it has written to none of its pipes for this long, counted in the same way. */
  silenceLimitMs?: number
  /** Memory it may take, bytes, from `memoryFor`; room for an 8K video when left out. */
  memoryBytes?: number | undefined
  /** Seconds of output made so far, about twice a second. */
  onProgress?: ((seconds: number) => void) | undefined
  /** `buffer` gathers stdout into the result; with `onStdout` it streams. */
  stdout?: 'ignore' | 'buffer' | 'stream'
  onStdout?: PipeReader
  /** Readers of further output pipes: the first is `pipe:3`, the next `pipe:4`. */
  pipes?: readonly PipeReader[]
  /** Bytes for `pipe:0`. */
  input?: Uint8Array
  guarded?: boolean
}

export type FfmpegResult = ProgramResult

/**
 * Runs ffmpeg with `args` (inputs through `inputArguments`, which keep it from the network).
 * @throws EngineError `media_failed` with ffmpeg's own words when it fails or passes a limit, `cancelled` on abort.
 */
export function runFfmpeg(
  tools: Pick<FfmpegTools, 'ffmpeg'>,
  args: readonly string[],
  run: FfmpegRun = {},
): Promise<FfmpegResult> {
  if (run.stdout === 'stream' && !run.onStdout) {
    throw new EngineError('internal', 'A streamed stdout needs a reader.')
  }
  const pipes = [...(run.pipes ?? [])]
  const watch = run.onProgress ? ['-progress', `pipe:${3 + pipes.length}`] : []
  if (run.onProgress) pipes.push(progressReader(run.onProgress))
  const always = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'error', '-y']
  return runProgram({ ...run, file: tools.ffmpeg, args: [...always, ...watch, ...args], pipes })
}
