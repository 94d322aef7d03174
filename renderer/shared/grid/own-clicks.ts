import type { MouseEvent } from 'react'

/** Marks what takes clicks for itself: they select nothing. */
export const OWN_CLICKS = 'data-own-clicks'

/** Whether a click in a grid is meant for something inside a card. */
export function ownsClicks({ target, currentTarget }: MouseEvent): boolean {
  // React passes on clicks from a card's menu too, although it lies elsewhere in the page.
  return !currentTarget.contains(target as Node) || (target as Element).closest(`[${OWN_CLICKS}]`) !== null
}
