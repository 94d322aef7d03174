import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface ViewState {
  /** The side pane where there is room beside the picture. */
  readonly paneOpen: boolean
  /** Id of the tab of the side pane. */
  readonly tab: string
  /** 0..1 */
  readonly volume: number
  readonly muted: boolean
  /** Timecode of 29.97 and 59.94 frames a second that stays with the clock, `00:01:00;02`. */
  readonly dropFrame: boolean
  readonly setPaneOpen: (open: boolean) => void
  readonly setTab: (tab: string) => void
  readonly setVolume: (volume: number) => void
  readonly toggleMuted: () => void
  readonly toggleDropFrame: () => void
}

/** How somebody likes the player; kept between videos and starts. */
export const useView = create<ViewState>()(
  persist(
    (set) => ({
      paneOpen: true,
      tab: 'scenes',
      volume: 1,
      muted: false,
      dropFrame: false,
      setPaneOpen: (paneOpen) => set({ paneOpen }),
      setTab: (tab) => set({ tab }),
      setVolume: (volume) => set({ volume, muted: volume === 0 }),
      toggleMuted: () => set(({ muted, volume }) => ({ muted: !muted, volume: muted && volume === 0 ? 0.5 : volume })),
      toggleDropFrame: () => set(({ dropFrame }) => ({ dropFrame: !dropFrame })),
    }),
    { name: 'fieldreel-player', version: 1 },
  ),
)
