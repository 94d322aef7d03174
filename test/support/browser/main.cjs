// A plain browser: one window without a preload, that knows nothing of Fieldreel.
const { app, BrowserWindow } = require('electron')

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 860, webPreferences: { sandbox: true } })
  return window.loadURL('about:blank')
})
app.on('window-all-closed', () => app.quit())
