import { EngineError } from '../../contract/errors.ts'
import { GUARD, fileUrl } from './arguments.ts'
import { LineReader } from './line-reader.ts'
import { runProgram } from './program.ts'
import type { FfmpegTools } from './tools.ts'

export interface FfprobeRun {
  signal?: AbortSignal | undefined
  timeLimitMs?: number
  memoryBytes?: number | undefined
}

/**
 * What ffprobe says about a file, as the JSON it prints: untrusted data, which the caller validates.
 * @throws EngineError as `runFfmpeg` does.
 */
export async function runFfprobe(
  tools: FfmpegTools,
  path: string,
  sections: readonly string[],
  run: FfprobeRun = {},
): Promise<unknown> {
  const args = ['-hide_banner', '-loglevel', 'error', ...GUARD, '-of', 'json', ...sections, fileUrl(path)]
  const { stdout } = await runProgram({
    ...run,
    file: tools.ffprobe,
    args,
    pipes: [],
    writesNoFile: true,
    stdout: 'buffer',
  })
  try {
    return JSON.parse(stdout.toString('utf8')) as unknown
  } catch (cause) {
    throw new EngineError('media_failed', 'ffprobe gave an answer that is no JSON.', null, { cause })
  }
}

export interface FfprobeListing extends FfprobeRun {
  /** Ends the run when it has said nothing for this long. */
  silenceLimitMs?: number
  readonly onLine: (line: string) => void
}

/**
 * Asks ffprobe for what is too long to hold as one answer, line by line: `section|key=value|…`.
 * @throws EngineError as `runFfmpeg` does.
 */
export async function listWithFfprobe(
  tools: FfmpegTools,
  path: string,
  sections: readonly string[],
  { onLine, ...run }: FfprobeListing,
): Promise<void> {
  const args = ['-hide_banner', '-loglevel', 'error', ...GUARD, '-of', 'compact', ...sections, fileUrl(path)]
  const lines = new LineReader(onLine)
  const onStdout = (chunk: Buffer): void => lines.add(chunk)
  await runProgram({ ...run, file: tools.ffprobe, args, pipes: [], writesNoFile: true, onStdout })
}
