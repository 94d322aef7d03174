import { type RefCallback, useCallback } from 'react'
import { usePlayer } from '../player.ts'

const WHEEL_STEP = 1.0018

/**
 * Joins the scrolling element and the timeline's view: its size and scroll position go in, what zooming and playing
 * decide comes out. Ctrl-wheel zooms at the pointer; a plain wheel scrolls along, as there is no other way to go.
 */
export function useTimelineScroll(): RefCallback<HTMLDivElement> {
  const { timeline } = usePlayer()
  return useCallback(
    (element: HTMLDivElement) => {
      const ended = new AbortController()
      const { signal } = ended
      const size = new ResizeObserver(() => timeline.describe({ width: element.clientWidth }))
      size.observe(element)
      element.addEventListener('scroll', () => timeline.scrollTo(element.scrollLeft), { signal, passive: true })
      const onWheel = (event: WheelEvent): void => {
        event.preventDefault()
        if (!event.ctrlKey && !event.metaKey) {
          element.scrollLeft += event.deltaX + event.deltaY
          return
        }
        const x = event.clientX - element.getBoundingClientRect().left
        timeline.zoomTo(timeline.state.getState().zoom * WHEEL_STEP ** -event.deltaY, x)
      }
      element.addEventListener('wheel', onWheel, { signal, passive: false })
      const unsubscribe = timeline.state.subscribe(({ left }) => {
        // The content gets its new width with the next rendering, and only then can be scrolled there.
        requestAnimationFrame(() => {
          if (Math.abs(element.scrollLeft - left) >= 1) element.scrollLeft = left
        })
      })
      return () => {
        ended.abort()
        size.disconnect()
        unsubscribe()
      }
    },
    [timeline],
  )
}
