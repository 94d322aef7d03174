import { parseIngest } from './command/arguments.ts'
import { Ingestion } from './command/ingestion.ts'
import { progressOn } from './command/progress.ts'
import { toJsonLine, toTable } from './command/report.ts'
import { runCommand, untilSignal, VERSION } from './command/run.ts'
import { compose } from './compose.ts'
import { resolveFfmpeg } from './platform/ffmpeg/index.ts'

/** Imports files and prints their scenes: a table, or with `--json` one line a file. */
runCommand(async () => {
  const { data, files, json, cut } = parseIngest(process.argv.slice(2), process.env)
  // Looked for while the library is opened; a failure is reported by whoever needs it.
  void resolveFfmpeg(process.env).catch(() => undefined)
  const engine = await compose({
    data,
    workersFolder: import.meta.dirname,
    version: VERSION,
    logToStderr: false,
    env: process.env,
  })
  if (engine.notice !== null) process.stderr.write(`${engine.notice}\n`)
  const stopping = new AbortController()
  void untilSignal().then(() => stopping.abort())
  try {
    const ingestion = new Ingestion(engine, progressOn(process.stderr), cut)
    for await (const ingested of ingestion.run(files, stopping.signal)) {
      process.stdout.write(`${json ? toJsonLine(ingested) : toTable(ingested)}\n`)
      if (ingested.error) process.exitCode = 1
    }
    if (stopping.signal.aborted) {
      process.stderr.write('Stopped. The next start goes on where this one was.\n')
      process.exitCode = 130
    }
  } finally {
    await engine.close()
  }
})
