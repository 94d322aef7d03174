import { useEffect, useEffectEvent } from 'react'

/** Takes the whole screen, gives it back, and tells when a person takes it back: Esc goes to the browser then. */
export function useFullScreenWhileOpen(onLeft: () => void): void {
  const left = useEffectEvent(onLeft)
  useEffect(() => {
    let entered = false
    const listening = new AbortController()
    const follow = (): void => {
      if (document.fullscreenElement !== null) entered = true
      else if (entered) left()
    }
    document.addEventListener('fullscreenchange', follow, { signal: listening.signal })
    // Where it is refused, the show fills the window.
    document.documentElement.requestFullscreen().catch(() => undefined)
    return () => {
      listening.abort()
      if (document.fullscreenElement !== null) void document.exitFullscreen()
    }
  }, [])
}
