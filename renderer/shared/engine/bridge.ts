import type { Bridge } from '../../../preload/bridge.ts'

declare global {
  interface Window {
    readonly fieldreel: Bridge
  }
}

/** What the preload script offers this page. */
export const bridge: Bridge = window.fieldreel

/** The media protocol's URL of a path that the engine answered, or undefined while there is none. */
export function mediaUrl(path: string | null | undefined): string | undefined {
  return path ? `media://fieldreel${path}` : undefined
}
