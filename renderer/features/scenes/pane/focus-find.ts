export const FIND_ID = 'player-find'

/** Puts the caret into the pane's search field, once it is there. */
export function focusFind(): void {
  requestAnimationFrame(() => document.getElementById(FIND_ID)?.focus())
}
