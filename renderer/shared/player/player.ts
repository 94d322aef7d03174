import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { Playback } from './playback.ts'
import type { PlaybackState } from './playback-state.ts'
import { createTimelineView, type TimelineView } from './timeline-view.ts'
import type { Timescale } from './timescale.ts'

/** What the parts of one open video share. */
export interface Player {
  readonly playback: Playback
  readonly timeline: TimelineView
}

export function createPlayer(): Player {
  return { playback: new Playback(), timeline: createTimelineView() }
}

export const PlayerContext = createContext<Player | null>(null)

export function usePlayer(): Player {
  const player = useContext(PlayerContext)
  if (!player) throw new Error('A part of the player stands outside a video page.')
  return player
}

/** Keeps the timeline as long as what is played. */
export function useTimelineLength({ playback, timeline }: Player, frameRate: number | null): void {
  useEffect(() => {
    const describe = (duration: number): void => timeline.describe({ duration, frameRate: playback.frameRate })
    describe(playback.state.getState().duration)
    return playback.state.subscribe(({ duration }, before) => {
      if (duration !== before.duration) describe(duration)
    })
  }, [playback, timeline, frameRate])
}

/** Renders again only when what `select` picks changes. */
export function usePlaybackState<T>(select: (state: PlaybackState) => T): T {
  return useStore(usePlayer().playback.state, select)
}

export function useTimescale<T>(select: (scale: Timescale) => T): T {
  return useStore(usePlayer().timeline.state, select)
}

/** What `show` makes of the position; renders again only when that text or number changes. */
export function usePosition<T extends string | number>(show: (time: number) => T): T {
  const { playback } = usePlayer()
  const subscribe = useCallback((changed: () => void) => playback.onTime(changed), [playback])
  return useSyncExternalStore(subscribe, () => show(playback.time))
}
