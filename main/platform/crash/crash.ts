import { printableLines } from '../../base/printable.ts'
import { hiding } from '../../base/redaction.ts'

type Write = (error: unknown) => void

let record: Write = () => undefined

/** From now on a crash is written down so: by the log, once it is open. */
export function recordCrashesWith(write: Write): void {
  record = write
}

/** Records an unexpected error. */
export function recordCrash(error: unknown): void {
  record(error)
}

/**
 * An error that nobody caught, or a promise whose failure nobody looked at, leaves a line in the log and on standard error
 * and ends the process with 1: its state is unknown from here on. For entries only.
 */
export function endOnCrash(): void {
  const end = (error: unknown): void => {
    try {
      recordCrash(error)
      process.stderr.write(`${printableLines(hiding(process.env)(textOf(error)))}\n`)
    } finally {
      process.exit(1)
    }
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
