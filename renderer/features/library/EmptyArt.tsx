import type { ReactNode } from 'react'
import classes from './EmptyLibrary.module.css'

/** Three frames of no footage in particular: a shore, hills, a street. */
export function EmptyArt() {
  return (
    <svg className={classes.art} viewBox="0 0 290 104" width={290} height={104} aria-hidden>
      <Frame transform="translate(8 28) rotate(-9 50 28)" width={100} height={58}>
        <circle cx={72} cy={20} r={7} data-shade="3" />
        <path d="M0 36h100v22H0z" data-shade="2" />
        <path d="M0 46q18-7 34 0t34 0 32-2v14H0z" data-shade="3" />
      </Frame>
      <Frame transform="translate(182 28) rotate(9 50 28)" width={100} height={58}>
        <path d="M12 58V22h18v36zM36 58V12h16v46zM58 58V28h22v30z" data-shade="2" />
        <path d="M40 18h8v4h-8zM40 27h8v4h-8zM62 34h5v4h-5zM71 34h5v4h-5zM62 43h5v4h-5z" data-shade="3" />
      </Frame>
      <Frame transform="translate(77 4)" width={136} height={78}>
        <circle cx={102} cy={22} r={9} data-shade="3" />
        <path d="M0 62 38 28l26 24 20-16 52 34v8H0z" data-shade="2" />
        <path d="M0 70q34-14 68-4t68-4v16H0z" data-shade="3" />
      </Frame>
    </svg>
  )
}

interface FrameProps {
  transform: string
  width: number
  height: number
  children: ReactNode
}

function Frame({ transform, width, height, children }: FrameProps) {
  const clip = `frame-${transform.replace(/\W+/g, '-')}`
  return (
    <g transform={transform}>
      <clipPath id={clip}>
        <rect width={width} height={height} rx={5} />
      </clipPath>
      <rect x={-2} y={-2} width={width + 4} height={height + 4} rx={7} data-shade="0" />
      <rect width={width} height={height} rx={5} data-shade="1" />
      <g clipPath={`url(#${clip})`}>{children}</g>
    </g>
  )
}
