import { parseServe } from './command/arguments.ts'
import { runCommand, untilSignal, VERSION } from './command/run.ts'
import { compose } from './compose.ts'

/** Headless engine and server. Standard output holds one JSON line; everything else goes to standard error. */
runCommand(async () => {
  const { data, ...where } = parseServe(process.argv.slice(2), process.env)
  const engine = await compose({
    data,
    workersFolder: import.meta.dirname,
    version: VERSION,
    logToStderr: true,
    env: process.env,
  })
  if (engine.notice !== null) process.stderr.write(`${engine.notice}\n`)
  const stopped = untilSignal()
  try {
    const server = await engine.serve(where)
    const key = engine.makeOwnerKey()
    if (key !== null) process.stderr.write(`API key of the owner, shown this once: ${key}\n`)
    const { url, fingerprint } = server
    process.stdout.write(`${JSON.stringify({ event: 'listening', url, ...(fingerprint && { fingerprint }) })}\n`)
    await stopped
    await server.close()
  } finally {
    await engine.close()
  }
})
