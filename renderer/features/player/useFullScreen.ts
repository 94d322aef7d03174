import { useSyncExternalStore } from 'react'

export interface FullScreen {
  readonly on: boolean
  readonly toggle: () => void
}

/** The whole document goes full screen, and the player covers it: menus and tooltips, which live beside it, stay visible. */
export function useFullScreen(): FullScreen {
  return { on: useSyncExternalStore(followFullScreen, isFullScreen), toggle }
}

function isFullScreen(): boolean {
  return document.fullscreenElement !== null
}

function followFullScreen(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed)
  return () => document.removeEventListener('fullscreenchange', changed)
}

function toggle(): void {
  if (isFullScreen()) void document.exitFullscreen()
  else void document.documentElement.requestFullscreen()
}
