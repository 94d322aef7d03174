import path from 'node:path'
import { app } from 'electron'
import { prepare, start } from './app/application.ts'
import { watchParent } from './app/parent-watch.ts'
import { startUtility } from './app/utility.ts'
import { parseWindow } from './command/arguments.ts'
import { VERSION } from './command/run.ts'

const { data, files } = parseWindow(process.argv, process.env, app.getAppPath())
const builtFolder = path.dirname(import.meta.dirname)
/** How long an orderly close may take when the parent process is gone. */
const LONGEST_CLOSING_MS = 20_000

if (prepare(data)) {
  watchParent(process.env, () => {
    app.quit()
    setTimeout(() => app.exit(1), LONGEST_CLOSING_MS)
  })
  // Not awaited: a top-level await would hold up the very event it waits for.
  void app.whenReady().then(() => {
    // Ends in order, as closing the last window does, however often it is asked. Not earlier: until it is ready Electron
    // sets handlers of its own, of which the second signal ends the process at once.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
    start({
      data,
      files,
      builtFolder,
      engine: {
        ...{ data, workersFolder: import.meta.dirname, version: VERSION, logToStderr: false, env: process.env },
        startProcess: startUtility,
      },
      filesOf: (args) => parseWindow(args, process.env, app.getAppPath()).files,
    })
  })
} else {
  // The window that is open got our files and came to the front.
  app.quit()
}
