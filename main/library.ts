import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { printAudit } from './command/audit.ts'
import type { CommandAnswer } from './command/answer.ts'
import { runMaintenanceCommand } from './command/maintenance.ts'
import { type LibraryArguments, parseLibrary } from './command/library-arguments.ts'
import { findingToJsonLine, findingToText } from './command/library-report.ts'
import { progressOn } from './command/progress.ts'
import { rebuild } from './command/rebuild.ts'
import { runCommand, untilSignal, VERSION } from './command/run.ts'
import { rotate } from './command/secrets.ts'
import { showSnapshots, takeSnapshot } from './command/snapshots.ts'
import { compose, type Engine } from './compose.ts'
import { asEngineError, EngineError, type Finding } from './contract/index.ts'
import { assertRestored, DataFolder } from './platform/files/index.ts'

const workersFolder = import.meta.dirname

/** Maintains a library. Standard output has one entry per problem, or per item of a list. */
runCommand(async () => {
  const args = parseLibrary(process.argv.slice(2), process.env)
  const stopping = new AbortController()
  void untilSignal().then(() => stopping.abort())
  try {
    const { isWell, summary } = await run(args, stopping.signal)
    const out = args.json ? process.stderr : process.stdout
    if (summary !== null) out.write(`${summary}\n`)
    process.exitCode = isWell ? 0 : 1
  } catch (error) {
    if (!stopping.signal.aborted || asEngineError(error).code !== 'cancelled') throw error
    process.stderr.write('Stopped. Run it again to continue or start over.\n')
    process.exitCode = 130
  }
})

async function run(args: LibraryArguments, signal: AbortSignal): Promise<CommandAnswer> {
  const { command, json, operands } = args
  const view = progressOn(process.stderr)
  switch (command) {
    case 'verify':
    case 'backup':
    case 'restore':
      return await runMaintenanceCommand({ ...args, command }, { workersFolder, view, signal, print })
    case 'rebuild': {
      const show = (finding: Finding): void => print(json ? findingToJsonLine(finding) : findingToText(finding))
      return await withEngine(args, (engine) => rebuild(engine, { view, signal, print: show }))
    }
    case 'rotate-secrets':
      return await withEngine(args, rotate)
    case 'snapshots':
      return showSnapshots(libraryOf(args), json, print)
    case 'use-snapshot':
      return await takeSnapshot(libraryOf(args), operands[0] ?? '')
    case 'audit':
      return await printAudit(libraryOf(args), write)
  }
}

/** A rebuild moves a damaged database to quarantine and makes a new one. */
async function withEngine(
  args: LibraryArguments,
  work: (engine: Engine) => Promise<CommandAnswer>,
): Promise<CommandAnswer> {
  libraryOf(args)
  const engine = await compose({
    ...{ data: args.data, workersFolder, version: VERSION, logToStderr: false, env: process.env },
    whenDamaged: args.command === 'rebuild' ? 'begin-anew' : 'read',
  })
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}

/** @throws EngineError `not_found`: none is made here; `library_damaged` for one that is only partly restored. */
function libraryOf({ data }: LibraryArguments): DataFolder {
  const folder = DataFolder.at(data)
  const isThere = [folder.database, folder.objects, folder.quarantine, folder.snapshots].some((file) =>
    existsSync(file),
  )
  if (!isThere) throw new EngineError('not_found', `There is no library in ${data}.`)
  assertRestored(data)
  return folder
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Waits while the reader of standard output is slower. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
