import { create } from 'zustand'
import { NOTHING, type Selection } from '../../shared/grid/selection.ts'

/** The library's selection, kept while the window is open. */
interface SelectionStore extends Selection {
  /** The video that the keyboard goes to as soon as its card is drawn. */
  readonly wanted: string | null
  readonly change: (next: (now: Selection) => Selection) => void
  readonly activate: (id: string | null) => void
  /** Moves the keyboard to a video. */
  readonly goTo: (id: string | null) => void
  readonly arrive: () => void
  readonly clear: () => void
}

export const useSelection = create<SelectionStore>()((set) => ({
  ...NOTHING,
  wanted: null,
  change: (next) => set(next),
  activate: (active) => set({ active }),
  goTo: (id) => set({ active: id, wanted: id }),
  arrive: () => set({ wanted: null }),
  clear: () => set({ selected: NOTHING.selected, anchor: null }),
}))
