import path from 'node:path'
import { app, BrowserWindow, dialog, protocol } from 'electron'
import { displayable, printable } from '../base/printable.ts'
import type { CommonArguments } from '../command/arguments.ts'
import type { EngineOptions } from '../engine/platform.ts'
import { asEngineError } from '../contract/errors.ts'
import { endOnCrash, recordCrash } from '../platform/crash/index.ts'
import { makeFilesPrivate } from '../platform/files/index.ts'
import { giveSavedFilesTheirMode } from './saved-files.ts'
import { codeCacheOf } from './code-cache.ts'
import { servePreload } from './preload-channels.ts'
import { openOrAsk, type Question } from './damaged-library.ts'
import { servePage } from './page-protocol.ts'
import { MEDIA_SCHEME, PAGE_SCHEME } from './schemes.ts'
import type { Session } from './session.ts'
import { harden, hardenProcess, openWindow } from './window.ts'

export interface ApplicationOptions extends CommonArguments {
  /** Holds `main`, `preload` and `renderer` as built. */
  readonly builtFolder: string
  readonly engine: EngineOptions
  /** Reads the files out of a second start's command line. */
  readonly filesOf: (args: readonly string[]) => string[]
}

/** Runs before Electron is ready: what it must know from the start. @returns false when another window has this library. */
export function prepare(data: string): boolean {
  endOnCrash()
  // Before Electron makes the folder of its own state, which lies in the library.
  makeFilesPrivate()
  // The page's own storage goes with the library, so that two libraries never share a window's state.
  hardenProcess()
  app.setPath('userData', path.join(data, 'window'))
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { ...privileges, codeCache: true } },
    { scheme: MEDIA_SCHEME, privileges },
  ])
  return app.requestSingleInstanceLock()
}

/** How long the page's files take to reach it, once read. */
const HANDED_OVER_MS = 20

/**
 * Opens the window, and the engine when the page has got its files. Not before: they are served by the very thread that
 * opens the library, and while the page draws itself that thread has time for it.
 */
export function start(options: ApplicationOptions): void {
  harden(codeCacheOf(options.engine.data))
  giveSavedFilesTheirMode()
  let opened: Promise<Session> | null = null
  const session = (): Promise<Session> => (opened ??= open(options))
  servePage(path.join(options.builtFolder, 'renderer'), () => setTimeout(() => void session(), HANDED_OVER_MS))
  protocol.handle(MEDIA_SCHEME, async (request) => (await session()).media(request))
  servePreload(session)
  openWindow(options.builtFolder)
  stayOpen(options)
  closeGently(() => opened)
  app.on('second-instance', (_event, args, workingFolder) => {
    const files = options.filesOf(args).map((file) => path.resolve(workingFolder, file))
    focusWindow()
    session()
      .then((opened) => opened.importFiles(files))
      .catch(refuse)
  })
}

async function open({ engine, files }: ApplicationOptions): Promise<Session> {
  try {
    const { openSession } = await import('./session.ts')
    const { listSnapshots, useSnapshot } = await import('../platform/database/index.ts')
    const { DataFolder } = await import('../platform/files/index.ts')
    const folder = DataFolder.at(engine.data)
    const session = await openOrAsk({
      open: () => openSession(engine),
      isReadOnly: (opened) => opened.isReadOnly,
      close: (opened) => opened.close(),
      snapshots: () => listSnapshots(folder),
      useSnapshot: (name) => useSnapshot(folder, name),
      ask,
    })
    if (!session) return await quit()
    session.importFiles(files).then(session.restoreServer).catch(refuse)
    return session
  } catch (error) {
    refuse(error)
    throw error
  }
}

async function ask({ message, detail, choices }: Question): Promise<number> {
  const last = choices.length - 1
  const { response } = await dialog.showMessageBox({
    ...{ type: 'warning', message, detail, buttons: [...choices] },
    ...{ cancelId: last, defaultId: 0, noLink: true },
  })
  return response
}

/** The person chose to: nothing waits for a session any more. */
function quit(): Promise<never> {
  app.exit(0)
  return new Promise(() => undefined)
}

/** Without a library there is nothing to show: say why, in words, and end. */
function refuse(error: unknown): void {
  const known = asEngineError(error)
  if (known.code === 'internal') recordCrash(error)
  dialog.showErrorBox('Fieldreel cannot open its library', displayable(known.message))
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

/** Lets the engine end its work in order before the process goes, however often it is asked to go meanwhile. */
function closeGently(opened: () => Promise<Session> | null): void {
  let closing: Promise<void> | null = null
  let closed = false
  app.on('will-quit', (event) => {
    const session = opened()
    if (closed || !session) return
    event.preventDefault()
    closing ??= session
      .then(({ close }) => close())
      // A failure here loses nothing: the library survives a power cut, too.
      .catch((error: unknown) => {
        process.stderr.write(`Fieldreel did not close in order: ${printable(String(error))}\n`)
      })
      .finally(() => {
        closed = true
        // In a turn of its own: within the event that was just prevented, Electron takes no notice of it.
        setImmediate(() => app.quit())
      })
  })
}
