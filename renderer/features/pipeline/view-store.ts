import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type Order = 'start' | 'class' | 'longest'
export type Tab = 'events' | 'results'

interface ViewState {
  readonly boxes: boolean
  readonly trails: boolean
  readonly order: Order
  readonly tab: Tab
}

/** How somebody likes to look at tasks; kept between tasks and starts. */
export const useView = create<ViewState>()(
  persist((): ViewState => ({ boxes: true, trails: false, order: 'start', tab: 'events' }), {
    name: 'fieldreel-tasks',
    version: 1,
  }),
)
