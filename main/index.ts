import path from 'node:path'
import { app } from 'electron'
import { prepare, start } from './app/application.ts'
import { parseWindow } from './command/arguments.ts'
import { VERSION } from './command/run.ts'

// `electron . FILE…` when run from source, `fieldreel FILE…` when packaged.
const ownArguments = (args: readonly string[]): string[] => args.slice(app.isPackaged ? 1 : 2)

const { data, files } = parseWindow(ownArguments(process.argv), process.env)
const builtFolder = path.dirname(import.meta.dirname)

if (prepare(data)) {
  // Not awaited: a top-level await would hold up the very event it waits for.
  void app.whenReady().then(() =>
    start({
      data,
      files,
      builtFolder,
      engine: { data, workersFolder: import.meta.dirname, version: VERSION, logToStderr: false, env: process.env },
      filesOf: (args) => parseWindow(ownArguments(args), process.env).files,
    }),
  )
} else {
  // The window that is open got our files and came to the front.
  app.quit()
}
