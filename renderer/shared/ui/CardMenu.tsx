import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './CardMenu.module.css'

/** Where a menu opens, in pixels of the window. */
export interface MenuPlace {
  readonly x: number
  readonly y: number
}

interface CardMenuProps {
  /** Null while it is closed. */
  place: MenuPlace | null
  /** What it is about: `Actions for East gate site walk`. */
  label: string
  width?: number
  onClose: () => void
  children: ReactNode
}

/** The menu of one card. One serves all: hundreds of cards pass by while somebody scrolls. */
export function CardMenu({ place, label, width = 200, onClose, children }: CardMenuProps) {
  return (
    <Menu opened={place !== null} onClose={onClose} position="bottom-end" width={width} returnFocus>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label="Actions"
          className={classes.target}
          style={{ top: place?.y ?? 0, left: place?.x ?? 0 }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>{children}</Menu.Dropdown>
    </Menu>
  )
}

/** Right below a card's button. */
export function placeBelow(button: Element): MenuPlace {
  const { right, bottom } = button.getBoundingClientRect()
  return { x: right, y: bottom }
}
