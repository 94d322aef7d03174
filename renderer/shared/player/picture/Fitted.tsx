import type { ReactNode } from 'react'
import classes from './Fitted.module.css'

interface FittedProps {
  /** Pixels of the picture as displayed. */
  size: { readonly width: number; readonly height: number }
  children: ReactNode
}

/** Covers exactly the picture, not the empty room around it. */
export function Fitted({ size: { width, height }, children }: FittedProps) {
  const style = { aspectRatio: `${width} / ${height}`, width: `min(100cqw, ${(width / height).toFixed(5)} * 100cqh)` }
  return (
    <div className={classes.fit}>
      <div className={classes.over} style={style}>
        {children}
      </div>
    </div>
  )
}
