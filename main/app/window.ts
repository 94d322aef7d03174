import path from 'node:path'
import { app, BrowserWindow, type Session, session } from 'electron'
import { offerEditing } from './edit-menu.ts'
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

/**
 * What Chromium must know before it is ready. WebRTC has sockets of its own, which no request filter sees: this leaves
 * it only TCP by the session's proxy, see `hardenSession`. A page that is to talk to this machine (live sessions) would
 * need a session and a policy of its own, where its window is opened.
 */
export function hardenProcess(): void {
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', WEBRTC_POLICY)
  app.commandLine.appendSwitch('webrtc-ip-handling-policy', WEBRTC_POLICY)
  // Chromium would make a library folder again that went away, to put its cache there; the page needs none.
  app.commandLine.appendSwitch('disable-http-cache')
}

const WEBRTC_POLICY = 'disable_non_proxied_udp'

/**
 * Locks down everything that loads pages: no navigation, no new windows, no permissions, no network.
 * @param codeCache folder of the page's compiled scripts, outside the library.
 */
export function harden(codeCache: string): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWebRTCIPHandlingPolicy(WEBRTC_POLICY)
    offerEditing(contents)
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
  hardenSession(session.defaultSession, codeCache)
}

const OWN_SCHEMES = new Set([`${PAGE_SCHEME}:`, `${MEDIA_SCHEME}:`, 'blob:', 'data:', 'devtools:'])
/** Full screen for the player, and copying a key or URL; nothing else. */
const GRANTED = new Set(['fullscreen', 'clipboard-sanitized-write'])

/** A port without a listener: every request through this proxy fails, also to loopback. */
const NOWHERE = { mode: 'fixed_servers', proxyRules: 'socks5://127.0.0.1:1', proxyBypassRules: '<-loopback>' } as const

function hardenSession(own: Session, codeCache: string): void {
  own.setCodeCachePath(codeCache)
  void own.setProxy(NOWHERE)
  own.setPermissionRequestHandler((_contents, permission, answer) => answer(GRANTED.has(permission)))
  own.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission))
  own.setDevicePermissionHandler(() => false)
  own.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !OWN_SCHEMES.has(new URL(url).protocol) }))
}
