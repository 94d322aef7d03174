import type { Readable } from 'node:stream'
import { execa, type Options } from 'execa'
import { EngineError } from '../../contract/errors.ts'
import { DISK_FULL } from '../files/index.ts'
import { type Command, harmlessEnvironment, limitCommands, memoryFor, networkless } from './confinement.ts'
import { behindShell, dismiss, guardCommands } from './guard.ts'
import { LastWords } from './last-words.ts'
import { halfOf, spentInAll, WorkLimit } from './work-limit.ts'

/** One run of ffmpeg or ffprobe, complete with its arguments. */
export interface ProgramRun {
  file: string
  args: readonly string[]
  signal?: AbortSignal | undefined
  /** How long it may work, or wait for what never comes; see `WorkLimit`. */
  timeLimitMs?: number
  silenceLimitMs?: number
  /** Memory it may take for itself, bytes; room for an 8K video when left out. */
  memoryBytes?: number | undefined
  /** It changes no file. */
  writesNoFile?: boolean
  stdout?: 'ignore' | 'buffer' | 'stream'
  onStdout?: PipeReader
  /** Readers of fd 3 and up. */
  pipes: readonly PipeReader[]
  input?: Uint8Array
  /** It ends with this process, also when that is killed, and gets no signal sent to our process group. */
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
  readonly pid?: number | undefined
  readonly stdio: readonly unknown[]
  kill(): boolean
}

/** A polite end has this long before the program is killed. */
const KILL_AFTER_MS = 300

/** Runs a program to its end, or ends it: on abort, at its time limit, or when it falls silent. */
export async function runProgram(run: ProgramRun): Promise<ProgramResult> {
  if (run.signal?.aborted) throw new EngineError('cancelled', 'Cancelled.')
  const words = new LastWords()
  const kept = new KeptOutput()
  const guardPipe = isGuarded(run) ? 3 + run.pipes.length : null
  const { file, args } = await confined(run, guardPipe)
  const child = execa(file, args, spawnOptions(run))
  if (guardPipe !== null) child.once('exit', () => dismiss(child.stdio[guardPipe]))
  const limits = new RunLimits(run, child)
  const readStdout = run.onStdout ?? ((chunk: Buffer) => kept.add(chunk))
  const readers = [readStdout, (chunk: Buffer) => words.add(chunk), ...run.pipes]
  const broken = readAll(child, readers, limits)
  const result = await child
  limits.end()
  if (run.signal?.aborted) throw new EngineError('cancelled', 'Cancelled.')
  if (broken.error) throw broken.error
  if (limits.exceeded === 'time') throw tooLong(`for more than ${seconds(run.timeLimitMs)}`, words)
  if (limits.exceeded === 'silence') throw tooLong(`and said nothing for ${seconds(run.silenceLimitMs)}`, words)
  if (result.failed) throw failure(result, words, memoryOf(run))
  return { stdout: kept.bytes, stderrTail: words.text }
}

/** The program behind its limits and its guard. Windows has no such shell: there it runs as it is. */
async function confined(run: ProgramRun, guardPipe: number | null): Promise<Command> {
  if (process.platform === 'win32') return run
  const [first, ...others] = [...(await networkless()), run.file, ...run.args]
  const guard = guardPipe === null ? '' : guardCommands(guardPipe)
  const limits = limitCommands({ memoryBytes: memoryOf(run), writesNoFile: run.writesNoFile })
  return behindShell(guard + limits, { file: first ?? run.file, args: others })
}

function memoryOf({ memoryBytes }: ProgramRun): number {
  return memoryBytes ?? memoryFor(null, Infinity)
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
    env: harmlessEnvironment(),
    extendEnv: false,
    buffer: false,
    reject: false,
    forceKillAfterDelay: KILL_AFTER_MS,
    // Ended on a signal to us before our own end reached its job, a program would look as if it had failed.
    // Without that it ends with us all the same: by the abort, or by writing into a closed pipe.
    cleanup: false,
    detached: isGuarded(run),
    windowsHide: true,
  } satisfies Options
}

