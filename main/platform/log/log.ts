import { mkdirSync } from 'node:fs'
import path from 'node:path'
import pino, { type Logger } from 'pino'
import { printableJson } from '../../base/printable.ts'
import { hiding } from '../../base/redaction.ts'
import { recordCrashesWith } from '../crash/index.ts'
import { logLevelFrom } from './level.ts'
import { RotatingFile } from './rotating-file.ts'

export type Log = Logger

export interface LogOptions {
  /** To standard error too: standard output belongs to the answers of commands. */
  readonly alsoStderr: boolean
  /** Holds FIELDREEL_LOG_LEVEL, and the keys that no line may hold. */
  readonly env?: NodeJS.ProcessEnv
  /** Size in bytes at which the file is put aside. */
  readonly mostBytes?: number
}

/**
 * A log that writes JSON lines to `folder`/fieldreel.log. Keys and signed URLs never reach it, and what a terminal would
 * obey is escaped. `close` ends it; what is said after that goes nowhere.
 * @throws EngineError `invalid_input` for a level that there is not.
 */
export function openLog(folder: string, options: LogOptions): { log: Log; close: () => void } {
  const { alsoStderr, env = process.env, mostBytes } = options
  const level = logLevelFrom(env)
  const hide = hiding(env)
  const file = openFile(folder, mostBytes)
  const stderr = alsoStderr ? openStderr() : null
  const write = (line: string): void => {
    const shown = printableJson(hide(line))
    file?.write(shown)
    stderr?.write(shown)
  }
  // One stream of our own: pino's multistream has a level for each stream, and that of the log would not count.
  const log = pino({ level }, { write })
  recordCrashesWith((error) => log.fatal({ err: error }, 'Fieldreel ends: an uncaught error'))
  return { log, close: () => file?.close() }
}

function openFile(folder: string, mostBytes: number | undefined): RotatingFile | null {
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    return null
  }
  return new RotatingFile(path.join(folder, 'fieldreel.log'), mostBytes)
}

/** Written at once, so that a process that ends in its next moment has said it. */
function openStderr(): ReturnType<typeof pino.destination> {
  const stderr = pino.destination({ dest: 2, sync: true })
  // The reader may have closed it; the engine goes on.
  stderr.on('error', () => undefined)
  return stderr
}
