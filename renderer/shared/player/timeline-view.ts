import { createStore, type StoreApi } from 'zustand/vanilla'
import { FALLBACK_RATE } from './frames.ts'
import { boundedLeft, leftToShow, pixelsPerSecond, timeAt, type Timescale, zoomedTo } from './timescale.ts'

export interface TimelineView {
  readonly state: StoreApi<Timescale>
  /** Adapts to the room there is and the video shown; what was in sight stays. */
  describe(of: Partial<Pick<Timescale, 'width' | 'duration' | 'frameRate'>>): void
  scrollTo(left: number): void
  /** Zooms so that the instant at `x` (pixels in the visible part) stays where it is. */
  zoomTo(zoom: number, x: number): void
  /** Zooms by `factor` around `time`, or around the middle where that is out of sight. */
  zoomAround(time: number, factor: number): void
  fit(): void
  /** Scrolls only if `time` is out of sight. */
  show(time: number): void
}

/** How far the timeline is zoomed and scrolled. */
export function createTimelineView(): TimelineView {
  const state = createStore<Timescale>(() => ({ width: 0, duration: 0, frameRate: FALLBACK_RATE, zoom: 1, left: 0 }))
  const zoomTo = (zoom: number, x: number): void => state.setState(zoomedTo(state.getState(), zoom, x))
  return {
    state,
    describe: (of) => {
      state.setState((before) => {
        const start = timeAt(before, 0)
        const scale = { ...before, ...of }
        return { ...scale, left: boundedLeft(scale, start * pixelsPerSecond(scale)) }
      })
    },
    scrollTo: (left) => state.setState((scale) => ({ left: boundedLeft(scale, left) })),
    zoomTo,
    zoomAround: (time, factor) => {
      const scale = state.getState()
      const x = time * pixelsPerSecond(scale) - scale.left
      zoomTo(scale.zoom * factor, x >= 0 && x <= scale.width ? x : scale.width / 2)
    },
    fit: () => state.setState({ zoom: 1, left: 0 }),
    show: (time) => {
      const left = leftToShow(state.getState(), time)
      if (left !== null) state.setState({ left })
    },
  }
}
