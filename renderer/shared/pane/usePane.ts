import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useView } from '../player/view-store.ts'

export interface Pane {
  readonly shown: boolean
  /** Whether it lies over the picture, because the window has no room for both. */
  readonly over: boolean
  readonly toggle: () => void
  readonly open: () => void
  readonly close: () => void
}

/** Below 1180 px the details pane overlays: it is closed there at first, so that it hides no picture. */
export function usePane(): Pane {
  const over = useMediaQuery('(max-width: 1179px)', false, { getInitialValueInEffect: false }) ?? false
  const { paneOpen, setPaneOpen } = useView()
  const [overOpen, setOverOpen] = useState(false)
  const shown = over ? overOpen : paneOpen
  const set = over ? setOverOpen : setPaneOpen
  return { shown, over, toggle: () => set(!shown), open: () => set(true), close: () => set(false) }
}
