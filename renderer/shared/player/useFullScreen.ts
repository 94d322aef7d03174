import { useSyncExternalStore } from 'react'

export interface FullScreen {
  readonly on: boolean
  readonly toggle: () => void
  readonly leave: () => void
}

/** The whole document goes full screen, and the player covers it: menus and tooltips, which live beside it, stay visible. */
export function useFullScreen(): FullScreen {
  return { on: useSyncExternalStore(followFullScreen, isFullScreen), toggle, leave }
}

function isFullScreen(): boolean {
  return document.fullscreenElement !== null
}

function followFullScreen(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed)
  return () => document.removeEventListener('fullscreenchange', changed)
}

function toggle(): void {
  if (isFullScreen()) leave()
  else void document.documentElement.requestFullscreen()
}

function leave(): void {
  if (isFullScreen()) void document.exitFullscreen()
}
