import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { Video, VideoSort, VideoState } from '../../../main/contract/index.ts'
import { type MenuPlace, placeBelow } from '../../shared/ui/CardMenu.tsx'

export const SORTS = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  recorded: 'By recording date',
  title: 'By title',
  longest: 'Longest first',
  largest: 'Largest first',
} as const satisfies Record<VideoSort, string>

/** Smallest and largest least width of a card, in pixels. */
export const THUMBS = { min: 200, max: 360, usual: 204 } as const

interface View {
  readonly sort: VideoSort
  /** Least width of a card in pixels. */
  readonly thumbWidth: number
  readonly detailsOpen: boolean
}

/** How a person likes to see the library: kept from one start to the next. */
export const useView = create<View>()(
  persist((): View => ({ sort: 'newest', thumbWidth: THUMBS.usual, detailsOpen: true }), {
    name: 'fieldreel-library-view',
  }),
)

interface Visit {
  readonly search: string
  readonly filter: VideoState
  readonly scrollOffset: number
  /** Whether the details lie over the grid, in a window too narrow for both. */
  readonly overlayOpen: boolean
  readonly renaming: Video | null
  /** The video whose menu is open, and where. */
  readonly menu: (MenuPlace & { readonly videoId: string }) | null
}

const START = { scrollOffset: 0 } as const

/** Where a person is in the library: kept while the window is open. */
export const useVisit = create<Visit>()(() => ({
  search: '',
  filter: 'all',
  overlayOpen: false,
  renaming: null,
  menu: null,
  ...START,
}))

export function searchFor(search: string): void {
  useVisit.setState({ search, ...START })
}

export function sortBy(sort: VideoSort): void {
  useView.setState({ sort })
  useVisit.setState(START)
}

export function showOnly(filter: VideoState): void {
  useVisit.setState({ filter, ...START })
}

/** Opens the menu of a video below its button. */
export function openMenu({ videoId }: Video, button: Element): void {
  useVisit.setState({ menu: { videoId, ...placeBelow(button) } })
}

export function closeMenu(): void {
  useVisit.setState({ menu: null })
}

export function clearFilters(): void {
  useVisit.setState({ search: '', filter: 'all', ...START })
}
