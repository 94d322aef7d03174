import { IconMinus, IconSquare, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { bridge } from '../engine/bridge.ts'
import classes from './TopBar.module.css'

interface TopBarProps {
  /** A heading, or a way back and a heading. */
  title: ReactNode
  /** Facts beside the title. */
  facts?: ReactNode
  /** At most three actions, and the search field. */
  children?: ReactNode
}

/** The bar of a place: title on the left, actions on the right, then the window's own buttons. It moves the window. */
export function TopBar({ title, facts, children }: TopBarProps) {
  return (
    <header className={classes.bar}>
      <div className={classes.title}>{title}</div>
      {facts !== undefined && <div className={classes.facts}>{facts}</div>}
      <div className={classes.actions}>{children}</div>
      {bridge.platform !== 'darwin' && <WindowButtons />}
    </header>
  )
}

function WindowButtons() {
  const { minimize, toggleMaximize, close } = bridge.window
  return (
    <div className={classes.window}>
      <button type="button" aria-label="Minimize window" onClick={minimize}>
        <IconMinus size={14} stroke={1.75} />
      </button>
      <button type="button" aria-label="Maximize window" onClick={toggleMaximize}>
        <IconSquare size={13} stroke={1.75} />
      </button>
      <button type="button" aria-label="Close window" onClick={close} className={classes.close}>
        <IconX size={14} stroke={1.75} />
      </button>
    </div>
  )
}
