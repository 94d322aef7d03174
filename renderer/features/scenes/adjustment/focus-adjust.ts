export const ADJUST_ID = 'player-adjust'

/** Puts the focus back where the panel was opened from, when it was in the panel. */
export function focusAdjust(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.getElementById(ADJUST_ID)?.focus()
  })
}
