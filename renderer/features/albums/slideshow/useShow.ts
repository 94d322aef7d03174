import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { AlbumItem } from '../../../../main/contract/index.ts'

/** How long what does not move is shown. */
export const STILL_MS = 5000

export interface Show {
  readonly index: number
  readonly item: AlbumItem
  readonly playing: boolean
  readonly muted: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly goTo: (index: number) => void
  /** On to the next item; after the last one it stops. */
  readonly next: () => void
  readonly previous: () => void
  /** Goes on or stops; after the end it begins anew. */
  readonly toggle: () => void
  readonly toggleMuted: () => void
}

/** Where a slideshow is. @param items at least one. */
export function useShow(items: readonly [AlbumItem, ...AlbumItem[]], from: number): Show {
  const last = items.length - 1
  const [index, setIndex] = useState(Math.max(0, Math.min(last, from)))
  const [playing, setPlaying] = useState(true)
  const [over, setOver] = useState(false)
  const [muted, setMuted] = useState(false)
  const goTo = (to: number): void => {
    setOver(false)
    setIndex(Math.max(0, Math.min(last, to)))
  }
  const next = (): void => {
    if (index < last) return goTo(index + 1)
    setPlaying(false)
    setOver(true)
  }
  const toggle = (): void => {
    if (over) goTo(0)
    setPlaying(!playing)
  }
  return {
    index,
    item: items[index] ?? items[0],
    playing,
    muted,
    isFirst: index === 0,
    isLast: index === last,
    goTo,
    next,
    previous: () => goTo(index - 1),
    toggle,
    toggleMuted: () => setMuted(!muted),
  }
}

/** Tells when a still picture was shown long enough; a pause does not count. */
export function useStill(itemId: string, running: boolean, onEnd: () => void): void {
  const left = useRef(STILL_MS)
  const end = useEffectEvent(onEnd)
  useEffect(() => {
    left.current = STILL_MS
  }, [itemId])
  useEffect(() => {
    if (!running) return
    const begun = performance.now()
    const timer = setTimeout(() => end(), Math.max(0, left.current))
    return () => {
      clearTimeout(timer)
      left.current -= performance.now() - begun
    }
  }, [itemId, running])
}
