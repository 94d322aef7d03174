import path from 'node:path'
import { app } from 'electron'
import { prepare, start } from './app/application.ts'
import { parseWindow } from './command/arguments.ts'
import { VERSION } from './command/run.ts'

const { data, files } = parseWindow(process.argv, process.env, app.getAppPath())
const builtFolder = path.dirname(import.meta.dirname)

if (prepare(data)) {
  // Ends in order, as closing the last window does: libraries that watch for signals would end the process at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())
  // Not awaited: a top-level await would hold up the very event it waits for.
  void app.whenReady().then(() =>
    start({
      data,
      files,
      builtFolder,
      engine: { data, workersFolder: import.meta.dirname, version: VERSION, logToStderr: false, env: process.env },
      filesOf: (args) => parseWindow(args, process.env, app.getAppPath()).files,
    }),
  )
} else {
  // The window that is open got our files and came to the front.
  app.quit()
}
