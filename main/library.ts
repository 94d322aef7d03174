import { careFor } from './command/care.ts'
import { type LibraryArguments, parseLibrary } from './command/library-arguments.ts'
import { findingToJsonLine, findingToText } from './command/library-report.ts'
import { progressOn } from './command/progress.ts'
import { rebuild } from './command/rebuilding.ts'
import { runCommand, untilSignal, VERSION } from './command/run.ts'
import { compose } from './compose.ts'
import { asEngineError, type Finding } from './contract/index.ts'

const workersFolder = import.meta.dirname

/** Verifies, backs up, restores or rebuilds a library. Standard output holds one entry for each thing that is wrong. */
runCommand(async () => {
  const args = parseLibrary(process.argv.slice(2), process.env)
  const stopping = new AbortController()
  void untilSignal().then(() => stopping.abort())
  try {
    const { isWell, summary } = await run(args, stopping.signal)
    const out = args.json ? process.stderr : process.stdout
    out.write(`${summary}\n`)
    process.exitCode = isWell ? 0 : 1
  } catch (error) {
    if (!stopping.signal.aborted || asEngineError(error).code !== 'cancelled') throw error
    process.stderr.write('Stopped. Running it again goes on or begins anew.\n')
    process.exitCode = 130
  }
})

async function run(args: LibraryArguments, signal: AbortSignal) {
  const view = progressOn(process.stderr)
  if (args.command !== 'rebuild') {
    const print = (line: string): void => void process.stdout.write(`${line}\n`)
    return await careFor(args, { workersFolder, view, signal, print })
  }
  const engine = await compose({
    ...{ data: args.data, workersFolder, version: VERSION },
    ...{ logToStderr: false, env: process.env },
  })
  try {
    const print = (finding: Finding): void => {
      process.stdout.write(`${args.json ? findingToJsonLine(finding) : findingToText(finding)}\n`)
    }
    return await rebuild(engine, { view, signal, print })
  } finally {
    await engine.close()
  }
}
