import path from 'node:path'
import { app, BrowserWindow, dialog, protocol } from 'electron'
import type { CommonArguments } from '../command/arguments.ts'
import { compose, type Engine, type EngineOptions } from '../compose.ts'
import { addImports, asEngineError } from '../contract/index.ts'
import { serveBridge } from './bridge.ts'
import { MEDIA_SCHEME, serveMedia } from './media-protocol.ts'
import { PAGE_SCHEME, servePage } from './page-protocol.ts'
import { harden, openWindow } from './window.ts'

export interface ApplicationOptions extends CommonArguments {
  /** Holds `main`, `preload` and `renderer` as built. */
  readonly builtFolder: string
  readonly engine: EngineOptions
  /** Reads the files out of a second start's command line. */
  readonly filesOf: (args: readonly string[]) => string[]
}

/** Runs before Electron is ready: what it must know from the start. @returns false when another window has this library. */
export function prepare(data: string): boolean {
  // The page's own storage goes with the library, so that two libraries never share a window's state.
  app.setPath('userData', path.join(data, 'window'))
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges },
    { scheme: MEDIA_SCHEME, privileges },
  ])
  return app.requestSingleInstanceLock()
}

/** Opens the window and the engine side by side; the page shows its frame while the library opens. */
export function start(options: ApplicationOptions): void {
  harden()
  servePage(path.join(options.builtFolder, 'renderer'))
  openWindow(options.builtFolder)
  const engine = compose(options.engine)
  serveMedia(engine)
  serveBridge(engine)
  stayOpen(options)
  closeGently(engine)
  engine
    .then(async (opened) => {
      await importFiles(opened, options.files)
      await opened.restoreServer()
    })
    .catch(refuse)
  app.on('second-instance', (_event, args, workingFolder) => {
    const files = options.filesOf(args).map((file) => path.resolve(workingFolder, file))
    focusWindow()
    engine.then((opened) => importFiles(opened, files)).catch(refuse)
  })
}

async function importFiles({ operations, owner, log }: Engine, files: readonly string[]): Promise<void> {
  if (files.length === 0) return
  const call = { signal: new AbortController().signal, caller: owner('window') }
  const { refused } = await operations.run(addImports, { paths: files.map((file) => path.resolve(file)) }, call)
  for (const refusal of refused) log.warn(refusal, 'not imported')
}

/** Without a library there is nothing to show: say why, in words, and end. */
function refuse(error: unknown): void {
  dialog.showErrorBox('Fieldreel cannot open its library', asEngineError(error).message)
  app.exit(1)
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window?.isMinimized()) window.restore()
  window?.focus()
}

function stayOpen({ builtFolder }: ApplicationOptions): void {
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(builtFolder)
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  // A page that died is opened again: the engine and its work are not in it.
  app.on('render-process-gone', (_event, contents, { reason }) => {
    if (reason !== 'clean-exit' && !contents.isDestroyed()) contents.reload()
  })
}

/** Lets the engine end its work in order before the process goes. */
function closeGently(engine: Promise<Engine>): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void engine
      .then((opened) => opened.close())
      .catch(() => undefined)
      .finally(() => {
        closed = true
        app.quit()
      })
  })
}
