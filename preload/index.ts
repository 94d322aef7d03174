import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { type Bridge, type NodePlatform, PORT_MESSAGE } from './bridge.ts'

// Ports cannot cross the context bridge; a message to our own page carries it over.
ipcRenderer.on(PORT_MESSAGE, ({ ports }) => {
  const [port] = ports
  if (port) window.postMessage(PORT_MESSAGE, window.location.origin, [port])
})

const act = (action: string): void => void ipcRenderer.invoke('fieldreel:window', action)

const bridge: Bridge = {
  platform: process.platform as NodePlatform,
  connect: () => ipcRenderer.send('fieldreel:connect'),
  pathOf: (file) => webUtils.getPathForFile(file),
  chooseFiles: () => ipcRenderer.invoke('fieldreel:choose-files') as Promise<string[]>,
  chooseFolder: () => ipcRenderer.invoke('fieldreel:choose-folder') as Promise<string[]>,
  saveMedia: (path) => ipcRenderer.invoke('fieldreel:save-media', path) as Promise<void>,
  openInBrowser: (url) => ipcRenderer.invoke('fieldreel:open-in-browser', url) as Promise<void>,
  window: {
    minimize: () => act('minimize'),
    toggleMaximize: () => act('toggle-maximize'),
    close: () => act('close'),
  },
}

contextBridge.exposeInMainWorld('fieldreel', bridge)
