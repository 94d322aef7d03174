import type { MouseEvent } from 'react'

/** For `onMouseDown`: a clicked button does not take the focus, so that keys go on to mean what they mean to the player. */
export function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('button')) event.preventDefault()
}
