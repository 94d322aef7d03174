import { createContext, useContext } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SceneSettings } from '../../../../main/contract/index.ts'

interface AdjustmentState {
  readonly open: boolean
  /** What was chosen and not applied; null while it is what the scenes were cut by. */
  readonly draft: SceneSettings | null
}

export interface Adjustment {
  readonly state: StoreApi<AdjustmentState>
  readonly open: () => void
  readonly change: (draft: SceneSettings) => void
  /** Forgets what was not applied. */
  readonly close: () => void
}

/** Whether the scenes of a video are being adjusted, and how: the panel asks, the timeline shows. */
export function createAdjustment(): Adjustment {
  const state = createStore<AdjustmentState>(() => ({ open: false, draft: null }))
  return {
    state,
    open: () => state.setState({ open: true }),
    change: (draft) => state.setState({ draft }),
    close: () => state.setState({ open: false, draft: null }),
  }
}

export const AdjustmentContext = createContext<Adjustment | null>(null)

export function useAdjustment(): Adjustment {
  const adjustment = useContext(AdjustmentContext)
  if (!adjustment) throw new Error('A part of the scenes stands outside a video page.')
  return adjustment
}
