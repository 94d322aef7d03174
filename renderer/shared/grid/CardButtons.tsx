import { IconCheck, IconDots } from '@tabler/icons-react'
import over from '../ui/over-picture.module.css'
import { OWN_CLICKS } from './own-clicks.ts'

interface SelectBoxProps {
  /** Name of what the card shows. */
  name: string
  selected: boolean
  tabIndex: number
  onToggle: () => void
}

/** Selects a card, or no longer does. */
export function SelectBox({ name, selected, tabIndex, onToggle }: SelectBoxProps) {
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={selected}
      aria-label={`Select ${name}`}
      tabIndex={tabIndex}
      className={over.check}
      onClick={onToggle}
      {...{ [OWN_CLICKS]: '' }}
    >
      <span>{selected && <IconCheck size={14} stroke={2.5} />}</span>
    </button>
  )
}

interface MenuButtonProps {
  name: string
  tabIndex: number
  onOpen: (button: Element) => void
}

/** Opens the menu of a card. */
export function MenuButton({ name, tabIndex, onOpen }: MenuButtonProps) {
  return (
    <button
      type="button"
      className={over.menu}
      aria-label={`Actions for ${name}`}
      aria-haspopup="menu"
      tabIndex={tabIndex}
      onClick={({ currentTarget }) => onOpen(currentTarget)}
      {...{ [OWN_CLICKS]: '' }}
    >
      <IconDots size={16} stroke={1.75} />
    </button>
  )
}
