import type { MouseEvent } from 'react'
import { create } from 'zustand'
import { type MenuPlace, placeBelow } from '../ui/CardMenu.tsx'
import { CARD_ATTRIBUTE } from './useGridFocus.ts'

/** The card whose menu is open, and where; null while none is. */
export const useCardMenu = create<{ readonly open: (MenuPlace & { readonly id: string }) | null }>()(() => ({
  open: null,
}))

/** Opens the menu of a card below its button. */
export function openCardMenu(id: string, button: Element): void {
  useCardMenu.setState({ open: { id, ...placeBelow(button) } })
}

/** A right click opens the menu of the card it lies in, where it lies. */
export function openCardMenuAt(event: MouseEvent): void {
  const id = (event.target as Element).closest(`[${CARD_ATTRIBUTE}]`)?.getAttribute(CARD_ATTRIBUTE)
  if (!id || !event.currentTarget.contains(event.target as Node)) return
  event.preventDefault()
  useCardMenu.setState({ open: { id, x: event.clientX, y: event.clientY } })
}

export function closeCardMenu(): void {
  useCardMenu.setState({ open: null })
}
