import type { Counting } from '../../../../main/contract/index.ts'
import type { Footage } from './footage.ts'
import classes from './Trails.module.css'

interface CountingShapesProps {
  size: NonNullable<Footage['size']>
  counting: Counting
}

/** The lines and zones that are counted at. */
export function CountingShapes({ size, counting: { lines = [], zones = [] } }: CountingShapesProps) {
  const fontSize = size.width / 64
  return (
    <svg className={classes.counted} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden>
      {zones.map(({ name, points }) => (
        <g key={`zone ${name}`}>
          <polygon points={points.map((point) => point.join()).join(' ')} />
          <text x={points[0]?.[0]} y={points[0]?.[1]} dy={-fontSize / 2} fontSize={fontSize}>
            {name}
          </text>
        </g>
      ))}
      {lines.map(({ name, from, to }) => (
        <g key={`line ${name}`}>
          <line x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
          <text x={from[0]} y={from[1]} dy={-fontSize / 2} fontSize={fontSize}>
            {name}
          </text>
        </g>
      ))}
    </svg>
  )
}
