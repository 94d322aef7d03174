import path from 'node:path'
import { app, BrowserWindow, type Session, session } from 'electron'
import { MEDIA_SCHEME, PAGE_ORIGIN, PAGE_SCHEME } from './schemes.ts'

const BACKGROUND = '#131315'

/** Opens the window. It is shown at once in the colour of the page, so that a start never flashes white. */
export function openWindow(builtFolder: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    title: 'Fieldreel',
    backgroundColor: BACKGROUND,
    // The page draws its own title bar; macOS keeps its traffic lights.
    ...(process.platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : { frame: false }),
    webPreferences: {
      preload: path.join(builtFolder, 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.removeMenu()
  void window.loadURL(`${PAGE_ORIGIN}/index.html`)
  return window
}

/** Whether a frame is our own page, the only one that is ever answered. */
export function isOwnPage(frame: { url: string; parent: unknown } | null): boolean {
  return frame !== null && frame.parent === null && frame.url.startsWith(`${PAGE_ORIGIN}/`)
}

/** Locks down everything that loads pages: no navigation, no new windows, no permissions, no network. */
export function harden(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
  hardenSession(session.defaultSession)
}

const OWN_SCHEMES = new Set([`${PAGE_SCHEME}:`, `${MEDIA_SCHEME}:`, 'blob:', 'data:', 'devtools:'])
/** Full screen for the player, and copying a key or URL; nothing else. */
const GRANTED = new Set(['fullscreen', 'clipboard-sanitized-write'])

function hardenSession(own: Session): void {
  own.setPermissionRequestHandler((_contents, permission, answer) => answer(GRANTED.has(permission)))
  own.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission))
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !OWN_SCHEMES.has(new URL(url).protocol) }))
}
