import { create } from 'zustand'
import { type MenuPlace, placeBelow } from '../ui/CardMenu.tsx'

/** The card whose menu is open, and where; null while none is. */
export const useCardMenu = create<{ readonly open: (MenuPlace & { readonly id: string }) | null }>()(() => ({
  open: null,
}))

/** Opens the menu of a card below its button. */
export function openCardMenu(id: string, button: Element): void {
  useCardMenu.setState({ open: { id, ...placeBelow(button) } })
}

export function closeCardMenu(): void {
  useCardMenu.setState({ open: null })
}
