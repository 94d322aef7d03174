import { type RefCallback, useCallback } from 'react'
import { usePlayer } from '../../../shared/player/player.ts'

const WHEEL_STEP = 1.0018

/** Tells the time axis how much room it has. Ctrl-wheel zooms at the pointer, Shift-wheel goes along; a plain one scrolls. */
export function useLaneArea(): RefCallback<HTMLDivElement> {
  const { timeline } = usePlayer()
  return useCallback(
    (element: HTMLDivElement) => {
      const { parentElement: body } = element
      const ended = new AbortController()
      const size = new ResizeObserver(() => timeline.describe({ width: element.clientWidth }))
      size.observe(element)
      const onWheel = (event: WheelEvent): void => {
        const { zoom, left } = timeline.state.getState()
        if (event.ctrlKey || event.metaKey) {
          const x = event.clientX - element.getBoundingClientRect().left
          timeline.zoomTo(zoom * WHEEL_STEP ** -event.deltaY, x)
        } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
          timeline.scrollTo(left + event.deltaX + (event.shiftKey ? event.deltaY : 0))
        } else return
        event.preventDefault()
      }
      body?.addEventListener('wheel', onWheel, { signal: ended.signal, passive: false })
      return () => {
        ended.abort()
        size.disconnect()
      }
    },
    [timeline],
  )
}
