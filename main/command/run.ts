import packageJson from '../../package.json' with { type: 'json' }
import { printable, printableLines } from '../base/printable.ts'
import { EngineError } from '../contract/errors.ts'
import { endOnCrash, recordCrash } from '../platform/crash/index.ts'
import { HelpRequested, UsageError } from './arguments.ts'

export const VERSION: string = packageJson.version

/** Runs a command to its end; what fails becomes one readable line and exit status 1. */
export function runCommand(command: () => Promise<void>): void {
  endOnCrash()
  command().catch((error: unknown) => {
    if (error instanceof HelpRequested) {
      process.stdout.write(error.message)
      return
    }
    process.stderr.write(`${readable(error)}\n`)
    process.exit(1)
  })
}

function readable(error: unknown): string {
  // Its last line is the usage.
  if (error instanceof UsageError) return printableLines(error.message)
  if (error instanceof EngineError) return printable(error.message)
  recordCrash(error)
  return printableLines(inspect(error))
}

const INTERRUPTED = 130

/** Resolves at the first SIGINT or SIGTERM; the second ends the process at once. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0
    // The listener stays: libraries that listen for signals end the process when there is no other listener.
    const onSignal = (): void => {
      signals += 1
      if (signals > 1) process.exit(INTERRUPTED)
      resolve()
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })
}

function inspect(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
