import { type PointerEvent, useRef } from 'react'
import { usePlayer } from '../player.ts'
import { timeAt } from '../timescale.ts'

/** Further than this, in pixels, a press is a drag. */
const DRAG_FROM = 3

interface Drag {
  readonly x: number
  readonly wasPlaying: boolean
  moving: boolean
}

/**
 * Handlers that scrub by dragging, live.
 * @param press what a press without a drag does: `at-once` goes there; a function gets the instant that was pressed.
 */
export function useScrub(press: 'at-once' | ((time: number) => void)) {
  const { playback, timeline } = usePlayer()
  const drag = useRef<Drag | null>(null)

  const timeOf = ({ currentTarget, clientX }: PointerEvent<HTMLElement>): number => {
    const scale = timeline.state.getState()
    const x = clientX - currentTarget.getBoundingClientRect().left - scale.left
    return timeAt(scale, Math.min(scale.width, Math.max(0, x)))
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const { playing } = playback.state.getState()
    drag.current = { x: event.clientX, wasPlaying: playing, moving: press === 'at-once' }
    if (press !== 'at-once') return
    playback.pause()
    playback.seek(timeOf(event))
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const { current } = drag
    if (!current) return
    if (!current.moving) {
      if (Math.abs(event.clientX - current.x) < DRAG_FROM) return
      current.moving = true
      playback.pause()
    }
    playback.seek(timeOf(event))
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const { current } = drag
    drag.current = null
    if (!current) return
    if (!current.moving && press !== 'at-once') press(timeOf(event))
    if (current.moving && current.wasPlaying) playback.play()
  }
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp }
}
