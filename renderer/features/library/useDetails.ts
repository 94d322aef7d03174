import { useMediaQuery } from '@mantine/hooks'
import { useView, useVisit } from './view.ts'

export interface Details {
  readonly open: boolean
  /** Whether the pane lies over the grid: the window is too narrow for both. */
  readonly overlay: boolean
  readonly toggle: () => void
  readonly close: () => void
}

/** The details pane: beside the grid, or over it in a narrow window, where it starts closed. */
export function useDetails(): Details {
  const overlay = useMediaQuery('(max-width: 1179px)', false, { getInitialValueInEffect: false }) ?? false
  const besideOpen = useView((view) => view.detailsOpen)
  const overOpen = useVisit((visit) => visit.overlayOpen)
  const set = (open: boolean): void => {
    if (overlay) useVisit.setState({ overlayOpen: open })
    else useView.setState({ detailsOpen: open })
  }
  const open = overlay ? overOpen : besideOpen
  return { open, overlay, toggle: () => set(!open), close: () => set(false) }
}
