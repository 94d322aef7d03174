import type { Range } from './scene-times.ts'

/** Pixels kept free behind the end, so that its edge and last label can be seen. */
const ROOM_AT_END = 16
/** A frame is never wider than this. */
const WIDEST_FRAME = 48
/** Elements much wider lose precision in Chromium's layout. */
const WIDEST_CONTENT = 8_000_000

export interface Timescale {
  /** Of the visible part, pixels. */
  readonly width: number
  /** Seconds; 0 while unknown. */
  readonly duration: number
  readonly frameRate: number
  /** 1 shows the whole duration. */
  readonly zoom: number
  /** Pixels scrolled away on the left. */
  readonly left: number
}

export function pixelsPerSecond({ width, duration, zoom }: Timescale): number {
  return duration > 0 ? (Math.max(1, width - ROOM_AT_END) * zoom) / duration : 0
}

export function contentWidth(scale: Timescale): number {
  return Math.max(scale.width, scale.duration * pixelsPerSecond(scale) + ROOM_AT_END)
}

/** How far in one may go: until a frame is easy to hit. */
export function largestZoom({ width, duration, frameRate }: Timescale): number {
  if (duration <= 0) return 1
  const widest = Math.min(WIDEST_CONTENT, duration * frameRate * WIDEST_FRAME)
  return Math.max(1, widest / Math.max(1, width - ROOM_AT_END))
}

/** Position in the visible part to seconds, within the video. */
export function timeAt(scale: Timescale, x: number): number {
  const perSecond = pixelsPerSecond(scale)
  return perSecond === 0 ? 0 : Math.min(scale.duration, Math.max(0, (scale.left + x) / perSecond))
}

/** Zoomed to `zoom` with the instant under `x` (pixels in the visible part) staying where it is. */
export function zoomedTo(scale: Timescale, zoom: number, x: number): Pick<Timescale, 'zoom' | 'left'> {
  const time = timeAt(scale, x)
  const bounded = Math.min(largestZoom(scale), Math.max(1, zoom))
  const next = { ...scale, zoom: bounded }
  return { zoom: bounded, left: boundedLeft(next, time * pixelsPerSecond(next) - x) }
}

export function boundedLeft(scale: Timescale, left: number): number {
  return Math.max(0, Math.min(contentWidth(scale) - scale.width, left))
}

/** Where to scroll so that `time` is in sight; null when it is already. Turns the page like a score, never glides. */
export function leftToShow(scale: Timescale, time: number): number | null {
  const x = time * pixelsPerSecond(scale) - scale.left
  if (x >= 0 && x <= scale.width - 1) return null
  return boundedLeft(scale, scale.left + x - scale.width * 0.1)
}

/** The part in sight with a little on both sides, in seconds. */
export function visibleRange(scale: Timescale): Range {
  const margin = Math.min(200, scale.width)
  return { start: timeAt(scale, -margin), end: timeAt(scale, scale.width + margin) }
}

/** Slider position 0..1 of a zoom and back: each step multiplies, as the eye counts. */
export function sliderOf(scale: Timescale): number {
  const largest = largestZoom(scale)
  return largest <= 1 ? 0 : Math.log(scale.zoom) / Math.log(largest)
}

export function zoomOfSlider(scale: Timescale, position: number): number {
  return largestZoom(scale) ** position
}
