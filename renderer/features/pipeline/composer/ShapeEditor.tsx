import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import {
  forwardOf,
  inside,
  type Line,
  type Point,
  pointsOf,
  type Size,
  withoutCorner,
  withPoints,
  type Zone,
} from './shapes.ts'
import classes from './ShapeEditor.module.css'

export interface ShapeEditing {
  readonly lines: readonly Line[]
  readonly zones: readonly Zone[]
  readonly onLines: (lines: readonly Line[]) => void
  readonly onZones: (zones: readonly Zone[]) => void
}

interface ShapeEditorProps extends ShapeEditing {
  picture: string | undefined
  size: Size
}

/** The shapes on a picture of the video. Their ends and corners are moved by hand, or with the arrow keys. */
export function ShapeEditor({ picture, size, lines, zones, onLines, onZones }: ShapeEditorProps) {
  const svg = useRef<SVGSVGElement>(null)
  // Drawn in the video's own pixels: as wide as they look on the page.
  const unit = size.width / 700
  const pointAt = ({ clientX, clientY }: PointerEvent): Point | null => {
    const box = svg.current?.getBoundingClientRect()
    if (!box || box.width === 0) return null
    const scale = size.width / box.width
    return inside([(clientX - box.left) * scale, (clientY - box.top) * scale], size)
  }
  const handles = { size, unit, pointAt }
  return (
    <div className={classes.editor}>
      {picture !== undefined && <img src={picture} alt="" draggable={false} />}
      <svg
        ref={svg}
        viewBox={`0 0 ${size.width} ${size.height}`}
        style={{ aspectRatio: `${size.width}/${size.height}` }}
      >
        {zones.map((zone, at) => (
          <g key={`zone ${at}`}>
            <polygon points={zone.points.map((point) => point.join()).join(' ')} />
            <Name name={zone.name} at={zone.points[0] ?? [0, 0]} unit={unit} />
            <Handles
              {...handles}
              shape={zone}
              onChange={(next) => onZones(zones.with(at, next))}
              onRemove={(corner) => onZones(zones.with(at, withoutCorner(zone, corner)))}
            />
          </g>
        ))}
        {lines.map((line, at) => (
          <g key={`line ${at}`}>
            <polyline points={`${line.from.join()} ${line.to.join()}`} />
            <Arrow line={line} unit={unit} />
            <Name name={line.name} at={line.from} unit={unit} />
            <Handles {...handles} shape={line} onChange={(next) => onLines(lines.with(at, next))} />
          </g>
        ))}
      </svg>
    </div>
  )
}

/** Which way across counts as forward. */
function Arrow({ line, unit }: { line: Line; unit: number }) {
  const { at, tip } = forwardOf(line, 22 * unit)
  const [dx, dy] = [(tip[0] - at[0]) * 0.35, (tip[1] - at[1]) * 0.35]
  const [left, right] = [
    [tip[0] - dx - dy, tip[1] - dy + dx],
    [tip[0] - dx + dy, tip[1] - dy - dx],
  ]
  return (
    <polyline
      className={classes.arrow}
      points={`${at.join()} ${tip.join()} ${left.join()} ${tip.join()} ${right.join()}`}
    />
  )
}

function Name({ name, at: [x, y], unit }: { name: string; at: Point; unit: number }) {
  return (
    <text x={x + 8 * unit} y={y - 8 * unit} fontSize={12 * unit} strokeWidth={3 * unit}>
      {name}
    </text>
  )
}

interface HandlesProps<S> {
  shape: S
  size: Size
  unit: number
  pointAt: (event: PointerEvent) => Point | null
  onChange: (shape: S) => void
  /** Takes a corner away, where that can be. */
  onRemove?: (at: number) => void
}

/** A knob on each end or corner. */
function Handles<S extends Line | Zone>({ shape, size, unit, pointAt, onChange, onRemove }: HandlesProps<S>) {
  const points = pointsOf(shape)
  const move = (at: number, to: Point): void => onChange(withPoints(shape, points.with(at, inside(to, size))))
  const onKeyDown = (event: KeyboardEvent, at: number, [x, y]: Point): void => {
    const step = event.shiftKey ? 10 : 1
    const goals: Readonly<Record<string, Point>> = {
      ArrowLeft: [x - step, y],
      ArrowRight: [x + step, y],
      ArrowUp: [x, y - step],
      ArrowDown: [x, y + step],
    }
    const goal = goals[event.key]
    if (goal) move(at, goal)
    else if (event.key === 'Delete' && onRemove) onRemove(at)
    else return
    event.preventDefault()
  }
  return points.map((point, at) => (
    <circle
      key={at}
      className={classes.handle}
      cx={point[0]}
      cy={point[1]}
      r={6 * unit}
      role="button"
      tabIndex={0}
      aria-label={`${shape.name}, point ${at + 1} of ${points.length}, at ${point.join(', ')}`}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        const to = event.currentTarget.hasPointerCapture(event.pointerId) ? pointAt(event) : null
        if (to) move(at, to)
      }}
      onKeyDown={(event) => onKeyDown(event, at, point)}
    />
  ))
}
