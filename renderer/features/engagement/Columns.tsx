import { useElementSize } from '@mantine/hooks'
import { levelsOf } from './figures.ts'
import classes from './Columns.module.css'

/** Room for the numbers on the left and the names below, pixels. */
const AXIS = 34
const NAMES = 20
const NARROWEST_GAP = 3
/** Of a few columns each would be a wall. */
const WIDEST = 56

interface ColumnsProps {
  values: readonly number[]
  height: number
  /** The columns that get a name, and what it is. */
  names: (width: number) => readonly { readonly at: number; readonly name: string }[]
  pointed: number | null
  /** Told which column the pointer is on. */
  onPoint: (at: number | null) => void
}

/** Numbers as columns on a common floor; who does not see them is given a table beside it. */
export function Columns({ values, height, names, pointed, onPoint }: ColumnsProps) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const plot = Math.max(0, width - AXIS)
  const levels = levelsOf(Math.max(...values))
  const most = levels.at(-1) ?? 1
  const step = plot / Math.max(1, values.length)
  const gap = Math.max(Math.min(NARROWEST_GAP, step / 4), step - WIDEST)
  const y = (value: number): number => height - (value / most) * (height - 8)
  const at = (x: number): number => Math.min(values.length - 1, Math.max(0, Math.floor(x / step)))
  return (
    <div ref={ref} className={classes.columns} style={{ height: height + NAMES }}>
      {width > 0 && (
        <svg width={width} height={height + NAMES} aria-hidden>
          {levels.map((level) => (
            <g key={level}>
              <line className={classes.level} x1={AXIS} x2={width} y1={y(level)} y2={y(level)} />
              <text className={classes.number} x={AXIS - 8} y={y(level) + 3.5} textAnchor="end">
                {level.toLocaleString('en-GB', { notation: 'compact' })}
              </text>
            </g>
          ))}
          <g
            transform={`translate(${AXIS} 0)`}
            onPointerMove={({ clientX, currentTarget }) =>
              onPoint(at(clientX - (currentTarget.ownerSVGElement?.getBoundingClientRect().left ?? 0) - AXIS))
            }
            onPointerLeave={() => onPoint(null)}
          >
            {pointed !== null && <rect className={classes.pointed} x={pointed * step} width={step} height={height} />}
            <path className={classes.bars} d={outline(values, { step, gap, y })} />
            {names(plot).map(({ at: index, name }) => (
              <text key={index} className={classes.number} x={(index + 0.5) * step} y={height + 15} textAnchor="middle">
                {name}
              </text>
            ))}
            <rect width={plot} height={height} fill="transparent" />
          </g>
        </svg>
      )}
    </div>
  )
}

/** All columns as one path: hundreds of hours are one thing to draw. */
function outline(
  values: readonly number[],
  { step, gap, y }: { step: number; gap: number; y: (value: number) => number },
): string {
  const [floor, width] = [y(0), Math.max(0.5, step - gap)]
  return values
    .map((value, index) =>
      value === 0
        ? ''
        : `M${(index * step + gap / 2).toFixed(2)} ${floor}V${y(value).toFixed(2)}h${width.toFixed(2)}V${floor}Z`,
    )
    .join('')
}
