// @ts-check
// Runs an entry that needs no window: `node scripts/headless.mjs serve|ingest|library …`. The entry runs in this very process,
// so that signals, exit status and streams are its own.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { callerFolder, root } from './setup/folders.mjs'
import { runScript } from './setup/report.mjs'

const ENTRIES = new Set(['serve', 'ingest', 'library'])

await runScript(async () => {
  const [name, ...args] = process.argv.slice(2)
  if (!ENTRIES.has(name ?? '')) throw new Error('usage: node scripts/headless.mjs serve|ingest|library …')
  await ensureBuilt()
  const entry = path.join(root, 'out', 'main', `${name}.js`)
  process.chdir(callerFolder())
  process.argv = [process.execPath, entry, ...args]
  await import(pathToFileURL(entry).href)
})
