import { type RefObject, useEffect, useRef, useState } from 'react'

/** Marks the card of an item, so that one listener on the grid serves all cards. */
export const CARD_ATTRIBUTE = 'data-card'

/** Where the keyboard is in a grid of cards. */
export interface GridFocus {
  /** The one card that Tab reaches; arrows move it. */
  readonly active: string | null
  readonly activate: (id: string | null) => void
  /** Moves the keyboard to a card as soon as that is drawn. */
  readonly goTo: (id: string | null) => void
  readonly wantedRef: RefObject<string | null>
  /** Whether a card has the keyboard. */
  readonly heldRef: RefObject<boolean>
}

export function useGridFocus(): GridFocus {
  const [active, activate] = useState<string | null>(null)
  const wantedRef = useRef<string | null>(null)
  const heldRef = useRef(false)
  const goTo = (id: string | null): void => {
    wantedRef.current = id
    activate(id)
  }
  return { active, activate, goTo, wantedRef, heldRef }
}

/** Focuses the wanted card once it is there, and the active one again when moving it to another row took its focus. */
export function useFocusing(grid: RefObject<HTMLElement | null>, { active, wantedRef, heldRef }: GridFocus): void {
  useEffect(() => {
    const lost = heldRef.current && document.activeElement === document.body
    const id = wantedRef.current ?? (lost ? active : null)
    const card = id === null ? null : grid.current?.querySelector<HTMLElement>(`[${CARD_ATTRIBUTE}="${id}"]`)
    if (!card) return
    wantedRef.current = null
    card.focus({ preventScroll: true })
  })
}
