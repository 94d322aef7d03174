import {
  BrowserWindow,
  dialog,
  ipcMain,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  MessageChannelMain,
  shell,
} from 'electron'
import type { Port } from '../transport/ipc/index.ts'
import type { Session } from './session.ts'
import { parseMediaPath } from '../contract/media-urls.ts'
import { MEDIA_SCHEME } from './schemes.ts'
import { isOwnPage } from './window.ts'

const VIDEO_FILES = { name: 'Videos', extensions: ['mp4', 'mov', 'qt', 'm4v', 'webm', 'avi'] }

/** Answers the preload's IPC channels, but only to the top frame of our own page. */
export function servePreload(session: () => Promise<Session>): void {
  ipcMain.on('fieldreel:connect', (event) => void connect(event, session))
  handle('fieldreel:choose-files', (window) => choose(window, ['openFile', 'multiSelections']))
  handle('fieldreel:choose-folder', (window) => choose(window, ['openDirectory']))
  handle('fieldreel:save-media', save)
  handle('fieldreel:open-in-browser', openInBrowser)
  handle('fieldreel:window', act)
}

async function connect(event: IpcMainEvent, session: () => Promise<Session>): Promise<void> {
  if (!isOwnPage(event.senderFrame)) return
  const { attach } = await session()
  if (event.sender.isDestroyed()) return
  const { port1, port2 } = new MessageChannelMain()
  const port: Port = {
    postMessage: (message) => port1.postMessage(message),
    onMessage: (listener) => port1.on('message', ({ data }) => listener(data)),
    onClose: (listener) => port1.on('close', listener),
  }
  attach(port)
  port1.start()
  event.sender.postMessage('fieldreel:port', null, [port2])
}

type Answer = (window: BrowserWindow, argument: unknown) => unknown

function handle(channel: string, answer: Answer): void {
  ipcMain.handle(channel, (event: IpcMainInvokeEvent, argument: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender)
    if (!window || !isOwnPage(event.senderFrame)) throw new Error('Only the Fieldreel window may ask that.')
    return answer(window, argument)
  })
}

async function choose(window: BrowserWindow, properties: Array<'openFile' | 'openDirectory' | 'multiSelections'>) {
  const filters = properties.includes('openFile') ? [VIDEO_FILES] : []
  const { filePaths } = await dialog.showOpenDialog(window, { properties, filters })
  return filePaths
}

/** Asks the person where to save it; the page does not learn the path. */
function save(window: BrowserWindow, path: unknown): void {
  if (typeof path !== 'string' || parseMediaPath(path)?.is !== 'annotated')
    throw new Error('The page may not save this file.')
  window.webContents.downloadURL(`${MEDIA_SCHEME}://fieldreel${path}`)
}

/** Opens only pages of the local server. */
async function openInBrowser(_window: BrowserWindow, address: unknown): Promise<void> {
  const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'http:' || url.hostname !== '127.0.0.1')
    throw new Error('Only pages of this computer are opened.')
  await shell.openExternal(url.href)
}

function act(window: BrowserWindow, action: unknown): void {
  if (action === 'minimize') window.minimize()
  else if (action === 'close') window.close()
  else if (action === 'toggle-maximize') {
    if (window.isMaximized()) window.unmaximize()
    else window.maximize()
  }
}