/** Reads every pipe as fast as it comes: a program that waits for one of its pipes would never fill the others. */
function readAll(child: Running, readers: readonly PipeReader[], limits: RunLimits) {
  const broken: { error: Error | null } = { error: null }
  const breakOff = (error: unknown): void => {
    broken.error = error instanceof Error ? error : new Error(String(error))
    child.kill()
  }
  for (const [index, read] of readers.entries()) {
    const pipe = child.stdio[index + 1] as Readable | null | undefined
    pipe?.on('data', (chunk: Buffer) => {
      limits.heard()
      if (broken.error) return
      try {
        const room = read(chunk)
        if (room) waitForRoom(pipe, room, limits).catch(breakOff)
      } catch (error) {
        breakOff(error)
      }
    })
  }
  return broken
}

/** Meanwhile the program is silent because of us. */
async function waitForRoom(pipe: Readable, room: Promise<void>, limits: RunLimits): Promise<void> {
  pipe.pause()
  limits.hold()
  await room
  limits.resume()
  pipe.resume()
}

/** Ends a program that works for too long, or that is silent for too long. */
class RunLimits {
  exceeded: 'time' | 'silence' | null = null
  readonly #time: WorkLimit | null
  readonly #silence: WorkLimit | null

  constructor({ timeLimitMs, silenceLimitMs }: ProgramRun, child: Running) {
    const limit = (which: 'time' | 'silence', limitMs: number | undefined): WorkLimit | null => {
      // One that could not be started has no number, and ends by itself.
      if (limitMs === undefined || child.pid === undefined) return null
      const onExceeded = (): void => {
        this.exceeded ??= which
        child.kill()
      }
      const alreadySpent = which === 'time' ? spentInAll : halfOf(limitMs)
      return new WorkLimit(child.pid, { limitMs, alreadySpent, onExceeded })
    }
    this.#time = limit('time', timeLimitMs)
    this.#silence = limit('silence', silenceLimitMs)
  }

  heard(): void {
    this.#silence?.restart()
  }

  /** We do not read its output now: silence meanwhile does not count as hanging. */
  hold(): void {
    this.#time?.hold()
    this.#silence?.hold()
  }

  resume(): void {
    this.#time?.resume()
    this.#silence?.resume()
    this.heard()
  }

  end(): void {
    this.#time?.end()
    this.#silence?.end()
  }
}

/** What a program says of a file is a few kilobytes; tags of a hostile one could be without end. */
const MOST_KEPT_BYTES = 16 * 1024 * 1024

class KeptOutput {
  readonly #chunks: Buffer[] = []
  #size = 0

  /** @throws EngineError `media_failed` when it gets too long. */
  add(chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > MOST_KEPT_BYTES) {
      throw new EngineError('media_failed', 'This file describes itself with more than 16 MB of text.', TOO_MUCH)
    }
    this.#chunks.push(chunk)
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }
}

/** Details of an error about a file that asks for more memory than any video needs. */
const TOO_MUCH = { tooMuch: true } as const

/** Whether a file asked for more memory than any video needs, so that reading it was ended. */
export function isTooMuch(error: unknown): error is EngineError {
  return error instanceof EngineError && error.details?.['tooMuch'] === true
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

function tooLong(how: string, words: LastWords): EngineError {
  const last = words.firstLine
  return new EngineError('media_failed', `Reading the video took ${how} and was ended.${last ? ` ${last}` : ''}`, {
    stderr: words.text,
  })
}

interface Ended {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly originalMessage?: string | undefined
}

function failure({ exitCode, signal, originalMessage }: Ended, words: LastWords, memoryBytes: number): EngineError {
  if (/No space left on device|Disk quota exceeded/i.test(words.text)) {
    return new EngineError('storage_full', DISK_FULL, { stderr: words.text })
  }
  if (/Cannot allocate memory|out of memory|malloc of size \d+ failed|Cannot add index entry/i.test(words.text)) {
    const megabytes = Math.round(memoryBytes / 1e6)
    const message = `This file needs more than the ${megabytes} MB of memory that it may take, or has too many streams.`
    return new EngineError('media_failed', message, { stderr: words.text, exitCode, ...TOO_MUCH })
  }
  const why = words.firstLine ?? originalMessage ?? `it ended with ${String(exitCode ?? signal)}`
  return new EngineError('media_failed', `The video could not be read: ${why}`, { stderr: words.text, exitCode })
}
