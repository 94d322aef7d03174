import type { Readable } from 'node:stream'
import { execa, type Options } from 'execa'
import { EngineError } from '../../contract/errors.ts'
import { dismiss, guarded } from './guard.ts'
import { LastWords } from './last-words.ts'

/** One run of ffmpeg or ffprobe, complete with its arguments. */
export interface ProgramRun {
  file: string
  args: readonly string[]
  signal?: AbortSignal | undefined
  timeLimitMs?: number
  silenceLimitMs?: number
  stdout?: 'ignore' | 'buffer' | 'stream'
  onStdout?: PipeReader
  /** Readers of fd 3 and up. */
  pipes: readonly PipeReader[]
  input?: Uint8Array
  /** It ends with this process however that ends, and hears no signal that is meant for all of ours. */
  guarded?: boolean
}

/** Gets what comes out of a pipe; one that answers a promise is given no more until it resolves, and the program waits. */
export type PipeReader = (chunk: Buffer) => void | Promise<void>

export interface ProgramResult {
  /** Empty unless asked for. */
  stdout: Buffer
  /** The end of stderr: warnings, for a run that worked. */
  stderrTail: string
}

/** What of a child process is needed to read it and to end it. */
interface Running {
  readonly stdio: readonly unknown[]
  kill(): boolean
}

/** A polite end has this long before the program is killed. */
const KILL_AFTER_MS = 300

/** Runs a program to its end, or ends it: on abort, at its time limit, or when it falls silent. */
export async function runProgram(run: ProgramRun): Promise<ProgramResult> {
  if (run.signal?.aborted) throw cancelled()
  const words = new LastWords()
  const kept: Buffer[] = []
  const guardPipe = isGuarded(run) ? 3 + run.pipes.length : null
  const { file, args } = guardPipe === null ? run : guarded(run.file, run.args, guardPipe)
  const child = execa(file, args, spawnOptions(run))
  if (guardPipe !== null) child.once('exit', () => dismiss(child.stdio[guardPipe]))
  const silence = new SilenceGuard(run.silenceLimitMs, () => child.kill())
  const readStdout = run.onStdout ?? ((chunk: Buffer) => void kept.push(chunk))
  const readers = [readStdout, (chunk: Buffer) => words.add(chunk), ...run.pipes]
  const broken = readAll(child, readers, silence)
  const result = await child
  silence.end()
  if (run.signal?.aborted) throw cancelled()
  if (broken.error) throw broken.error
  if (result.timedOut) throw tooLong(`for more than ${seconds(run.timeLimitMs)}`, words)
  if (silence.broken) throw tooLong(`and said nothing for ${seconds(run.silenceLimitMs)}`, words)
  if (result.failed) throw failure(result.exitCode, result.originalMessage, words)
  return { stdout: Buffer.concat(kept), stderrTail: words.text }
}

function isGuarded({ guarded: wanted }: ProgramRun): boolean {
  return wanted === true && process.platform !== 'win32'
}

function spawnOptions(run: ProgramRun) {
  const wantsStdout = run.onStdout !== undefined || run.stdout === 'buffer'
  const first = [run.input ? 'pipe' : 'ignore', wantsStdout ? 'pipe' : 'ignore', 'pipe'] as const
  return {
    stdio: [...first, ...run.pipes.map(() => 'pipe' as const), ...(isGuarded(run) ? (['pipe'] as const) : [])],
    ...(run.input && { input: run.input }),
    ...(run.signal && { cancelSignal: run.signal }),
    ...(run.timeLimitMs !== undefined && { timeout: run.timeLimitMs }),
    buffer: false,
    reject: false,
    forceKillAfterDelay: KILL_AFTER_MS,
    // Ended on a signal to us before our own end reached its job, a program would look as if it had failed.
    // Without that it ends with us all the same: by the abort, or by writing into a pipe that nobody reads.
    cleanup: false,
    detached: isGuarded(run),
    windowsHide: true,
  } satisfies Options
}

/** Reads every pipe as fast as it comes: a program that waits for one of its pipes would never fill the others. */
function readAll(child: Running, readers: readonly PipeReader[], silence: SilenceGuard) {
  const broken: { error: Error | null } = { error: null }
  const breakOff = (error: unknown): void => {
    broken.error = error instanceof Error ? error : new Error(String(error))
    child.kill()
  }
  for (const [index, read] of readers.entries()) {
    const pipe = child.stdio[index + 1] as Readable | null | undefined
    pipe?.on('data', (chunk: Buffer) => {
      silence.heard()
      if (broken.error) return
      try {
        const room = read(chunk)
        if (room) waitForRoom(pipe, room, silence).catch(breakOff)
      } catch (error) {
        breakOff(error)
      }
    })
  }
  return broken
}

/** Meanwhile the program is silent because of us. */
async function waitForRoom(pipe: Readable, room: Promise<void>, silence: SilenceGuard): Promise<void> {
  pipe.pause()
  silence.hold()
  await room
  silence.resume()
  pipe.resume()
}

/** Calls out when nothing was heard for a while. */
class SilenceGuard {
  broken = false
  #holds = 0
  readonly #timer: NodeJS.Timeout | null

  constructor(limitMs: number | undefined, end: () => void) {
    const onSilence = (): void => {
      if (this.#holds > 0) return this.heard()
      this.broken = true
      end()
    }
    this.#timer = limitMs === undefined ? null : setTimeout(onSilence, limitMs)
  }

  heard(): void {
    this.#timer?.refresh()
  }

  hold(): void {
    this.#holds += 1
  }

  resume(): void {
    this.#holds -= 1
    this.heard()
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }
}

/** Whether a program ran to its end and found fault with the file; passing a limit is no such verdict. */
export function isRefusal(error: unknown): error is EngineError {
  return (
    error instanceof EngineError && error.code === 'media_failed' && typeof error.details?.['exitCode'] === 'number'
  )
}

function seconds(milliseconds = 0): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`
}

function cancelled(): EngineError {
  return new EngineError('cancelled', 'Cancelled.')
}

function tooLong(how: string, words: LastWords): EngineError {
  const last = words.firstLine
  return new EngineError('media_failed', `Reading the video took ${how} and was ended.${last ? ` ${last}` : ''}`, {
    stderr: words.text,
  })
}

function failure(exitCode: number | undefined, message: string | undefined, words: LastWords): EngineError {
  if (/No space left on device|Disk quota exceeded/i.test(words.text)) {
    return new EngineError('storage_full', 'The disk is full. Free some space; what is stored already is safe.', {
      stderr: words.text,
    })
  }
  const why = words.firstLine ?? message ?? `it ended with ${String(exitCode)}`
  return new EngineError('media_failed', `The video could not be read: ${why}`, { stderr: words.text, exitCode })
}
